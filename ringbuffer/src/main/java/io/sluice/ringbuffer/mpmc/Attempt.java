package io.sluice.ringbuffer.mpmc;

/**
 * How often the delivery of the first message of what is left of a range has been begun, in one long. Written only
 * where the answer is not "never, or once": by the second delivery, and by who returns a range.
 *
 * <pre>
 *   63 - 17  position / 8, its lowest 47 bits
 *   16       1, so that zero says nothing
 *   15 - 0   deliveries begun
 * </pre>
 */
final class Attempt {

    /** Counts end here. */
    static final int MOST = (1 << 16) - 1;

    private static final long WRITTEN = 1L << 16;
    private static final int POSITION_SHIFT = 17 - 3; // positions are multiples of 8

    private Attempt() {}

    static long of(long position, int begun) {
        return position << POSITION_SHIFT | WRITTEN | Math.min(begun, MOST);
    }

    /** Whether the word speaks of the message at {@code position}. */
    static boolean isOf(long word, long position) {
        return (word & ~MOST) == (of(position, 0) & ~MOST);
    }

    static int begun(long word) {
        return (int) word & MOST;
    }
}
