package io.sluice.benchmarks.recovery;

import io.sluice.benchmarks.recovery.RecoveryRun.Mode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** A whole measurement of recovery: carries out a plan and reports it. */
public final class RecoveryComparison {

    /** What stands for all that can be killed. */
    private static final List<String> KINDS =
            List.of("mutex", "accountable", "spsc", "spsc-role", "mpsc", "mpmc", "broadcast");

    /** About how long a kill takes, with starting the process that is killed, on two processors. */
    private static final Duration KILL = Duration.ofMillis(300);

    private static final int KILLS = 60;
    private static final int WARMUP = 5;
    private static final int BATCH = 10;

    private final RecoveryPlan plan;
    private final boolean withProof;

    RecoveryComparison(RecoveryPlan plan, boolean withProof) {
        this.plan = plan;
        this.withProof = withProof;
    }

    /** Mutex, semaphore and each ring, with fewer kills than the command {@code recovery} takes. */
    public static RecoveryComparison brief(Path directory) {
        return new RecoveryComparison(
                new RecoveryPlan(KINDS, KILLS, WARMUP, BATCH, 0, "block", System.nanoTime(), directory), true);
    }

    /** About how long it takes. */
    public Duration estimate() {
        long kinds = plan.situations().size() + (withProof ? 1L : 0L);
        return KILL.multipliedBy(kinds * ((long) plan.kills() + plan.warmup()));
    }

    /**
     * Runs and prints.
     *
     * @return the results for programs
     */
    public Map<String, Object> run(PrintStream out, PrintStream progress) throws IOException, InterruptedException {
        RecoveryRun run = new RecoveryRun(plan);
        Map<Situation<?>, Histogram> times = new LinkedHashMap<>();
        Optional<Histogram> proof = Optional.empty();
        if (withProof) {
            progress.println("proof of death");
            proof = Optional.of(run.run(Situation.named("mutex"), Mode.WATCH));
        }
        for (String kind : plan.situations()) {
            progress.println(kind);
            times.put(Situation.named(kind), run.run(Situation.named(kind), Mode.AWAIT));
        }
        RecoveryReport report = new RecoveryReport(plan, proof, times);
        report.print(out);
        return report.content();
    }
}
