package io.sluice.benchmarks.transport;

/** What is measured. */
public enum Measure {
    /** Messages one way, as fast as they go. */
    THROUGHPUT,
    /** A message there and its reply back, one at a time. */
    ROUND_TRIP,
    /** From sending a message to a receiver that has fallen asleep until that receiver has it. */
    WAKE,
    /** Attaching to an existing ring in a warm JVM; one process, no messages. */
    ATTACH
}
