package io.sluice.api.lock;

import java.util.Arrays;

/** The variants of locks and their relatives. */
public enum LockKind {
    /** One owner at a time. */
    MUTEX("mutex"),
    /** A plain count of permits that anybody releases. */
    SIGNALLING_SEMAPHORE("semaphore.signalling"),
    /** Permits that have holders; a dead holder's come back. */
    ACCOUNTABLE_SEMAPHORE("semaphore.accountable"),
    /** One writer or many readers. */
    READ_WRITE_LOCK("readwrite"),
    /** Counts down to zero once. */
    LATCH("latch"),
    /** Parties that wait for each other, again and again. */
    BARRIER("barrier"),
    /** Waiting for something to happen; takes the place of condition variables. */
    EVENT_COUNT("eventcount");

    private final String regionKind;

    LockKind(String regionKind) {
        this.regionKind = regionKind;
    }

    /** What a region's header calls this kind. */
    public String regionKind() {
        return regionKind;
    }

    /** Whether a region's header names a lock. */
    public static boolean isLock(String regionKind) {
        return Arrays.stream(values()).anyMatch(kind -> kind.regionKind.equals(regionKind));
    }

    /**
     * The kind that a region's header names.
     *
     * @throws IllegalArgumentException if it names no lock
     */
    public static LockKind ofRegionKind(String regionKind) {
        return Arrays.stream(values())
                .filter(kind -> kind.regionKind.equals(regionKind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + regionKind + "\" is not a kind of lock"));
    }
}
