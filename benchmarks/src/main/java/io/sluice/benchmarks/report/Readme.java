package io.sluice.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The README's table and plots, between two marks, from a report. */
final class Readme {

    private static final String BEGIN = "<!-- bench:begin -->";
    private static final String END = "<!-- bench:end -->";
    private static final List<String> COLUMNS =
            List.of("sluice-spsc", "sluice-spsc-block", "agrona", "aeron", "fifo", "unix", "tcp", "raw-word");
    private static final double MILLION = 1e6;

    /** The plots that it shows. */
    private static final List<String> PLOTS = List.of("throughput", "round-trip");

    private final Report report;
    private final Path file;
    private final Path plotDirectory;

    Readme(Report report, Path file, Path plotDirectory) {
        this.report = report;
        this.file = file;
        this.plotDirectory = plotDirectory;
    }

    /**
     * Replaces what is between the marks, and writes the plots.
     *
     * @throws IllegalArgumentException if the file has no marks
     */
    void update() throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(file + " has no lines " + BEGIN + " and " + END);
        }
        Files.writeString(
                file,
                text.substring(0, begin + BEGIN.length()) + "\n" + table() + plots() + text.substring(end),
                StandardCharsets.UTF_8);
    }

    private String plots() throws IOException {
        StringBuilder links = new StringBuilder();
        Path root = file.toAbsolutePath().getParent();
        Map<String, String> all = Plots.of(report);
        for (String name : PLOTS) {
            if (all.containsKey(name)) {
                Path plot = plotDirectory.resolve(name + ".svg");
                Files.writeString(plot, all.get(name), StandardCharsets.UTF_8);
                links.append("\n![")
                        .append(name.replace('-', ' '))
                        .append("](")
                        .append(root.relativize(plot))
                        .append(")\n");
            }
        }
        return links.toString();
    }

    String table() {
        List<String> columns = COLUMNS.stream().filter(this::isMeasured).toList();
        StringBuilder table = new StringBuilder("| |");
        columns.forEach(name -> table.append(' ').append(Titles.of(name)).append(" |"));
        table.append("\n|---|").append("---:|".repeat(columns.size())).append('\n');
        line(table, columns, "32 B, M/s", "THROUGHPUT", 32, "", "messages_per_second", MILLION, "%.1f");
        line(table, columns, "1 KiB, M/s", "THROUGHPUT", 1024, "", "messages_per_second", MILLION, "%.2f");
        line(table, columns, "round trip p50, ns", "ROUND_TRIP", 32, "", "p50_nanos", 1, "%.0f");
        line(table, columns, "waking a sleeper p50, ns", "WAKE", 32, "1000 us", "p50_nanos", 1, "%.0f");
        return table.toString();
    }

    private boolean isMeasured(String transport) {
        return List.of("THROUGHPUT", "ROUND_TRIP", "WAKE").stream()
                .anyMatch(measure -> report.rows(measure).stream().anyMatch(row -> row.isPairOf(transport)));
    }

    private void line(
            StringBuilder table,
            List<String> columns,
            String title,
            String measure,
            long bytes,
            String detail,
            String figure,
            double unit,
            String format) {
        table.append("| ").append(title).append(" |");
        for (String name : columns) {
            OptionalDouble value = report.find(measure, name, bytes, detail)
                    .map(row -> row.value(figure, "median"))
                    .orElse(OptionalDouble.empty());
            table.append(' ')
                    .append(value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble() / unit) : "")
                    .append(" |");
        }
        table.append('\n');
    }
}
