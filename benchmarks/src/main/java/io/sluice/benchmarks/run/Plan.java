package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run does.
 *
 * @param selections which rows
 * @param forks how often each row is measured, with fresh processes each time
 * @param warmup of each fork
 * @param time of each fork's measured phase
 * @param capacity bytes of each ring, and of pipe and socket buffers
 * @param limit messages per receiving call
 * @param directory where the channels' files go
 * @param jvmFlags more flags for every measured process
 */
public record Plan(
        List<Selection> selections,
        int forks,
        Duration warmup,
        Duration time,
        long capacity,
        int limit,
        Path directory,
        List<String> jvmFlags) {

    /** How long it takes to start the processes of a row and to end them, on two processors. */
    private static final Duration START = Duration.ofMillis(700);

    private static final Comparator<Row> ORDER = Comparator.comparing(Row::measure)
            .thenComparing(row -> row.shape().producers() + row.shape().consumers())
            .thenComparing(row -> row.shape().toString())
            .thenComparing(Row::length)
            .thenComparing(Row::detail);

    /** Checks the numbers. */
    public Plan {
        selections = List.copyOf(selections);
        if (forks < 1) {
            throw new IllegalArgumentException(forks + " forks: at least 1 is needed");
        }
    }

    /** The rows; those that are compared stand next to each other, so that they are measured next to each other. */
    List<Row> rows() {
        Set<Row> rows = new LinkedHashSet<>();
        selections.forEach(selection -> rows.addAll(selection.rows(capacity)));
        return rows.stream().filter(row -> isKnown(row, rows)).sorted(ORDER).toList();
    }

    /** Offering a part of the throughput needs to know it. */
    private static boolean isKnown(Row row, Set<Row> rows) {
        return row.measure() != Measure.LOAD
                || rows.contains(new Row(Measure.THROUGHPUT, row.transport(), row.length(), row.shape(), 0));
    }

    /** Warm-up before a row is measured. */
    Duration warmup(Row row) {
        return switch (row.measure()) {
            case ROUND_TRIP, LOAD -> latencyWarmup();
            default -> warmup;
        };
    }

    /** Twice as long: two ends that find each other asleep, because both are not compiled yet, stay so for a while. */
    Duration latencyWarmup() {
        return warmup.multipliedBy(2);
    }

    /** About how long one fork of a row takes. */
    Duration perFork(Row row) {
        return warmup(row).plus(time).plus(START);
    }

    /** About how long all of it takes. */
    public Duration estimate() {
        return rows().stream()
                .map(this::perFork)
                .reduce(Duration.ZERO, Duration::plus)
                .multipliedBy(forks);
    }
}
