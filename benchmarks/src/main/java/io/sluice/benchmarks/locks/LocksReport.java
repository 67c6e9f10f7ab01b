package io.sluice.benchmarks.locks;

import io.sluice.benchmarks.locks.LocksPlan.Row;
import io.sluice.benchmarks.locks.LocksResults.Quantity;
import io.sluice.benchmarks.run.Figure;
import io.sluice.benchmarks.run.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured of locks, for people and for programs. */
final class LocksReport {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String LINE = "%-19s %-5s %34s %10s %10s %8s  %s";

    private final LocksPlan plan;
    private final LocksResults results;

    LocksReport(LocksPlan plan, LocksResults results) {
        this.plan = plan;
        this.results = results;
    }

    void print(PrintStream out) {
        line(out, "");
        line(
                out,
                "locks  %d forks, each %.1f s warm-up and %.1f s measured; figures are the median of the forks,"
                        + " [smallest - largest] behind it",
                plan.forks(),
                plan.warmup().toNanos() / NANOS_PER_SECOND,
                plan.time().toNanos() / NANOS_PER_SECOND);
        for (Measure measure : Measure.values()) {
            List<Row> rows = results.rows().stream()
                    .filter(row -> row.measure() == measure)
                    .toList();
            if (!rows.isEmpty()) {
                line(out, "");
                head(out, measure);
                rows.forEach(row -> row(out, row));
            }
        }
        targets(out);
    }

    private void head(PrintStream out, Measure measure) {
        switch (measure) {
            case UNCONTENDED -> {
                line(out, "One thread takes it and gives it back");
                line(out, LINE, "lock", "", "ns", "", "CPU ns", "B", "");
            }
            case HAND_OVER -> {
                line(out, "From one process to the other, as fast as it goes; each acquisition waits for a release");
                line(out, LINE, "lock", "waits", "ns", "", "CPU ns", "B", "");
            }
            case SLEEPER -> {
                line(
                        out,
                        "From the release until the other process has it, each keeping it for %.0f us",
                        plan.gap().toNanos() / NANOS_PER_MICRO);
                line(out, LINE, "lock", "waits", "p50 ns", "p99 ns", "CPU ns", "B", "");
            }
            case IDLE -> {
                line(out, "Processor time of one who waits, in ms per second");
                line(out, LINE, "lock", "waits", "thread", "process", "", "", "");
            }
        }
    }

    private void row(PrintStream out, Row row) {
        Figure main = results.figure(row, Quantity.main(row.measure()));
        String mode = row.measure().hasModes() ? row.mode().name().toLowerCase(Locale.ROOT) : "";
        boolean idle = row.measure() == Measure.IDLE;
        String beside = "";
        if (idle) {
            beside = median(row, Quantity.PROCESS_MILLIS_PER_SECOND, "%.2f");
        } else if (row.measure() == Measure.SLEEPER) {
            beside = median(row, Quantity.P99_NANOS, "%.0f");
        }
        String number = idle ? "%.3f" : main.median() < NANOS_PER_MICRO ? "%.1f" : "%.0f";
        line(
                out,
                LINE,
                row.subject().name(),
                mode,
                format(number + " [" + number + " - " + number + "]", main.median(), main.min(), main.max()),
                beside,
                idle ? "" : median(row, Quantity.CPU_PER_TURN, "%.0f"),
                idle ? "" : median(row, Quantity.BYTES_PER_TURN, "%.3f"),
                row.subject().description());
    }

    private String median(Row row, Quantity quantity, String format) {
        return format(format, results.figure(row, quantity).median());
    }

    private void targets(PrintStream out) {
        line(out, "");
        line(out, "Ratios, fork by fork within this run");
        for (LocksTarget target : LocksTarget.all()) {
            results.ratio(target)
                    .ifPresent(ratio -> line(
                            out,
                            "%-60s %26s   target <= %.0f: %s",
                            target.title(),
                            format("%.2f [%.2f - %.2f]", ratio.median(), ratio.min(), ratio.max()),
                            target.most(),
                            ratio.median() <= target.most() ? "met" : "missed"));
        }
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void line(PrintStream out, String format, Object... values) {
        out.println(format(format, values).stripTrailing());
    }

    /** For programs. */
    Map<String, Object> content() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("forks", plan.forks());
        report.put("warmup_seconds", plan.warmup().toNanos() / NANOS_PER_SECOND);
        report.put("time_seconds", plan.time().toNanos() / NANOS_PER_SECOND);
        report.put("gap_millis", plan.gap().toNanos() / NANOS_PER_MILLI);
        report.put("rows", results.rows().stream().map(this::entry).toList());
        report.put(
                "ratios",
                LocksTarget.all().stream()
                        .map(target -> results.ratio(target).map(ratio -> entry(target, ratio)))
                        .flatMap(Optional::stream)
                        .toList());
        return report;
    }

    private Map<String, Object> entry(Row row) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("measure", row.measure().name());
        entry.put("lock", row.subject().name());
        entry.put("waits", row.mode().name());
        entry.put("setting", row.subject().description());
        Map<String, Object> figures = new LinkedHashMap<>();
        for (Quantity quantity : Quantity.of(row.measure())) {
            figures.put(quantity.name().toLowerCase(Locale.ROOT), Json.figure(results.figure(row, quantity)));
        }
        entry.put("figures", figures);
        entry.put("forks", results.forks(row));
        return entry;
    }

    private static Map<String, Object> entry(LocksTarget target, Figure ratio) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("title", target.title());
        entry.put("measured", Json.figure(ratio));
        entry.put("at_most", target.most());
        entry.put("met", ratio.median() <= target.most());
        return entry;
    }
}
