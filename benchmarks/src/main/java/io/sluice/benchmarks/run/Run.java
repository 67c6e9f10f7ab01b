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

    Run(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    Results execute() throws IOException, InterruptedException {
        List<Row> rows = plan.rows();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "none of " + plan.transports() + " can be measured by " + plan.measures());
        }
        int all = rows.size() * plan.forks();
        int done = 0;
        long start = System.nanoTime();
        for (int fork = 1; fork <= plan.forks(); fork++) {
            for (Row row : rows) {
                progress.printf(
                        "[%d/%d, about %d s left] fork %d: %s%n", done + 1, all, left(start, done, all), fork, row);
                results.add(row, Fork.of(row, measure(row)));
                done++;
            }
        }
        return results;
    }

    /** Seconds: by the plan at first, then by what it has taken so far. */
    private long left(long start, int done, int all) {
        Duration each = done == 0 ? plan.perFork() : Duration.ofNanos((System.nanoTime() - start) / done);
        return each.multipliedBy((long) all - done).toSeconds();
    }

    /** What a row offers: a part of what the same transport did in the same fork. */
    private double rate(Row row) {
        if (row.measure() != Measure.LOAD) {
            return 0;
        }
        Row stream = results.find(new Row.Key(row.transport().name(), row.length(), row.shape()))
                .orElseThrow();
        List<Fork> forks = results.forks(stream);
        double capacity = forks.get(forks.size() - 1).numbers().get(Quantity.MESSAGES_PER_SECOND);
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
                    plan.capacity(),
                    plan.limit(),
                    Duration.of(row.detail(), ChronoUnit.MICROS),
                    rate(row),
                    plan.warmup(),
                    plan.time(),
                    false);
            List<String> flags = new ArrayList<>(row.transport().jvmFlags());
            flags.addAll(plan.jvmFlags());
            return new Crew(job, flags).run();
        }
    }
}
