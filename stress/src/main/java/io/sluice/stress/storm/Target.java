package io.sluice.stress.storm;

import io.sluice.api.memory.RegionMemory;
import java.util.SplittableRandom;

/** A structure under the storm: how it is made, what processes do with it, and what must hold afterwards. */
public interface Target {

    /** How it is called. */
    String name();

    /** Bytes behind the region's header. */
    long bodyBytes();

    /** Makes a new one in zeros. */
    default void initialize(RegionMemory memory) {}

    /**
     * Uses it, as one process.
     *
     * @param memory the process's own view
     * @param journal where it notes what it does, before and after
     * @param random its choices
     */
    Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random);

    /** One process's use. Confined to one thread. */
    @FunctionalInterface
    interface Worker {

        /** Does something, for not longer than some milliseconds; throws if it finds something that must not be. */
        void turn() throws Exception;
    }

    /** Whether a process that noted this last had begun something with it that it had not noted the end of. */
    boolean isInside(Entry last);

    /**
     * Judges, when every process was killed.
     *
     * @param memory the view of a process that lives
     */
    void audit(RegionMemory memory, Evidence evidence) throws InterruptedException;
}
