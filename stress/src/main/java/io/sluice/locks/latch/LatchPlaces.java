package io.sluice.locks.latch;

/** Where a latch keeps what, for checks that put bugs in or name places. In this package because the map is hidden. */
public final class LatchPlaces {

    private LatchPlaces() {}

    /** Offset of the word of a count. */
    public static long count(int index) {
        return LatchLayout.count(index);
    }
}
