package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Shape;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that are measured alike: every transport that can, in every size and shape, with every detail.
 *
 * @param measure what is measured
 * @param transports names of transports
 * @param sizes bytes of a message
 * @param shapes how many send and receive
 * @param details as {@link Row#detail} has them; one 0 where the measure knows none
 */
public record Selection(
        Measure measure, List<String> transports, List<Integer> sizes, List<Shape> shapes, List<Integer> details) {

    /** Bytes of a message where latency is measured. */
    private static final int LATENCY_LENGTH = 32;

    /** Bytes of the longest message that more than two ends exchange. */
    private static final int LONGEST_SHARED = 1024;

    /** Per cent of the throughput at which messages are offered. */
    private static final List<Integer> LOADS = List.of(10, 50, 90);

    private static final List<Integer> NONE = List.of(0);

    /** Checks the numbers. */
    public Selection {
        transports = List.copyOf(transports);
        sizes = List.copyOf(sizes);
        shapes = List.copyOf(shapes);
        details = List.copyOf(details);
        if (transports.isEmpty() || sizes.isEmpty() || shapes.isEmpty() || details.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to measure");
        }
        transports.forEach(Transports::named);
        for (int size : sizes) {
            if (size < Long.BYTES || size % Long.BYTES != 0) {
                throw new IllegalArgumentException("message size " + size + ": expected a multiple of 8");
            }
        }
    }

    /** Streams between two. */
    static Selection streams(List<String> transports, Integer... sizes) {
        return new Selection(Measure.THROUGHPUT, transports, List.of(sizes), List.of(Shape.PAIR), NONE);
    }

    /** Streams of small messages between many. */
    static Selection among(List<String> transports, String... shapes) {
        List<Shape> parsed = List.of(shapes).stream().map(Shape::parse).toList();
        return new Selection(Measure.THROUGHPUT, transports, List.of(LATENCY_LENGTH), parsed, NONE);
    }

    /** The same streams of small messages with rings and buffers of so many KiB. */
    static Selection capacities(List<String> transports, Integer... kibibytes) {
        return new Selection(
                Measure.CAPACITY, transports, List.of(LATENCY_LENGTH), List.of(Shape.PAIR), List.of(kibibytes));
    }

    /** Copies of those sizes. */
    static Selection copies(Integer... sizes) {
        return new Selection(Measure.COPY, List.of("memcpy"), List.of(sizes), List.of(Shape.PAIR), NONE);
    }

    /** Offered loads. */
    static Selection loads(List<String> transports) {
        return new Selection(Measure.LOAD, transports, List.of(LATENCY_LENGTH), List.of(Shape.PAIR), LOADS);
    }

    /** Wakes after gaps of so many microseconds. */
    static Selection wakes(List<String> transports, Integer... gapsMicros) {
        return new Selection(
                Measure.WAKE, transports, List.of(LATENCY_LENGTH), List.of(Shape.PAIR), List.of(gapsMicros));
    }

    /** A measure without details, of small messages between two. */
    static Selection of(Measure measure, List<String> transports) {
        return new Selection(measure, transports, List.of(LATENCY_LENGTH), List.of(Shape.PAIR), NONE);
    }

    /** The same of other transports; {@code null} for no change. */
    public Selection withTransports(List<String> others) {
        return others == null ? this : new Selection(measure, others, sizes, shapes, details);
    }

    /** The same in other sizes, where the measure is taken in sizes; {@code null} for no change. */
    public Selection withSizes(List<Integer> others) {
        boolean sized = measure == Measure.THROUGHPUT || measure == Measure.COPY;
        return others == null || !sized ? this : new Selection(measure, transports, others, shapes, details);
    }

    /** The same in other shapes, where the measure is taken in shapes; {@code null} for no change. */
    public Selection withShapes(List<Shape> others) {
        return others == null || measure != Measure.THROUGHPUT
                ? this
                : new Selection(measure, transports, sizes, others, details);
    }

    /** The same with other details, if it is of that measure; {@code null} for no change. */
    public Selection withDetails(Measure of, List<Integer> others) {
        return others == null || measure != of ? this : new Selection(measure, transports, sizes, shapes, others);
    }

    /** The rows that are possible where rings have that capacity; what is compared stands next to each other. */
    List<Row> rows(long capacity) {
        List<Row> rows = new ArrayList<>();
        for (int length : sizes) {
            for (Shape shape : shapes) {
                for (int detail : details) {
                    for (String name : transports) {
                        Row row = new Row(measure, Transports.named(name), length, shape, detail);
                        if (isPossible(row, capacity)) {
                            rows.add(row);
                        }
                    }
                }
            }
        }
        return rows;
    }

    private boolean isPossible(Row row, long capacity) {
        Transport transport = row.transport();
        // More than two ends are about small messages.
        boolean sensible = row.shape().equals(Shape.PAIR) || row.length() <= LONGEST_SHARED;
        return sensible
                && measure.isAmong(transport.measures())
                && transport.connects(row.shape())
                && row.length() <= transport.longest(row.capacity(capacity));
    }
}
