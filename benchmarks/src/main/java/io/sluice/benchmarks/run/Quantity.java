package io.sluice.benchmarks.run;

import java.util.Locale;

/** What a fork's numbers are, with their units. */
enum Quantity {
    MESSAGES_PER_SECOND,
    BYTES_PER_SECOND,
    /** Mean of round trips that share readings of the clock: median over blocks. */
    MEAN_NANOS,
    P50_NANOS,
    P90_NANOS,
    P99_NANOS,
    P999_NANOS,
    P9999_NANOS,
    MAX_NANOS,
    /** Processor time of both measuring threads. */
    CPU_SECONDS_PER_MILLION,
    /** Processor time of the receiving thread per message. */
    RECEIVER_CPU_MICROS,
    SENDER_BYTES_PER_MESSAGE,
    RECEIVER_BYTES_PER_MESSAGE,
    /** Messages that a receiver did not get, where they may be lost, in per cent of those sent. */
    LOST_PERCENT,
    /** Bytes per second in per cent of what copying alone moves in messages of the same size, in the same run. */
    MEMCPY_PERCENT,
    /** Share of all processors that others used meanwhile: noise. */
    FOREIGN_CPU_PERCENT;

    /** What the JSON calls it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
