package io.sluice.benchmarks;

import io.sluice.benchmarks.locks.LocksComparison;
import io.sluice.benchmarks.recovery.RecoveryComparison;
import io.sluice.benchmarks.run.Comparison;
import io.sluice.benchmarks.run.Json;
import io.sluice.benchmarks.run.Machine;
import io.sluice.benchmarks.run.Plan;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Transports, locks and recovery one after the other, in one report.
 *
 * @param plan for the transports; may be of no rows
 * @param locks {@code null} to leave them out
 * @param recovery {@code null} to leave it out
 */
record Programme(Plan plan, LocksComparison locks, RecoveryComparison recovery) {

    private static final double SECONDS_PER_MINUTE = 60;

    Programme {
        if (plan.selections().isEmpty() && locks == null && recovery == null) {
            throw new IllegalArgumentException("there is nothing to measure");
        }
    }

    /** Takes results. */
    interface Finished {

        /** Takes {@code results}, which may be fewer than planned. */
        void accept(Map<String, Object> results) throws IOException;
    }

    /**
     * Runs all.
     *
     * @param finished gets what there is whenever a part is finished
     * @return the results as the JSON has them
     */
    Map<String, Object> run(PrintStream out, PrintStream progress, Finished finished)
            throws IOException, InterruptedException {
        progress.println("about " + minutes(estimate()) + " minutes");
        Machine.description().forEach((name, value) -> out.printf("%-6s %s%n", name, value));
        Map<String, Object> results = Json.origin();
        if (!plan.selections().isEmpty()) {
            results.putAll(new Comparison(plan).run(out, progress));
            finished.accept(results);
        }
        if (locks != null) {
            progress.println("locks, about " + minutes(locks.estimate()) + " minutes");
            results.put("locks", locks.run(out, progress));
            finished.accept(results);
        }
        if (recovery != null) {
            progress.println("recovery, about " + minutes(recovery.estimate()) + " minutes");
            results.put("recovery", recovery.run(out, progress));
            finished.accept(results);
        }
        return results;
    }

    private Duration estimate() {
        Duration estimate = plan.estimate();
        if (locks != null) {
            estimate = estimate.plus(locks.estimate());
        }
        return recovery == null ? estimate : estimate.plus(recovery.estimate());
    }

    private static String minutes(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toSeconds() / SECONDS_PER_MINUTE);
    }
}
