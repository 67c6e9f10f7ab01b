package io.sluice.locks.latch;

import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.locks.support.WaitList;

/**
 * Memory map of a latch; offsets in bytes from the start of the region.
 * <pre>
 *      0  header        {@link RegionHeaderLayout}
 *  BODY   WAKE    int   wake word of those who wait
 *   +128  WAITERS       {@link WaitList}, for people
 *  +8448  COUNTS        16 bytes per count of the latch
 *           0  WORD   long  0               nobody has promised it
 *                           token           promised by that process
 *                           token | DONE    counted down by that process
 *                           token | BROKEN  that process died, or left, before it kept its promise
 *           8  SINCE  long  milliseconds since 1970 of the promise, for people; 0: not known
 * </pre>
 *
 * <p>The words are the only truth: how much is left to count is how many are not DONE. All zero is a latch that nobody
 * has counted down.
 */
final class LatchLayout {

    static final long WAKE = RegionHeaderLayout.BODY;
    static final long WAITERS = RegionHeaderLayout.BODY + 128;
    private static final long COUNTS = WAITERS + WaitList.BYTES;
    private static final int COUNT_BYTES = 16;
    private static final int SINCE = 8;

    static final long OPEN = 0;
    static final long DONE = 1L << 60;
    static final long BROKEN = 1L << 61;
    private static final long TOKEN = DONE - 1;

    /** Index of the count in the region's geometry. */
    static final int GEOMETRY_COUNT = 0;

    private LatchLayout() {}

    static long count(int index) {
        return COUNTS + (long) index * COUNT_BYTES;
    }

    static long since(int index) {
        return count(index) + SINCE;
    }

    static long owner(long word) {
        return word & TOKEN;
    }

    static boolean isDone(long word) {
        return (word & DONE) != 0;
    }

    static boolean isBroken(long word) {
        return (word & BROKEN) != 0;
    }

    static boolean isPromise(long word) {
        return word != OPEN && owner(word) == word;
    }

    /** Whether this code ever writes such a word. */
    static boolean isValid(long word) {
        boolean bothEnds = isDone(word) && isBroken(word);
        return word >= OPEN && word < 2 * BROKEN && !bothEnds && (word == OPEN || owner(word) != 0);
    }

    /** Bytes behind the region's header for a latch of {@code count}. */
    static long bodyBytes(int count) {
        return count(count) - RegionHeaderLayout.BODY;
    }
}
