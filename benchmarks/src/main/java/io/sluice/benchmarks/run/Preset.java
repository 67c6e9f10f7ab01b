package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Shape;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is measured unless the command line says otherwise.
 *
 * @param measures what to measure
 * @param transports names
 * @param sizes bytes of a message, for throughput
 * @param shapes how many send and receive, for throughput
 * @param gapsMicros how long receivers may fall asleep
 * @param forks of each row
 * @param warmup of each fork
 * @param time of each fork's measured phase
 * @param capacity bytes of each ring
 */
public record Preset(
        Set<Measure> measures,
        List<String> transports,
        List<Integer> sizes,
        List<Shape> shapes,
        List<Integer> gapsMicros,
        int forks,
        Duration warmup,
        Duration time,
        long capacity) {

    private static final long MEBIBYTE = 1 << 20;

    /** A first impression in less than 3 minutes: the transports that most people would choose from. */
    public static Preset quick() {
        return new Preset(
                EnumSet.complementOf(EnumSet.of(Measure.LOAD)),
                List.of(
                        "sluice-spsc",
                        "sluice-spsc-block",
                        "sluice-mpsc",
                        "agrona",
                        "agrona-many",
                        "aeron",
                        "fifo",
                        "unix",
                        "tcp",
                        "raw-word",
                        "memcpy"),
                List.of(32, 1024),
                List.of(Shape.PAIR),
                List.of(Row.USUAL_GAP_MICROS),
                3,
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                MEBIBYTE);
    }

    /** All transports between two processes, in two sizes. */
    public static Preset usual() {
        return new Preset(
                EnumSet.allOf(Measure.class),
                names(),
                List.of(32, 1024),
                List.of(Shape.PAIR),
                List.of(Row.USUAL_GAP_MICROS),
                5,
                Duration.ofMillis(1000),
                Duration.ofMillis(300),
                MEBIBYTE);
    }

    /** Everything: takes hours. */
    public static Preset full() {
        return new Preset(
                EnumSet.allOf(Measure.class),
                names(),
                List.of(8, 32, 128, 1024, 8192, 1 << 16, 1 << 20, 1 << 22),
                List.of(
                        Shape.PAIR,
                        new Shape(2, 1),
                        new Shape(4, 1),
                        new Shape(1, 2),
                        new Shape(1, 4),
                        new Shape(2, 2),
                        new Shape(4, 4)),
                List.of(1, 10, 100, 1000, 10_000),
                5,
                Duration.ofMillis(1000),
                Duration.ofMillis(500),
                16 * MEBIBYTE);
    }

    /** Every transport. */
    public static List<String> names() {
        return Transports.all().stream().map(Transport::name).toList();
    }
}
