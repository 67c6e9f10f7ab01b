package io.sluice.benchmarks.recovery;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** What was measured, for people and for programs. */
final class RecoveryReport {

    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final String PROOF = "somebody who asks without a pause is told that it is dead";
    private static final double TARGET_MILLISECONDS = 25;
    private static final double[] PERCENTILES = {50, 90, 99, 100};

    private final RecoveryPlan plan;
    private final Optional<Histogram> proof;
    private final Map<Situation<?>, Histogram> times;

    RecoveryReport(RecoveryPlan plan, Optional<Histogram> proof, Map<Situation<?>, Histogram> times) {
        this.plan = plan;
        this.proof = proof;
        this.times = times;
    }

    void print(PrintStream out) {
        line(out, "");
        line(
                out,
                "kills  %d kills of each kind after %d, the next one waits by \"%s\", %d MiB of heap filled, seed %d",
                plan.kills(),
                plan.warmup(),
                plan.strategy(),
                plan.residentMebibytes(),
                plan.seed());
        line(out, "");
        line(out, "From SIGKILL until the next one runs, in ms");
        line(out, "%-18s %8s %8s %8s %8s  %s", "kind", "p50", "p90", "p99", "max", "what happens");
        proof.ifPresent(histogram -> row(out, "proof of death", histogram, PROOF));
        times.forEach((situation, histogram) -> row(out, situation.name(), histogram, situation.description()));
        line(out, "");
        times.forEach((situation, histogram) -> {
            double p99 = milliseconds(histogram, 99);
            line(
                    out,
                    "%-18s p99 %.2f ms, target <= %.0f ms: %s",
                    situation.name(),
                    p99,
                    TARGET_MILLISECONDS,
                    p99 <= TARGET_MILLISECONDS ? "met" : "missed");
        });
    }

    private static void row(PrintStream out, String name, Histogram histogram, String description) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-18s", name));
        for (double percentile : PERCENTILES) {
            row.append(String.format(Locale.ROOT, " %8.2f", milliseconds(histogram, percentile)));
        }
        line(out, "%s  %s", row, description);
    }

    private static double milliseconds(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLISECOND;
    }

    private static void line(PrintStream out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    /** For programs. */
    Map<String, Object> content() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("kills", plan.kills());
        report.put("strategy", plan.strategy());
        report.put("resident_mebibytes", plan.residentMebibytes());
        report.put("seed", plan.seed());
        report.put("target_p99_millis", TARGET_MILLISECONDS);
        List<Map<String, Object>> rows = new ArrayList<>();
        proof.ifPresent(histogram -> rows.add(entry("proof of death", PROOF, histogram)));
        times.forEach((situation, histogram) -> rows.add(entry(situation.name(), situation.description(), histogram)));
        report.put("rows", rows);
        return report;
    }

    private static Map<String, Object> entry(String name, String description, Histogram histogram) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", name);
        entry.put("what", description);
        entry.put("count", histogram.getTotalCount());
        for (double percentile : PERCENTILES) {
            entry.put("p" + (int) percentile + "_millis", milliseconds(histogram, percentile));
        }
        List<Double> all = new ArrayList<>();
        histogram.recordedValues().forEach(value -> {
            for (long time = 0; time < value.getCountAtValueIteratedTo(); time++) {
                all.add(value.getValueIteratedTo() / NANOS_PER_MILLISECOND);
            }
        });
        entry.put("millis", all);
        return entry;
    }
}
