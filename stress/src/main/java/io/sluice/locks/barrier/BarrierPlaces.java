package io.sluice.locks.barrier;

/**
 * Where a barrier keeps what, for checks that put bugs in or name places. In this package because the map is hidden.
 */
public final class BarrierPlaces {

    /** Offset of the word that records how a generation ended. */
    public static final long STATE = BarrierLayout.STATE;

    private BarrierPlaces() {}

    /** Offset of the word that says whose a place is. */
    public static long owner(int place) {
        return BarrierLayout.owner(place);
    }

    /** Offset of the word that says how often the party of a place has arrived. */
    public static long arrived(int place) {
        return BarrierLayout.arrived(place);
    }
}
