package io.sluice.benchmarks.transport;

import java.util.Set;

/** What is measured. */
public enum Measure {
    /** Copying a message's bytes inside one process: what the memory itself can do. */
    COPY,
    /** Messages one way, as fast as they go. */
    THROUGHPUT,
    /** The same, with rings and buffers of one capacity after the other. */
    CAPACITY,
    /** A message there and its reply back, one at a time. */
    ROUND_TRIP,
    /** From when a message should have been sent until it was received, at a part of the throughput just measured. */
    LOAD,
    /** From sending a message to a receiver that has fallen asleep until that receiver has it. */
    WAKE,
    /** Attaching to an existing ring in a warm JVM and detaching again; one process, no messages. */
    ATTACH;

    /** What makes sense for ends that sleep. */
    static final Set<Measure> OF_BLOCKING = Set.of(THROUGHPUT, ROUND_TRIP, LOAD, WAKE);

    /** What makes sense for ends that spin. */
    static final Set<Measure> OF_SPINNING = Set.of(THROUGHPUT, ROUND_TRIP, LOAD);

    /** Whether a transport that can be measured by {@code others} can be measured by this. */
    public boolean isAmong(Set<Measure> others) {
        return others.contains(this == CAPACITY ? THROUGHPUT : this);
    }

    /** Whether messages go one way and are counted at both ends. */
    public boolean isStream() {
        return this == THROUGHPUT || this == CAPACITY || this == LOAD;
    }

    /** Whether one process does it, with nobody to talk to. */
    public boolean isAlone() {
        return this == COPY || this == ATTACH;
    }
}
