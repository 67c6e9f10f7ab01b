package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results as people read them. */
final class Table {

    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;
    private static final String STREAM = "%-24s %7s %28s %7s %8s %9s %15s  %s";

    private final Plan plan;
    private final Results results;
    private final PrintStream out;

    Table(Plan plan, Results results, PrintStream out) {
        this.plan = plan;
        this.results = results;
        this.out = out;
    }

    void print() {
        settings();
        for (Measure measure : Measure.values()) {
            List<Row> rows = results.rows().stream()
                    .filter(row -> row.measure() == measure)
                    .toList();
            if (!rows.isEmpty()) {
                print(measure, rows);
            }
        }
        targets();
        noise();
        failures();
    }

    private void settings() {
        line(
                "run    %d forks of one JVM for each end per row, each %.1f s warm-up (round trips and loads: twice that)"
                        + " and %.1f s measured; rings, pipe and socket buffers of %d KiB, or of 8 messages where that is more; up to %d messages per receiving call",
                plan.forks(),
                plan.warmup().toMillis() / 1e3,
                plan.time().toMillis() / 1e3,
                plan.capacity() / 1024,
                plan.limit());
        line("       figures are the median of the forks, [smallest - largest] behind it");
    }

    private void print(Measure measure, List<Row> rows) {
        line("");
        switch (measure) {
            case COPY -> {
                line("Copying alone, inside one process");
                line("%-24s %7s %28s %7s", "", "bytes", "million copies/s", "GB/s");
                rows.forEach(this::copy);
            }
            case THROUGHPUT -> {
                line("One way, as fast as it goes; every field written, read and summed");
                line(
                        STREAM,
                        "transport",
                        "bytes",
                        "million messages/s",
                        "GB/s",
                        "% memcpy",
                        "CPU s/M",
                        "alloc B/msg",
                        "setting");
                rows.forEach(row -> throughput(row, Long.toString(row.length())));
            }
            case CAPACITY -> {
                line("The same with messages of 32 bytes and rings and buffers of that capacity");
                line(STREAM, "transport", "KiB", "million messages/s", "GB/s", "", "CPU s/M", "alloc B/msg", "setting");
                rows.forEach(row -> throughput(row, Integer.toString(row.detail())));
            }
            case ROUND_TRIP -> {
                line("Round trip of 32 bytes in ns (raw-word: 8); \"mean\" reads the clock once per 100");
                latencyHead("mean", "alloc B/msg");
                rows.forEach(row -> latency(row, value(row, Quantity.MEAN_NANOS, "%.0f"), allocation(row)));
            }
            case LOAD -> {
                line(
                        "From when a message of 32 bytes was due until it was received, in ns, at parts of the throughput above");
                latencyHead("offered", "CPU s/M");
                rows.forEach(
                        row -> latency(row, row.detailText(), value(row, Quantity.CPU_SECONDS_PER_MILLION, "%.4f")));
            }
            case WAKE -> {
                line("From sending until a receiver that slept has it, in ns; after gaps that the sender spends awake");
                latencyHead("gap", "CPU us/wake");
                rows.forEach(row -> latency(row, row.detailText(), value(row, Quantity.RECEIVER_CPU_MICROS, "%.1f")));
            }
            case ATTACH -> {
                line("Attaching to an existing ring in a warm JVM, in ns");
                latencyHead("", "");
                rows.forEach(row -> latency(row, "", ""));
            }
        }
    }

    private void copy(Row row) {
        Figure rate = results.figure(row, Quantity.MESSAGES_PER_SECOND).orElseThrow();
        line(
                "%-24s %7d %28s %7.2f",
                row.title(),
                row.length(),
                figure(rate, MILLION, rate.median() < MILLION ? 4 : 2),
                rate.median() * row.length() / BILLION);
    }

    private void throughput(Row row, String parameter) {
        Figure rate = results.figure(row, Quantity.MESSAGES_PER_SECOND).orElseThrow();
        line(
                STREAM,
                row.title(),
                parameter,
                figure(rate, MILLION, rate.median() < MILLION ? 4 : 2),
                format("%.2f", rate.median() * row.length() / BILLION),
                row.measure() == Measure.CAPACITY ? "" : value(row, Quantity.MEMCPY_PERCENT, "%.0f"),
                value(row, Quantity.CPU_SECONDS_PER_MILLION, "%.4f"),
                allocation(row),
                row.transport().settings() + lost(row));
    }

    private String lost(Row row) {
        return results.figure(row, Quantity.LOST_PERCENT)
                .map(lost -> format("; %.1f %% of the messages were lost", lost.median()))
                .orElse("");
    }

    private void latencyHead(String third, String last) {
        line(
                "%-24s %28s %8s %9s %9s %10s %15s  %s",
                "transport", "p50", third, "p99", "p99.9", "p99.99", last, "setting");
    }

    private void latency(Row row, String third, String last) {
        line(
                "%-24s %28s %8s %9s %9s %10s %15s  %s",
                row.title(),
                figure(results.figure(row, Quantity.P50_NANOS).orElseThrow(), 1, 0),
                third,
                value(row, Quantity.P99_NANOS, "%.0f"),
                value(row, Quantity.P999_NANOS, "%.0f"),
                value(row, Quantity.P9999_NANOS, "%.0f"),
                last,
                row.transport().settings());
    }

    private String allocation(Row row) {
        return value(row, Quantity.SENDER_BYTES_PER_MESSAGE, "%.3f") + " + "
                + value(row, Quantity.RECEIVER_BYTES_PER_MESSAGE, "%.3f");
    }

    private void targets() {
        List<Target> measured = Target.ALL.stream()
                .filter(target -> target.measured(results).isPresent())
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        line("");
        line("Ratios, fork by fork within this run");
        for (Target target : measured) {
            Figure ratio = target.measured(results).orElseThrow();
            line(
                    "%-52s %24s   target %s %s: %s",
                    target.title(),
                    figure(ratio, 1, 2),
                    target.atLeast() ? ">=" : "<=",
                    target.bound(),
                    target.isMet(ratio) ? "met" : "missed");
        }
    }

    private void noise() {
        List<String> signs = Noise.signs(results);
        line("");
        if (signs.isEmpty()) {
            line("The machine was quiet.");
            return;
        }
        line("This machine was NOISY: trust the ratios less, and the absolute numbers not at all. Signs:");
        signs.forEach(sign -> line("  %s", sign));
    }

    private void failures() {
        if (!results.failures().isEmpty()) {
            line("FAILED and measured once more:");
            results.failures().forEach(sentence -> line("  %s", sentence));
        }
    }

    private String value(Row row, Quantity quantity, String format) {
        Optional<Figure> figure = results.figure(row, quantity);
        return figure.map(found -> format(format, found.median())).orElse("-");
    }

    private static String figure(Figure figure, double unit, int digits) {
        String number = "%." + digits + "f";
        return format(
                number + " [" + number + " - " + number + "]",
                figure.median() / unit,
                figure.min() / unit,
                figure.max() / unit);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void line(String format, Object... values) {
        out.println(format(format, values).stripTrailing());
    }
}
