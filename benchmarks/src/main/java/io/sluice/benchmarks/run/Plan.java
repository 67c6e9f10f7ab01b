package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Shape;
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
 * @param shapes how many send and receive, for throughput
 * @param forks how often each row is measured, with two fresh processes each time
 * @param warmup of each fork
 * @param time of each fork's measured phase
 * @param gapsMicros how long receivers may fall asleep before they are woken
 * @param capacity bytes of each ring, and of pipe and socket buffers
 * @param limit messages per receiving call
 * @param directory where the channels' files go
 * @param jvmFlags more flags for every measured process
 */
public record Plan(
        Set<Measure> measures,
        List<String> transports,
        List<Integer> sizes,
        List<Shape> shapes,
        int forks,
        Duration warmup,
        Duration time,
        List<Integer> gapsMicros,
        long capacity,
        int limit,
        Path directory,
        List<String> jvmFlags) {

    /** Per cent of the throughput at which messages are offered. */
    private static final List<Integer> LOADS = List.of(10, 50, 90);

    /** Bytes of the longest message that more than two ends exchange. */
    private static final int LONGEST_SHARED = 1024;

    /** Bytes of a message where latency is measured. */
    private static final int LATENCY_LENGTH = 32;

    /** Checks the numbers. */
    public Plan {
        if (forks < 1) {
            throw new IllegalArgumentException(forks + " forks: at least 1 is needed");
        }
        if (measures.isEmpty() || transports.isEmpty() || sizes.isEmpty() || shapes.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to measure");
        }
        for (int size : sizes) {
            if (size < Long.BYTES || size % Long.BYTES != 0) {
                throw new IllegalArgumentException("message size " + size + ": expected a multiple of 8");
            }
        }
    }

    /** The rows; those that are compared stand next to each other, so that they are measured next to each other. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Measure measure : measures) {
            boolean stream = measure == Measure.THROUGHPUT;
            for (int length : stream || measure == Measure.COPY ? sizes : List.of(LATENCY_LENGTH)) {
                for (Shape shape : stream ? shapes : List.of(Shape.PAIR)) {
                    for (int detail : details(measure)) {
                        addRows(rows, measure, length, shape, detail);
                    }
                }
            }
        }
        return rows;
    }

    private List<Integer> details(Measure measure) {
        return switch (measure) {
            case LOAD -> LOADS;
            case WAKE -> gapsMicros;
            case COPY, THROUGHPUT, ROUND_TRIP, ATTACH -> List.of(0);
        };
    }

    private void addRows(List<Row> rows, Measure measure, int length, Shape shape, int detail) {
        for (String name : transports) {
            Transport transport = Transports.named(name);
            if (isPossible(measure, transport, length, shape)) {
                rows.add(new Row(measure, transport, length, shape, detail));
            }
        }
    }

    private boolean isPossible(Measure measure, Transport transport, int length, Shape shape) {
        // Offering a part of the throughput needs to know it.
        boolean streamed = measures.contains(Measure.THROUGHPUT) && sizes.contains(length) && shapes.contains(shape);
        boolean known = measure != Measure.LOAD || streamed;
        // More than two ends are about small messages.
        boolean sensible = shape.equals(Shape.PAIR) || length <= LONGEST_SHARED;
        return known
                && sensible
                && transport.measures().contains(measure)
                && transport.connects(shape)
                && length <= transport.longest(capacity);
    }

    /** About how long one fork of one row takes. */
    Duration perFork() {
        return warmup.plus(time).plusMillis(600);
    }
}
