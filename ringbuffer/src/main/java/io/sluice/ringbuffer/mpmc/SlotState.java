package io.sluice.ringbuffer.mpmc;

/**
 * What a slot is used for, in one long. Each use has a number of its own, so that a CAS by somebody who looked long ago
 * fails.
 *
 * <pre>
 *   63 - 12  number of the use
 *   11 - 2   lane
 *    1 - 0   FREE, INTENT, HELD
 * </pre>
 *
 * <ul>
 *   <li>FREE: the slot holds nothing.
 *   <li>INTENT: its owner wants to take the range from CURRENT to TO, and holds it from the moment at which the lane's
 *       TAKEN says so.
 *   <li>HELD: it holds what is left of the range. Written over INTENT by whoever is about to overwrite that TAKEN.
 * </ul>
 */
final class SlotState {

    static final int FREE = 0;
    static final int INTENT = 1;
    static final int HELD = 2;

    /** Lanes are numbered below this. */
    static final int MOST_LANES = 1 << 10;

    private static final int USE_SHIFT = 12;
    private static final long KIND_MASK = 3;

    private SlotState() {}

    /** FREE, INTENT or HELD; anything else is damage. */
    static int kind(long state) {
        return (int) (state & KIND_MASK);
    }

    static boolean isFree(long state) {
        return kind(state) == FREE;
    }

    static int lane(long state) {
        return (int) (state >>> 2) & (MOST_LANES - 1);
    }

    /** An intent for {@code lane} that is the use after {@code state}. */
    static long nextIntent(long state, int lane) {
        return ((state >>> USE_SHIFT) + 1) << USE_SHIFT | (long) lane << 2 | INTENT;
    }

    /** The same use, held. */
    static long held(long intent) {
        return (intent & ~KIND_MASK) | HELD;
    }

    /** The use that comes after {@code state} and is none. */
    static long nextFree(long state) {
        return ((state >>> USE_SHIFT) + 1) << USE_SHIFT;
    }

    static boolean isSameUse(long state, long other) {
        return state >>> USE_SHIFT == other >>> USE_SHIFT;
    }
}
