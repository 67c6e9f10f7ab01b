package io.sluice.locks.semaphore;

/**
 * Where a signalling semaphore keeps what, for checks that put bugs in or name places. In this package because the map
 * is hidden.
 */
public final class SignallingPlaces {

    /** Offset of the wake word. */
    public static final long WAKE = SignallingLayout.WAKE;

    /** Offset of the list of waiters. */
    public static final long WAITERS = SignallingLayout.WAITERS;

    private SignallingPlaces() {}
}
