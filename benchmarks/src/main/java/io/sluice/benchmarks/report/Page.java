package io.sluice.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A report as one page of HTML, well-formed, that needs nothing else. */
final class Page {

    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;
    private static final String STYLE =
            "body{font:15px/1.45 sans-serif;max-width:1180px;margin:2em auto;padding:0 1.2em;color:#222}"
                    + "h1{font-size:1.7em}h2{font-size:1.25em;margin:2em 0 .4em;border-bottom:1px solid #ddd}"
                    + "table{border-collapse:collapse;margin:.6em 0 1.2em;font-size:13px}"
                    + "td,th{border:1px solid #ddd;padding:.25em .6em;text-align:right;white-space:nowrap;vertical-align:top}"
                    + "th{background:#f4f4f4}tr:nth-child(even) td{background:#fafafa}"
                    + "td:first-child,th:first-child,.text{text-align:left}td.text{white-space:normal;min-width:16em;color:#555}"
                    + ".scroll{overflow-x:auto}.missed{color:#b00020;font-weight:bold}.met{color:#00703c}"
                    + ".noisy{background:#fff3e0;border-left:4px solid #e69f00;padding:.3em 1em}"
                    + "figure{margin:1.2em 0}figure svg{width:100%;max-width:980px;height:auto;border:1px solid #eee}"
                    + "code{background:#f4f4f4;padding:0 .2em}";

    private final Report report;
    private final Map<String, String> plots;
    private final StringBuilder out = new StringBuilder();

    Page(Report report, Map<String, String> plots) {
        this.report = report;
        this.plots = plots;
    }

    String html() {
        out.append(
                        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                                + "<meta name=\"viewport\" content=\"width=device-width\"/><title>Sluice benchmarks</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Sluice and its alternatives on one machine</h1>\n");
        noise();
        failures();
        paragraph("Every end is a process of its own. Each figure is the median of the forks, with the smallest and the"
                + " largest behind it; ratios are taken fork by fork. What is said to be in one JVM is there for reference,"
                + " not as a competitor.");
        facts("Machine", report.part("machine"));
        verdicts();
        plots.forEach((name, svg) -> out.append("<figure id=\"")
                .append(name)
                .append("\">")
                .append(svg)
                .append("</figure>\n"));
        ratios("Ratios and targets", report.ratios());
        streams("One way, as fast as it goes", "bytes", report.rows("THROUGHPUT"));
        streams("Rings and buffers of other capacities, 32 bytes", "capacity", report.rows("CAPACITY"));
        streams("Copying alone, inside one process", "bytes", report.rows("COPY"));
        latencies("Round trip of 32 bytes", "", report.rows("ROUND_TRIP"));
        latencies("At a fixed offered rate, from when each message was due", "offered", report.rows("LOAD"));
        latencies("From sending until a sleeping receiver has it", "gap", report.rows("WAKE"));
        latencies("Attaching and detaching", "", report.rows("ATTACH"));
        locks();
        recoveries();
        facts("Versions", report.part("versions"));
        facts("Settings", report.part("settings"));
        return out.append("</body></html>\n").toString();
    }

    private void noise() {
        if (report.noise().isEmpty()) {
            paragraph("The machine was quiet.");
            return;
        }
        warning(
                "This machine was noisy: trust the ratios less, and the absolute numbers not at all.",
                "Signs",
                report.noise());
    }

    private void failures() {
        if (!report.failures().isEmpty()) {
            warning("Something failed and was measured once more.", "What", report.failures());
        }
    }

    private void warning(String warning, String summary, List<String> details) {
        out.append("<div class=\"noisy\"><p>")
                .append(Drawing.escape(warning))
                .append("</p><details><summary>")
                .append(summary)
                .append("</summary><ul>");
        details.forEach(
                detail -> out.append("<li>").append(Drawing.escape(detail)).append("</li>"));
        out.append("</ul></details></div>\n");
    }

    private void paragraph(String text) {
        out.append("<p>").append(Drawing.escape(text)).append("</p>\n");
    }

    private void title(String title) {
        out.append("<h2>").append(Drawing.escape(title)).append("</h2>\n");
    }

    private void facts(String title, Map<?, ?> facts) {
        if (facts.isEmpty()) {
            return;
        }
        title(title);
        out.append("<table>");
        facts.forEach((name, value) -> out.append("<tr><td>")
                .append(Drawing.escape(name.toString()))
                .append("</td><td class=\"text\">")
                .append(Drawing.escape(String.valueOf(value)))
                .append("</td></tr>"));
        out.append("</table>\n");
    }

    private void verdicts() {
        List<String> sentences = Verdict.sentences(report);
        if (sentences.isEmpty()) {
            return;
        }
        title("Where pipes and sockets are as good, and where not");
        out.append("<ul>");
        sentences.forEach(
                sentence -> out.append("<li>").append(Drawing.escape(sentence)).append("</li>"));
        out.append("</ul>\n");
    }

    private void ratios(String title, List<Map<?, ?>> ratios) {
        if (ratios.isEmpty()) {
            return;
        }
        title(title);
        begin("what", "measured", "target", "");
        for (Map<?, ?> ratio : ratios) {
            Map<?, ?> measured = (Map<?, ?>) ratio.get("measured");
            boolean lower = ratio.containsKey("at_least");
            cells(
                    ratio.get("title").toString(),
                    text("%.2f [%.2f - %.2f]", measured.get("median"), measured.get("min"), measured.get("max")),
                    lower ? "\u2265 " + ratio.get("at_least") : "\u2264 " + ratio.get("at_most"),
                    Boolean.TRUE.equals(ratio.get("met")) ? "met" : "missed");
        }
        end();
    }

    private void streams(String title, String parameter, List<Report.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        title(title);
        List<String> names = new ArrayList<>(List.of(
                "transport",
                parameter,
                "million/s",
                "GB/s",
                "% of memcpy",
                "CPU s/million",
                "bytes allocated/message"));
        names.add("setting");
        begin(names.toArray(String[]::new));
        for (Report.Row row : rows) {
            String lost = row.value("lost_percent", "median").isPresent()
                    ? text("; %.1f %% of the messages were lost", row.median("lost_percent"))
                    : "";
            cells(
                    row.title(),
                    row.text("detail").isEmpty() ? Scale.bytes((double) row.bytes()) : row.text("detail"),
                    spread(row, "messages_per_second", MILLION, row.median("messages_per_second") < MILLION ? 4 : 2),
                    spread(row, "bytes_per_second", BILLION, 2),
                    number(row, "memcpy_percent", "%.0f"),
                    number(row, "cpu_seconds_per_million", "%.4f"),
                    allocated(row),
                    row.text("setting") + lost);
        }
        end();
    }

    private static String allocated(Report.Row row) {
        return row.value("sender_bytes_per_message", "median").isEmpty()
                ? ""
                : text("%.1f + %.1f", row.median("sender_bytes_per_message"), row.median("receiver_bytes_per_message"));
    }

    private void latencies(String title, String parameter, List<Report.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        title(title + ", in ns");
        begin("transport", parameter, "p50", "p90", "p99", "p99.9", "p99.99", "setting");
        for (Report.Row row : rows) {
            cells(
                    row.title(),
                    row.text("detail"),
                    spread(row, "p50_nanos", 1, 0),
                    number(row, "p90_nanos", "%.0f"),
                    number(row, "p99_nanos", "%.0f"),
                    number(row, "p999_nanos", "%.0f"),
                    number(row, "p9999_nanos", "%.0f"),
                    row.text("setting"));
        }
        end();
    }

    private void locks() {
        lockRows("Locks: one thread takes it and gives it back, in ns", "UNCONTENDED", "nanos_per_turn");
        lockRows("Locks: handed over between two processes as fast as it goes, in ns", "HAND_OVER", "nanos_per_turn");
        lockRows(
                "Locks: from the release until the other process has it, each keeping it a while, in ns",
                "SLEEPER",
                "p50_nanos");
        lockRows("Locks: processor time of one who waits, in ms per second", "IDLE", "thread_millis_per_second");
        ratios("Locks: ratios and targets", report.lockRatios());
    }

    private void lockRows(String title, String measure, String figure) {
        List<Report.Row> rows = report.locks(measure);
        if (rows.isEmpty()) {
            return;
        }
        title(title);
        begin("lock", "waits", "median", "p99", "CPU ns", "bytes allocated", "what it is");
        for (Report.Row row : rows) {
            cells(
                    row.text("lock"),
                    measure.equals("UNCONTENDED") || measure.equals("IDLE")
                            ? ""
                            : row.text("waits").toLowerCase(Locale.ROOT),
                    spread(row, figure, 1, row.median(figure) < 1000 ? 1 : 0),
                    number(row, "p99_nanos", "%.0f"),
                    number(row, "cpu_per_turn", "%.0f"),
                    number(row, "bytes_per_turn", "%.3f"),
                    row.text("setting"));
        }
        end();
    }

    private void recoveries() {
        List<Map<?, ?>> kinds = report.recoveries();
        if (kinds.isEmpty()) {
            return;
        }
        title("From SIGKILL until the next one runs, in ms");
        begin("kind", "kills", "p50", "p90", "p99", "max", "what happens");
        for (Map<?, ?> kind : kinds) {
            cells(
                    kind.get("kind").toString(),
                    kind.get("count").toString(),
                    text("%.2f", kind.get("p50_millis")),
                    text("%.2f", kind.get("p90_millis")),
                    text("%.2f", kind.get("p99_millis")),
                    text("%.2f", kind.get("p100_millis")),
                    String.valueOf(kind.get("what")));
        }
        end();
    }

    // ---- cells ----------------------------------------------------------------------------------------------------

    private static String spread(Report.Row row, String figure, double unit, int digits) {
        String number = "%." + digits + "f";
        OptionalDouble median = row.value(figure, "median");
        return median.isEmpty()
                ? ""
                : text(
                        number + " [" + number + " - " + number + "]",
                        median.getAsDouble() / unit,
                        row.value(figure, "min").orElse(Double.NaN) / unit,
                        row.value(figure, "max").orElse(Double.NaN) / unit);
    }

    private static String number(Report.Row row, String figure, String format) {
        OptionalDouble median = row.value(figure, "median");
        return median.isEmpty() ? "" : text(format, median.getAsDouble());
    }

    private void begin(String... names) {
        out.append("<div class=\"scroll\"><table><tr>");
        for (String name : names) {
            boolean isText = name.equals("setting") || name.startsWith("what");
            out.append(isText ? "<th class=\"text\">" : "<th>").append(name).append("</th>");
        }
        out.append("</tr>\n");
    }

    private void end() {
        out.append("</table></div>\n");
    }

    /** A line; the last cell is text, a verdict, or empty. */
    private void cells(String... texts) {
        out.append("<tr>");
        for (int i = 0; i < texts.length; i++) {
            boolean last = i == texts.length - 1;
            String style =
                    last && (texts[i].equals("met") || texts[i].equals("missed")) ? texts[i] : last ? "text" : "";
            out.append(style.isEmpty() ? "<td>" : "<td class=\"" + style + "\">")
                    .append(Drawing.escape(texts[i]))
                    .append("</td>");
        }
        out.append("</tr>\n");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
