package io.sluice.locks.support;

import io.sluice.api.memory.RegionMemory;

/** What holders write for people to see and no lock goes by. Any thread; stateless. */
public final class Notes {

    private Notes() {}

    /**
     * Says since when a lock is held, and by which thread: plain, by whoever has just changed another word of their
     * line. Both are seldom news, and then a load costs less than a store, which the next compare-and-set would have
     * to wait for.
     */
    public static void held(RegionMemory memory, long since, long thread, Thread me) {
        note(memory, since, memory.coarseMillis());
        note(memory, thread, me.getId());
    }

    private static void note(RegionMemory memory, long offset, long value) {
        if (memory.getLong(offset) != value) {
            memory.setLong(offset, value);
        }
    }
}
