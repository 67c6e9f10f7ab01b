package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.worker.Job;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out a plan: fork after fork goes through all rows, so that whatever else the machine does hits all of them
 * alike. Each row's processes run alone and get a fresh directory, which is gone afterwards.
 */
final class Run {

    private static final double PER_CENT = 100;

    private final Plan plan;
    private final PrintStream progress;
    private final Results results = new Results();
    private final Failures failures;

    Run(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
        this.failures = new Failures(progress);
    }

    Results execute() throws IOException, InterruptedException {
        List<Row> rows = plan.rows();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("nothing of that can be measured: " + plan.selections());
        }
        int all = rows.size() * plan.forks();
        int done = 0;
        long start = System.nanoTime();
        for (int fork = 1; fork <= plan.forks(); fork++) {
            for (Row row : rows) {
                progress.printf(
                        "[%d/%d, about %d s left] fork %d: %s%n", done + 1, all, left(start, done, all), fork, row);
                Fork measured = failures.atMostTwice("fork " + fork + ", " + row, () -> Fork.of(row, measure(row)));
                results.add(row, besideCopying(row, measured));
                done++;
            }
        }
        results.note(failures);
        return results;
    }

    /** With its bytes in relation to what copying alone did in the same fork, if that was measured. */
    private Fork besideCopying(Row row, Fork fork) {
        Double moved = fork.numbers().get(Quantity.BYTES_PER_SECOND);
        if (row.measure() == Measure.THROUGHPUT) {
            results.find(new Row.Key(Measure.COPY, "memcpy", row.length()))
                    .map(this::last)
                    .ifPresent(copied -> fork.numbers()
                            .put(
                                    Quantity.MEMCPY_PERCENT,
                                    PER_CENT * moved / copied.numbers().get(Quantity.BYTES_PER_SECOND)));
        }
        return fork;
    }

    private Fork last(Row row) {
        List<Fork> forks = results.forks(row);
        return forks.get(forks.size() - 1);
    }

    /** Seconds: by the plan at first, then by what it has taken so far. */
    private long left(long start, int done, int all) {
        if (done == 0) {
            return plan.estimate().toSeconds();
        }
        return Duration.ofNanos((System.nanoTime() - start) / done)
                .multipliedBy((long) all - done)
                .toSeconds();
    }

    /** What a row offers: a part of what the same transport did in the same fork. */
    private double rate(Row row) {
        if (row.measure() != Measure.LOAD) {
            return 0;
        }
        Row stream = results.find(new Row.Key(row.transport().name(), row.length(), row.shape()))
                .orElseThrow();
        double capacity = last(stream).numbers().get(Quantity.MESSAGES_PER_SECOND);
        return Math.max(1, capacity * row.detail() / PER_CENT);
    }

    private Crew.Outcomes measure(Row row) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(plan.directory())) {
            Job job = new Job(
                    row.measure(),
                    row.transport().name(),
                    row.shape(),
                    Job.Role.BOTH,
                    0,
                    scratch.path(),
                    row.length(),
                    row.capacity(plan.capacity()),
                    plan.limit(),
                    Duration.of(row.measure() == Measure.WAKE ? row.detail() : 0, ChronoUnit.MICROS),
                    rate(row),
                    plan.warmup(row),
                    plan.time(),
                    false);
            List<String> flags = new ArrayList<>(row.transport().jvmFlags());
            flags.addAll(plan.jvmFlags());
            return new Crew(job, flags).run();
        }
    }
}
