package io.sluice.locks.mutex;

/** Where a mutex keeps what, for checks that put bugs in or name places. In this package because the map is hidden. */
public final class MutexPlaces {

    /** Offset of the word that says who holds it. */
    public static final long WORD = MutexLayout.WORD;

    /** Offset of the number of fencing tokens that were drawn. */
    public static final long FENCE = MutexLayout.FENCE;

    /** Offset of the wake word. */
    public static final long WAKE = MutexLayout.WAKE;

    /** The word's flag: the holder has been told of a death and has not repaired. */
    public static final long INCONSISTENT = MutexWord.INCONSISTENT;

    private MutexPlaces() {}
}
