package io.sluice.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one page of HTML that needs nothing else. */
final class Page {

    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;
    private static final String STYLE =
            "body{font:15px sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#222}"
                    + "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.25em .6em;text-align:right}"
                    + "td:first-child,th:first-child,td.text,th.text{text-align:left}td.text{font-size:85%}"
                    + ".noisy{background:#fde;padding:.5em 1em}svg{max-width:100%;height:auto}";

    private final Report report;
    private final Map<String, String> plots;
    private final StringBuilder out = new StringBuilder();

    Page(Report report, Map<String, String> plots) {
        this.report = report;
        this.plots = plots;
    }

    String html() {
        out.append(
                        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sluice benchmarks</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Sluice and its alternatives on this machine</h1>\n");
        noise();
        facts("Machine", report.part("machine"));
        facts("Versions", report.part("versions"));
        facts("Settings", report.part("settings"));
        out.append("<p>Each figure is the median of the forks, smallest and largest behind it. Names that begin with"
                + " <code>jvm-</code> live inside one JVM: references, not competitors.</p>\n");
        plots.values().forEach(svg -> out.append(svg).append('\n'));
        Verdict.sentences(report)
                .forEach(sentence -> out.append("<p>").append(escape(sentence)).append("</p>\n"));
        ratios();
        streams("One way, as fast as it goes", report.rows("THROUGHPUT"));
        streams("Copying alone, inside one process", report.rows("COPY"));
        latencies("Round trip of 32 bytes", report.rows("ROUND_TRIP"));
        latencies("At a fixed offered rate, from when each message was due", report.rows("LOAD"));
        latencies("From sending until a sleeping receiver has it", report.rows("WAKE"));
        latencies("Attaching and detaching", report.rows("ATTACH"));
        return out.append("</body></html>\n").toString();
    }

    private void noise() {
        if (report.noise().isEmpty()) {
            out.append("<p>The machine was quiet.</p>\n");
            return;
        }
        out.append(
                "<div class=\"noisy\"><p>This machine was noisy: trust the ratios less, and the absolute numbers not at"
                        + " all.</p><details><summary>Signs</summary><ul>");
        report.noise().forEach(sign -> out.append("<li>").append(escape(sign)).append("</li>"));
        out.append("</ul></details></div>\n");
    }

    private void facts(String title, Map<?, ?> facts) {
        out.append("<h2>").append(title).append("</h2>\n<table>");
        facts.forEach((name, value) -> out.append("<tr><td>")
                .append(escape(name.toString()))
                .append("</td><td class=\"text\">")
                .append(escape(String.valueOf(value)))
                .append("</td></tr>"));
        out.append("</table>\n");
    }

    private void ratios() {
        if (report.ratios().isEmpty()) {
            return;
        }
        out.append("<h2>Ratios, fork by fork within this run</h2>\n");
        head("what", "measured", "target", "");
        for (Map<?, ?> ratio : report.ratios()) {
            Map<?, ?> measured = (Map<?, ?>) ratio.get("measured");
            boolean lower = ratio.containsKey("at_least");
            cells(
                    ratio.get("title").toString(),
                    text("%.2f [%.2f - %.2f]", measured.get("median"), measured.get("min"), measured.get("max")),
                    lower ? ">= " + ratio.get("at_least") : "<= " + ratio.get("at_most"),
                    Boolean.TRUE.equals(ratio.get("met")) ? "met" : "missed");
        }
        out.append("</table>\n");
    }

    private void streams(String title, List<Report.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.append("<h2>").append(title).append("</h2>\n");
        head("transport", "bytes", "million/s", "GB/s", "CPU s/million", "bytes allocated/message", "setting");
        for (Report.Row row : rows) {
            cells(
                    row.title(),
                    Long.toString(row.bytes()),
                    spread(row, "messages_per_second", MILLION, "%.2f"),
                    spread(row, "bytes_per_second", BILLION, "%.2f"),
                    text("%.4f", row.median("cpu_seconds_per_million")),
                    text(
                            "%.1f + %.1f",
                            row.median("sender_bytes_per_message"), row.median("receiver_bytes_per_message")),
                    row.text("setting"));
        }
        out.append("</table>\n");
    }

    private void latencies(String title, List<Report.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.append("<h2>").append(title).append(", in ns</h2>\n");
        head("transport", "", "p50", "p90", "p99", "p99.9", "p99.99", "setting");
        for (Report.Row row : rows) {
            cells(
                    row.title(),
                    row.text("detail"),
                    spread(row, "p50_nanos", 1, "%.0f"),
                    text("%.0f", row.median("p90_nanos")),
                    text("%.0f", row.median("p99_nanos")),
                    text("%.0f", row.median("p999_nanos")),
                    text("%.0f", row.median("p9999_nanos")),
                    row.text("setting"));
        }
        out.append("</table>\n");
    }

    private static String spread(Report.Row row, String figure, double unit, String number) {
        return text(
                number + " [" + number + " - " + number + "]",
                row.median(figure) / unit,
                row.value(figure, "min").orElse(Double.NaN) / unit,
                row.value(figure, "max").orElse(Double.NaN) / unit);
    }

    private void head(String... names) {
        out.append("<table><tr>");
        for (String name : names) {
            out.append("<th>").append(name).append("</th>");
        }
        out.append("</tr>\n");
    }

    private void cells(String... texts) {
        out.append("<tr>");
        for (String text : texts) {
            out.append(text.length() > 40 ? "<td class=\"text\">" : "<td>")
                    .append(escape(text))
                    .append("</td>");
        }
        out.append("</tr>\n");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
