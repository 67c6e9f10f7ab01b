package io.sluice.locks.semaphore;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;

/**
 * What the permits of a storm stand for: as many places, each used by one process at a time. Whoever holds a permit finds
 * a place that is free or a dead process's; if it does not, there were more permits than places.
 */
final class PermitUses {

    static final String KIND = "test.uses";
    static final long BODY_BYTES = 4096;

    private static final int SEARCHES = 100_000;
    private static final long TURNS = RegionHeaderLayout.BODY;
    private static final long STARTED = RegionHeaderLayout.BODY + 8;
    private static final long FINISHED = RegionHeaderLayout.BODY + 16;
    private static final long PLACES = RegionHeaderLayout.BODY + 128;

    private final RegionMemory memory;
    private final int places;

    PermitUses(RegionMemory memory, int places) {
        this.memory = memory;
        this.places = places;
    }

    private static long place(int place) {
        return PLACES + (long) place * Long.BYTES;
    }

    /** Begins to use a place; returns which. */
    int begin() {
        for (int search = 0; search < SEARCHES; search++) {
            int place = search % places;
            long user = memory.getLongAcquire(place(place));
            boolean free = user == 0 || (user != memory.selfToken() && !memory.isAlive(user));
            if (free && memory.compareAndSetLong(place(place), user, memory.selfToken())) {
                memory.getAndAddLong(TURNS, 1);
                return place;
            }
        }
        throw new AssertionError("more permits than places");
    }

    /** Ends the use of a place. */
    void end(int place) {
        if (!memory.compareAndSetLong(place(place), memory.selfToken(), 0)) {
            throw new AssertionError("somebody else uses place " + place);
        }
    }

    /** Counts a release that is about to be tried. */
    void starts() {
        memory.getAndAddLong(STARTED, 1);
    }

    /** Counts an acquisition that has succeeded. */
    void finished() {
        memory.getAndAddLong(FINISHED, 1);
    }

    /** Releases that were tried, each by a process that may have been killed in it. */
    long started() {
        return memory.getLongAcquire(STARTED);
    }

    /** Acquisitions that were counted. */
    long acquired() {
        return memory.getLongAcquire(FINISHED);
    }

    long turns() {
        return memory.getLongAcquire(TURNS);
    }
}
