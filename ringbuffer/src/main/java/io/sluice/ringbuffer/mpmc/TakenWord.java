package io.sluice.ringbuffer.mpmc;

/**
 * How far a lane has been taken, and by which slot last, in one long: so one CAS both takes a range and says
 * who has it.
 *
 * <pre>
 *   63 - 10  position / 8, its lowest 54 bits
 *    9 - 0   slot
 * </pre>
 *
 * <p>Positions come back after 2^57 bytes. They are compared with a lane's TAIL, from which they differ by one capacity
 * at most, and with each other only for being the same.
 */
final class TakenWord {

    /** Slots are numbered below this. */
    static final int MOST_SLOTS = 1 << 10;

    private static final int SLOT_BITS = 10;
    private static final int POSITION_SHIFT = SLOT_BITS - 3; // positions are multiples of 8
    private static final long POSITION_MASK = (1L << 57) - 1;

    private TakenWord() {}

    /** Everything up to {@code position} is taken, the last of it by {@code slot}. */
    static long of(long position, int slot) {
        return position << POSITION_SHIFT | slot;
    }

    /** The slot that took last. */
    static int slot(long word) {
        return (int) word & (MOST_SLOTS - 1);
    }

    /** Bytes from the position up to {@code tail}; more than any capacity if it lies behind that. */
    static long distance(long word, long tail) {
        return tail - (word >>> SLOT_BITS << 3) & POSITION_MASK;
    }
}
