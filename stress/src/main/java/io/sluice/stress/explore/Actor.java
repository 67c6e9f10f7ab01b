package io.sluice.stress.explore;

import io.sluice.api.memory.RegionMemory;

/** What a program of a scenario gets: one process's door to the shared memory, and a place to tell what happened. */
public interface Actor {

    /** The shared memory as this actor's process has it mapped. */
    RegionMemory memory();

    /**
     * Tells the oracle that something happened now. What an actor notes between two accesses is noted at the moment of
     * the first of them.
     */
    void note(String what, long value);

    /** As {@link #note(String, long)} with nothing to count. */
    default void note(String what) {
        note(what, 0);
    }
}
