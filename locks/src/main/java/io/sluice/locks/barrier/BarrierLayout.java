package io.sluice.locks.barrier;

import io.sluice.api.region.RegionHeaderLayout;

/**
 * Memory map of a cyclic barrier; offsets in bytes from the start of the region.
 * <pre>
 *      0  header         {@link RegionHeaderLayout}
 *  BODY   STATE    long  2 * generation, plus 1 if that generation is broken
 *     +8  WAKE     int   wake word of those who wait
 *   +128  PLACES         one of 128 bytes per party
 *           0  OWNER    long  token of the party's process; 0: free
 *           8  ARRIVED  long  upper 40 bits: g + 1 once the party has arrived at the barrier of generation g;
 *                             lower 24 bits: the same of the token, so that nobody arrives for somebody else
 *          16  SINCE   long  milliseconds since 1970 of the joining, for people; 0: not known
 *          24  THERE   long  the same of the last arrival
 * </pre>
 *
 * <p>Whether a generation is complete is a function of the places; STATE records the verdict, once. All zero is a
 * barrier at generation 0 that nobody has joined.
 */
final class BarrierLayout {

    static final long STATE = RegionHeaderLayout.BODY;
    static final long WAKE = RegionHeaderLayout.BODY + 8;
    private static final long PLACES = RegionHeaderLayout.BODY + 128;
    private static final int PLACE_BYTES = 128;
    private static final int ARRIVED = 8;
    private static final int SINCE = 16;
    private static final int THERE = 24;

    static final long FREE = 0;
    static final long BROKEN = 1;

    private static final int TAG_BITS = 24;
    private static final long TAG = (1L << TAG_BITS) - 1;
    private static final long TOKEN = (1L << 60) - 1;

    /** Index of the number of parties in the region's geometry. */
    static final int GEOMETRY_PARTIES = 0;

    private BarrierLayout() {}

    static long owner(int place) {
        return PLACES + (long) place * PLACE_BYTES;
    }

    static long arrived(int place) {
        return owner(place) + ARRIVED;
    }

    /** Where it says since when the party has its place. */
    static long since(int place) {
        return owner(place) + SINCE;
    }

    /** Where it says since when the party is at the barrier. */
    static long there(int place) {
        return owner(place) + THERE;
    }

    /** What ARRIVED says when {@code token} has arrived {@code generations} times at most. */
    static long arrival(long generations, long token) {
        return (generations << TAG_BITS) | (token & TAG);
    }

    /** How many generations, at most, the party has arrived at that left such an ARRIVED. */
    static long arrivals(long arrived) {
        return arrived >>> TAG_BITS;
    }

    static boolean isToken(long owner) {
        return owner == FREE || (owner & TOKEN) == owner;
    }

    /** Whether STATE can be such: it counts up from zero and does not come to an end. */
    static boolean isState(long state) {
        return state >= 0;
    }

    static long generation(long state) {
        return state >>> 1;
    }

    static boolean isBroken(long state) {
        return (state & BROKEN) != 0;
    }

    /** STATE of a generation that is not broken. */
    static long state(long generation) {
        return generation << 1;
    }

    /** Bytes behind the region's header for a barrier of {@code parties}. */
    static long bodyBytes(int parties) {
        return owner(parties) - RegionHeaderLayout.BODY;
    }
}
