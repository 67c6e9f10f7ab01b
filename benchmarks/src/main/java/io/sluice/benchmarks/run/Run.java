package io.sluice.benchmarks.run;

import io.sluice.benchmarks.worker.Job;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out a plan: fork after fork goes through all rows, so that whatever else the machine does hits all of them
 * alike. Each row's two processes run alone and get a fresh directory, which is gone afterwards.
 */
final class Run {

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
        for (int fork = 1; fork <= plan.forks(); fork++) {
            for (Row row : rows) {
                Duration left = plan.perFork().multipliedBy((long) all - done);
                done++;
                progress.printf("[%d/%d, about %d s left] fork %d: %s%n", done, all, left.toSeconds(), fork, row);
                results.add(row, Fork.of(row, measure(row)));
            }
        }
        return results;
    }

    private Pair.Outcomes measure(Row row) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(plan.directory())) {
            Job job = new Job(
                    row.measure(),
                    row.transport().name(),
                    Job.Role.SENDER,
                    scratch.path(),
                    row.length(),
                    plan.capacity(),
                    plan.limit(),
                    plan.gap(),
                    plan.warmup(),
                    plan.time(),
                    false);
            job.create();
            List<String> flags = new ArrayList<>(row.transport().jvmFlags());
            flags.addAll(plan.jvmFlags());
            return new Pair(job, flags).run();
        }
    }
}
