package io.sluice.benchmarks.locks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;

/** A whole comparison of locks: carries out a plan and reports it. */
public final class LocksComparison {

    /** How long it takes to start and end the processes of a row, on two processors. */
    private static final Duration START = Duration.ofMillis(550);

    private final LocksPlan plan;

    LocksComparison(LocksPlan plan) {
        this.plan = plan;
    }

    /** All locks by all measures, in shorter phases than the command {@code locks} takes. */
    public static LocksComparison brief(int forks, Path directory) {
        return new LocksComparison(new LocksPlan(
                EnumSet.allOf(Measure.class),
                Subject.names(),
                forks,
                Duration.ofMillis(700),
                Duration.ofMillis(200),
                Duration.ofNanos(200_000),
                directory));
    }

    /** About how long it takes. */
    public Duration estimate() {
        return plan.warmup()
                .plus(plan.time())
                .plus(START)
                .multipliedBy((long) plan.rows().size() * plan.forks());
    }

    /**
     * Runs and prints.
     *
     * @return the results for programs
     */
    public Map<String, Object> run(PrintStream out, PrintStream progress) throws IOException, InterruptedException {
        LocksReport report = new LocksReport(plan, new LocksRun(plan, progress).run());
        report.print(out);
        return report.content();
    }
}
