package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A ratio of two rows that Sluice sets itself a bound for.
 *
 * @param title what it says
 * @param upper row above the line
 * @param lower row below the line; {@code null} for a bound on the upper row alone
 * @param quantity of both rows
 * @param bound the target, in units of the ratio
 * @param atLeast whether the bound is a lower one
 */
record Target(String title, Row.Key upper, Row.Key lower, Quantity quantity, double bound, boolean atLeast) {

    private static final double MILLISECOND = 1e6;

    /** Every target that this benchmark's rows can show. */
    static final List<Target> ALL = List.of(
            throughput("32 B: Sluice by Agrona, copying", 32, "sluice-spsc", "agrona", 3),
            throughput("32 B: Sluice by Agrona, in place", 32, "sluice-spsc-claim", "agrona-claim", 3),
            throughput("32 B: Sluice by Agrona without bounds checks", 32, "sluice-spsc", "agrona-unchecked", 1),
            throughput("32 B: Sluice blocking by spinning", 32, "sluice-spsc-block", "sluice-spsc", 0.7),
            throughput("32 B: Sluice spinning by FIFO", 32, "sluice-spsc", "fifo", 50),
            throughput("32 B: Sluice spinning by FIFO that batches", 32, "sluice-spsc", "fifo-batch", 1),
            throughput("32 B: Sluice blocking by FIFO", 32, "sluice-spsc-block", "fifo", 20),
            throughput("1 KiB: Sluice by Agrona, copying", 1024, "sluice-spsc", "agrona", 1),
            throughput("1 KiB: Sluice by Agrona, in place", 1024, "sluice-spsc-claim", "agrona-claim", 1),
            shaped("32 B, 1:1: MPSC by Agrona many-to-one", 32, "sluice-mpsc", "agrona-many", "1:1", 3),
            shaped("32 B, 2:1: MPSC by Agrona many-to-one", 32, "sluice-mpsc", "agrona-many", "2:1", 3),
            shaped("1 KiB, 1:1: MPSC by Agrona many-to-one", 1024, "sluice-mpsc", "agrona-many", "1:1", 1),
            shaped("1 KiB, 2:1: MPSC by Agrona many-to-one", 1024, "sluice-mpsc", "agrona-many", "2:1", 1),
            shaped("32 B, 1:1: MPSC in total order by Agrona", 32, "sluice-mpsc-total", "agrona-many", "1:1", 1),
            shaped("32 B, 2:1: MPSC in total order by Agrona", 32, "sluice-mpsc-total", "agrona-many", "2:1", 1),
            shaped("32 B: MPMC 1:1 by Agrona many-to-one 1:1", 32, "sluice-mpmc", "1:1", "agrona-many", "1:1", 1),
            shaped("32 B: MPMC 1:2 by Agrona many-to-one 1:1", 32, "sluice-mpmc", "1:2", "agrona-many", "1:1", 1),
            shaped("32 B: MPMC 2:2 by Agrona many-to-one 2:1", 32, "sluice-mpmc", "2:2", "agrona-many", "2:1", 1),
            shaped("32 B, 1:1: MPMC by JCTools in one JVM", 32, "sluice-mpmc", "jvm-jctools", "1:1", 3),
            shaped("32 B, 2:2: MPMC by JCTools in one JVM", 32, "sluice-mpmc", "jvm-jctools", "2:2", 3),
            shaped("32 B, 1:1: MPMC by FIFO", 32, "sluice-mpmc", "fifo", "1:1", 10),
            shaped("32 B, 1:1: broadcast by Agrona broadcast", 32, "sluice-broadcast", "agrona-broadcast", "1:1", 1.5),
            shaped("32 B, 1:1: broadcast by Aeron IPC", 32, "sluice-broadcast", "aeron", "1:1", 1.5),
            shaped("32 B, 2:1: MPSC blocking by spinning", 32, "sluice-mpsc-block", "sluice-mpsc", "2:1", 0.7),
            shaped("32 B, 1:1: MPSC blocking by spinning", 32, "sluice-mpsc-block", "sluice-mpsc", "1:1", 0.7),
            shaped("32 B, 1:1: MPMC blocking by spinning", 32, "sluice-mpmc-block", "sluice-mpmc", "1:1", 0.7),
            shaped(
                    "32 B, 1:1: broadcast blocking by spinning",
                    32,
                    "sluice-broadcast-block",
                    "sluice-broadcast",
                    "1:1",
                    0.7),
            shaped(
                    "32 B: MPSC 4:1 by 2:1, backing off",
                    32,
                    "sluice-mpsc-back-off",
                    "4:1",
                    "sluice-mpsc-back-off",
                    "2:1",
                    0.5),
            shaped(
                    "32 B: MPMC 4:1 by 2:1, backing off",
                    32,
                    "sluice-mpmc-back-off",
                    "4:1",
                    "sluice-mpmc-back-off",
                    "2:1",
                    0.5),
            shaped("32 B, 1:1: queue by ArrayBlockingQueue", 32, "sluice-queue", "jvm-abq", "1:1", 1),
            shaped("32 B, 1:1: blocking queue by ArrayBlockingQueue", 32, "sluice-queue-block", "jvm-abq", "1:1", 1),
            shaped("32 B, 2:2: MPMC queue by ArrayBlockingQueue", 32, "sluice-queue-mpmc", "jvm-abq", "2:2", 1),
            copying("64 KiB: SPSC by memcpy", 1 << 16),
            copying("1 MiB: SPSC by memcpy", 1 << 20),
            throughput("64 KiB: SPSC by bare slots", 1 << 16, "sluice-spsc", "raw-slots", 0.9),
            throughput("1 MiB: SPSC by bare slots", 1 << 20, "sluice-spsc", "raw-slots", 0.9),
            latency("round trip p50: FIFO by Sluice spinning", Measure.ROUND_TRIP, "fifo", "sluice-spsc", 200, true),
            latency("round trip p50: Sluice by raw word", Measure.ROUND_TRIP, "sluice-spsc", "raw-word", 1.15),
            new Target(
                    "round trip without the clock: Sluice by raw word",
                    new Row.Key(Measure.ROUND_TRIP, "sluice-spsc", 32),
                    new Row.Key(Measure.ROUND_TRIP, "raw-word", 32),
                    Quantity.MEAN_NANOS,
                    1.15,
                    false),
            latency("round trip p50: Sluice by Agrona", Measure.ROUND_TRIP, "sluice-spsc", "agrona", 1),
            latency("wake p50: Sluice by FIFO", Measure.WAKE, "sluice-spsc-block", "fifo", 1.05),
            new Target(
                    "attach p50 in ms",
                    new Row.Key(Measure.ATTACH, "sluice-spsc", 32),
                    null,
                    Quantity.P50_NANOS,
                    5,
                    false));

    private static Target shaped(String title, int length, String upper, String lower, String shape, double bound) {
        return shaped(title, length, upper, shape, lower, shape, bound);
    }

    private static Target shaped(
            String title, int length, String upper, String upperShape, String lower, String lowerShape, double bound) {
        return new Target(
                title,
                new Row.Key(upper, length, Shape.parse(upperShape)),
                new Row.Key(lower, length, Shape.parse(lowerShape)),
                Quantity.MESSAGES_PER_SECOND,
                bound,
                true);
    }

    private static Target throughput(String title, int length, String upper, String lower, double bound) {
        return new Target(
                title,
                new Row.Key(Measure.THROUGHPUT, upper, length),
                new Row.Key(Measure.THROUGHPUT, lower, length),
                Quantity.MESSAGES_PER_SECOND,
                bound,
                true);
    }

    private static Target copying(String title, int length) {
        return new Target(
                title,
                new Row.Key(Measure.THROUGHPUT, "sluice-spsc", length),
                new Row.Key(Measure.COPY, "memcpy", length),
                Quantity.BYTES_PER_SECOND,
                0.7,
                true);
    }

    private static Target latency(String title, Measure measure, String upper, String lower, double bound) {
        return latency(title, measure, upper, lower, bound, false);
    }

    private static Target latency(
            String title, Measure measure, String upper, String lower, double bound, boolean atLeast) {
        return new Target(
                title,
                new Row.Key(measure, upper, 32),
                new Row.Key(measure, lower, 32),
                Quantity.P50_NANOS,
                bound,
                atLeast);
    }

    /** What the run says about it; empty if it did not measure both rows. */
    Optional<Figure> measured(Results results) {
        Optional<Row> above = results.find(upper);
        if (lower == null) {
            return above.flatMap(row -> results.figure(row, quantity))
                    .map(nanos -> new Figure(
                            nanos.median() / MILLISECOND, nanos.min() / MILLISECOND, nanos.max() / MILLISECOND));
        }
        Optional<Row> below = results.find(lower);
        return above.isEmpty() || below.isEmpty()
                ? Optional.empty()
                : results.ratio(above.get(), below.get(), quantity);
    }

    /** Whether the median keeps to the bound. */
    boolean isMet(Figure measured) {
        return atLeast ? measured.median() >= bound : measured.median() <= bound;
    }
}
