package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a run does.
 *
 * @param measures what to measure
 * @param transports names of transports
 * @param sizes bytes of a message, for throughput
 * @param forks how often each row is measured, with two fresh processes each time
 * @param warmup of each fork
 * @param time of each fork's measured phase
 * @param gap how long the receiver may fall asleep before it is woken
 * @param capacity bytes of each ring, and of pipe and socket buffers
 * @param limit messages per receiving call
 * @param directory where the channels' files go
 * @param jvmFlags more flags for every measured process
 */
public record Plan(
        Set<Measure> measures,
        List<String> transports,
        List<Integer> sizes,
        int forks,
        Duration warmup,
        Duration time,
        Duration gap,
        long capacity,
        int limit,
        Path directory,
        List<String> jvmFlags) {

    /** Bytes of a message where latency is measured. */
    private static final int LATENCY_LENGTH = 32;

    /** Checks the numbers. */
    public Plan {
        if (forks < 1) {
            throw new IllegalArgumentException(forks + " forks: at least 1 is needed");
        }
        if (measures.isEmpty() || transports.isEmpty() || sizes.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to measure");
        }
        for (int size : sizes) {
            if (size < Long.BYTES || size % Long.BYTES != 0 || size > capacity / 2) {
                throw new IllegalArgumentException(
                        "message size " + size + ": expected a multiple of 8 up to half of the capacity " + capacity);
            }
        }
    }

    /** The rows; those that are compared stand next to each other, so that they are measured next to each other. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Measure measure : measures) {
            for (int length : lengths(measure)) {
                for (String name : transports) {
                    Transport transport = Transports.named(name);
                    if (transport.measures().contains(measure)) {
                        rows.add(new Row(measure, transport, length));
                    }
                }
            }
        }
        return rows;
    }

    private List<Integer> lengths(Measure measure) {
        return measure == Measure.THROUGHPUT ? sizes : List.of(LATENCY_LENGTH);
    }

    /** About how long one fork of one row takes. */
    Duration perFork() {
        return warmup.plus(time).plusMillis(600);
    }
}
