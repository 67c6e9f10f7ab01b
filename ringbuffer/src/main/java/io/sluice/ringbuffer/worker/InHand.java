package io.sluice.ringbuffer.worker;

/**
 * Which message a worker was given last, and how often that was begun: what it stores before each delivery, for whoever
 * comes after its death.
 * <pre>
 *   bits 24-63  position / 8, its lowest 40 bits
 *   bits 16-23  lane
 *   bits  0-15  deliveries begun, at most 65,535; 0: no message
 * </pre>
 *
 * <p>All of it is one word, so that there is nothing between two stores for a death to fall into: who reads it gets a
 * message with its own count, never a position beside the lane, or the count, of another message.
 *
 * <p>Two positions of a lane look the same if 8 TiB lie between them. Each message that a worker begins replaces the
 * word, so for one to be taken for another exactly so much must have gone through that lane to consumers that are no
 * workers.
 *
 * <p>A <em>message</em> is the word without the deliveries. It is never {@link #NOTHING}.
 */
final class InHand {

    /** No message. */
    static final long NOTHING = -1;

    /** The word of a place that says nothing. */
    static final long EMPTY = 0;

    private static final int POSITION_SHIFT = 24;
    private static final int POSITION_UNIT_SHIFT = 3; // positions are multiples of 8
    private static final int LANE_SHIFT = 16;
    private static final long LANE_MASK = 0xFFL << LANE_SHIFT;
    private static final long TRIES_MASK = (1L << LANE_SHIFT) - 1;

    private InHand() {}

    /** The message at {@code position} of a lane. */
    static long message(int lane, long position) {
        long unit = position >>> POSITION_UNIT_SHIFT;
        return (unit << POSITION_SHIFT) | (((long) lane << LANE_SHIFT) & LANE_MASK);
    }

    /** The word for so many deliveries, from 1, of a message; {@link #EMPTY} for {@link #NOTHING}. */
    static long word(long message, long tries) {
        return message == NOTHING ? EMPTY : message | Math.min(tries, TRIES_MASK);
    }

    /** The message of a word, which may be any number; {@link #NOTHING} if it says nothing. */
    static long messageOf(long word) {
        return triesOf(word) == 0 ? NOTHING : word & ~TRIES_MASK;
    }

    /** The deliveries of a word. */
    static long triesOf(long word) {
        return word & TRIES_MASK;
    }

    static boolean areOfOneLane(long message, long other) {
        return ((message ^ other) & LANE_MASK) == 0;
    }

    /** Whether {@code message} comes behind {@code other} of the same lane. */
    static boolean isBehind(long message, long other) {
        return message - other > 0;
    }
}
