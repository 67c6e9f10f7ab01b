package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured unless the command line says otherwise.
 *
 * @param selections which rows
 * @param forks of each row
 * @param warmup of each fork
 * @param time of each fork's measured phase
 * @param capacity bytes of each ring
 */
public record Preset(List<Selection> selections, int forks, Duration warmup, Duration time, long capacity) {

    private static final long MEBIBYTE = 1 << 20;

    private static final String SPSC = "sluice-spsc";
    private static final String SPSC_BLOCK = "sluice-spsc-block";
    private static final String AGRONA = "agrona";
    private static final String FIFO = "fifo";
    private static final List<String> HEADLINE = List.of(SPSC, SPSC_BLOCK, AGRONA, "aeron", FIFO, "unix", "tcp");

    /** A first impression in less than 3 minutes: the transports that most people would choose from. */
    public static Preset quick() {
        return new Preset(
                List.of(
                        Selection.copies(32, 1024),
                        Selection.streams(and(HEADLINE, "sluice-mpsc", "agrona-many"), 32),
                        Selection.streams(List.of(SPSC, AGRONA, FIFO, "unix"), 1024),
                        Selection.of(Measure.ROUND_TRIP, and(HEADLINE, "raw-word")),
                        Selection.wakes(List.of(SPSC_BLOCK, FIFO, "unix"), Row.USUAL_GAP_MICROS),
                        Selection.of(Measure.ATTACH, List.of(SPSC))),
                3,
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                MEBIBYTE);
    }

    /** All transports between two processes, in two sizes. */
    public static Preset usual() {
        return new Preset(
                List.of(
                        Selection.copies(32, 1024),
                        Selection.streams(names(), 32, 1024),
                        Selection.capacities(List.of(SPSC, AGRONA, FIFO), 16, 64, 256, 1024),
                        Selection.of(Measure.ROUND_TRIP, names()),
                        Selection.loads(names()),
                        Selection.wakes(names(), Row.USUAL_GAP_MICROS),
                        Selection.of(Measure.ATTACH, names())),
                5,
                Duration.ofMillis(1000),
                Duration.ofMillis(300),
                MEBIBYTE);
    }

    /**
     * Every measure: all transports with small messages, and those that people would choose from in round trips and in
     * every size, number of ends, capacity, load and gap.
     */
    public static Preset full() {
        return new Preset(
                List.of(
                        Selection.copies(8, 32, 128, 1024, 8192, 1 << 16, 1 << 20, 1 << 22),
                        Selection.streams(names(), 32),
                        Selection.streams(List.of(SPSC, AGRONA, FIFO), 8, 128, 8192),
                        Selection.streams(
                                and(HEADLINE, "sluice-mpsc", "agrona-many", "sluice-mpmc", "raw-slots"), 1024),
                        Selection.streams(
                                List.of(SPSC, SPSC_BLOCK, AGRONA, "raw-slots", FIFO, "unix", "tcp"), 1 << 16, 1 << 20),
                        Selection.streams(List.of(SPSC, FIFO, "unix"), 1 << 22),
                        Selection.among(List.of("sluice-mpsc", "agrona-many"), "2:1", "3:1", "4:1"),
                        Selection.among(List.of("sluice-mpsc-total"), "2:1"),
                        Selection.among(List.of("sluice-broadcast", "agrona-broadcast"), "1:2", "1:4"),
                        Selection.among(List.of("sluice-mpmc"), "1:2", "2:1", "2:2"),
                        Selection.among(List.of("jvm-jctools"), "2:2"),
                        Selection.among(
                                List.of("sluice-mpmc-back-off"), "1:2", "1:4", "2:1", "4:1", "2:2", "3:3", "4:4"),
                        Selection.among(List.of("sluice-mpsc-back-off"), "2:1", "4:1"),
                        Selection.capacities(List.of(SPSC, AGRONA, FIFO), 4, 64, 1024),
                        Selection.capacities(List.of(SPSC, AGRONA), 16_384),
                        Selection.of(
                                Measure.ROUND_TRIP,
                                and(HEADLINE, "raw-word", "pipe", "posix-mq", "chronicle-queue", "textbook")),
                        Selection.of(
                                Measure.ROUND_TRIP,
                                List.of("sluice-mpsc", "sluice-mpmc", "sluice-broadcast", "agrona-many")),
                        Selection.loads(List.of(SPSC, AGRONA, FIFO, "unix")),
                        Selection.wakes(List.of(SPSC_BLOCK, FIFO), 1, 10, 100, 1000, 10_000),
                        Selection.wakes(List.of("unix", "tcp"), Row.USUAL_GAP_MICROS),
                        Selection.of(Measure.ATTACH, List.of(SPSC, "sluice-mpmc"))),
                5,
                Duration.ofMillis(600),
                Duration.ofMillis(250),
                MEBIBYTE);
    }

    /** The selections of one measure; where there are none, the usual ones. */
    public List<Selection> selections(Measure measure) {
        List<Selection> own = of(selections, measure);
        return own.isEmpty() ? of(usual().selections, measure) : own;
    }

    private static List<Selection> of(List<Selection> selections, Measure measure) {
        return selections.stream()
                .filter(selection -> selection.measure() == measure)
                .toList();
    }

    private static List<String> and(List<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).toList();
    }

    /** Every transport. */
    public static List<String> names() {
        return Transports.all().stream().map(Transport::name).toList();
    }
}
