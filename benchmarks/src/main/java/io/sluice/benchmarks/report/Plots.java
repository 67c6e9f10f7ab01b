package io.sluice.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The plots of a report, each an SVG; one that the run has no rows for is left out. */
final class Plots {

    /** What more lines than these would make unreadable is left to the tables. */
    private static final int MOST_LINES = 14;

    /** Who is shown where there are too many. */
    private static final Set<String> PROMINENT = Set.of(
            "sluice-spsc",
            "sluice-spsc-block",
            "sluice-mpsc",
            "sluice-mpmc",
            "sluice-broadcast",
            "agrona",
            "agrona-many",
            "aeron",
            "chronicle-queue",
            "fifo",
            "unix",
            "tcp",
            "posix-mq",
            "raw-word",
            "raw-slots");

    /** Who has which colour in every report; others get the next free ones. */
    private static final List<String> LOOKS = List.of(
            "sluice-spsc",
            "agrona",
            "sluice-spsc-block",
            "fifo",
            "unix",
            "tcp",
            "memcpy",
            "aeron",
            "raw-word",
            "posix-mq",
            "raw-slots");

    private static final double BILLION = 1e9;
    private static final double MILLION = 1e6;
    private static final double KIBIBYTE = 1024;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final List<String> PERCENTILES =
            List.of("p50_nanos", "p90_nanos", "p99_nanos", "p999_nanos", "p9999_nanos");
    private static final List<String> PERCENTILE_LABELS = List.of("p50", "p90", "p99", "p99.9", "p99.99");

    private final Report report;
    private final Map<String, String> plots = new LinkedHashMap<>();

    /** The same line looks the same in every plot. */
    private final Map<String, Integer> looks = new HashMap<>();

    private Plots(Report report) {
        this.report = report;
        LOOKS.forEach(name -> looks.put(Titles.of(name), looks.size()));
    }

    /** All of them by name. */
    static Map<String, String> of(Report report) {
        Plots all = new Plots(report);
        all.throughput();
        all.percentiles("round-trip", "Round trip of 32 bytes", report.rows("ROUND_TRIP"));
        all.wake();
        all.load();
        all.scaling();
        all.capacity();
        all.recovery();
        return all.plots;
    }

    /** One line: whose it is, and what it goes through. */
    private record Line(String name, boolean bold, List<double[]> points) {

        double height() {
            return points.get(points.size() - 1)[1];
        }
    }

    private void throughput() {
        List<Report.Row> rows = new ArrayList<>(report.rows("COPY"));
        report.rows("THROUGHPUT").stream()
                .filter(row -> row.text("shape").equals("1:1"))
                .forEach(rows::add);
        List<Line> lines = lines(
                withSeveral(rows),
                Report.Row::title,
                Report.Row::bytes,
                row -> row.median("bytes_per_second") / BILLION);
        draw(
                "throughput",
                "Throughput over message size, two processes",
                lines,
                xs -> Scale.logarithmicAt("size of a message", xs, Scale::bytes),
                "GB/s",
                Scale::number);
    }

    private void percentiles(String name, String title, List<Report.Row> rows) {
        List<Line> lines = prominent(rows).stream()
                .map(row -> {
                    List<double[]> points = new ArrayList<>();
                    for (int place = 0; place < PERCENTILES.size(); place++) {
                        addIfPositive(points, place + 1, row.median(PERCENTILES.get(place)));
                    }
                    return new Line(row.title(), isOurs(row), points);
                })
                .filter(line -> !line.points().isEmpty())
                .toList();
        draw(
                name,
                title,
                lines,
                xs -> Scale.linearAt("percentile", xs, place -> PERCENTILE_LABELS.get((int) place - 1)),
                "time",
                Scale::nanos);
    }

    private void wake() {
        latencies(
                "wake",
                "Waking a receiver that sleeps, over the gap before",
                withSeveral(report.rows("WAKE")),
                "p50_nanos",
                xs -> Scale.logarithmicAt("gap since the last message", xs, gap -> Scale.nanos(gap * NANOS_PER_MICRO)),
                "p50 from sending to receiving");
    }

    private void load() {
        latencies(
                "load",
                "Latency at a fixed offered rate, from when each message was due",
                prominent(report.rows("LOAD")),
                "p99_nanos",
                xs -> Scale.linearAt(
                        "offered rate, of the transport's own throughput", xs, load -> Scale.number(load) + " %"),
                "p99");
    }

    private void latencies(
            String name,
            String title,
            List<Report.Row> rows,
            String percentile,
            Function<DoubleStream, Scale> across,
            String up) {
        List<Line> lines = lines(rows, Report.Row::title, Report.Row::number, row -> row.median(percentile));
        draw(name, title, lines, across, up, Scale::nanos);
    }

    private void scaling() {
        List<Report.Row> rows = report.rows("THROUGHPUT").stream()
                .filter(row -> row.bytes() == 32)
                .toList();
        Set<String> scaled = rows.stream()
                .filter(row -> !row.text("shape").equals("1:1"))
                .map(row -> row.text("transport"))
                .collect(Collectors.toSet());
        List<Line> lines = new ArrayList<>();
        for (String direction : List.of("N:1", "1:N", "N:N")) {
            List<Report.Row> along = rows.stream()
                    .filter(row -> scaled.contains(row.text("transport")) && isAlong(row, direction))
                    .toList();
            lines.addAll(lines(
                    along,
                    row -> Titles.of(row.text("transport")) + " " + direction,
                    Plots::ends,
                    row -> row.median("messages_per_second") / MILLION));
        }
        draw(
                "scaling",
                "Throughput of 32 bytes over producers and consumers",
                lines.stream().filter(line -> line.points().size() > 1).toList(),
                xs -> Scale.linearAt("N, each a process of its own", xs, Scale::number),
                "million messages/s",
                Scale::number);
    }

    private static boolean isAlong(Report.Row row, String direction) {
        String[] shape = row.text("shape").split(":", 2);
        return switch (direction) {
            case "N:1" -> shape[1].equals("1");
            case "1:N" -> shape[0].equals("1");
            default -> shape[0].equals(shape[1]);
        };
    }

    private static double ends(Report.Row row) {
        String[] shape = row.text("shape").split(":", 2);
        return Math.max(Integer.parseInt(shape[0]), Integer.parseInt(shape[1]));
    }

    private void capacity() {
        draw(
                "capacity",
                "Throughput of 32 bytes over the capacity of rings and buffers",
                lines(
                        report.rows("CAPACITY"),
                        Report.Row::title,
                        Report.Row::number,
                        row -> row.median("messages_per_second") / MILLION),
                xs -> Scale.logarithmicAt("capacity", xs, kibibytes -> Scale.bytes(kibibytes * KIBIBYTE)),
                "million messages/s",
                Scale::number);
    }

    private void recovery() {
        RecoveryHistogram.draw(report).ifPresent(svg -> plots.put("recovery", svg));
    }

    // ---- lines ----------------------------------------------------------------------------------------------------

    private void draw(
            String name,
            String title,
            List<Line> lines,
            Function<DoubleStream, Scale> across,
            String up,
            DoubleFunction<String> label) {
        if (lines.isEmpty()) {
            return;
        }
        List<double[]> points =
                lines.stream().flatMap(line -> line.points().stream()).toList();
        Drawing drawing = new Drawing(
                title,
                across.apply(points.stream().mapToDouble(point -> point[0])),
                Scale.decades(up, points.stream().mapToDouble(point -> point[1]), label));
        // The legend in the order of the lines' right ends.
        lines.stream()
                .sorted(Comparator.comparingDouble(Line::height).reversed())
                .forEach(line -> drawing.curve(
                        line.name(),
                        looks.computeIfAbsent(line.name(), it -> looks.size()),
                        line.bold(),
                        line.points().stream().mapToDouble(point -> point[0]).toArray(),
                        line.points().stream().mapToDouble(point -> point[1]).toArray()));
        plots.put(name, drawing.svg());
    }

    private static List<Line> lines(
            List<Report.Row> rows,
            Function<Report.Row, String> name,
            ToDoubleFunction<Report.Row> x,
            ToDoubleFunction<Report.Row> y) {
        Map<String, Line> lines = new LinkedHashMap<>();
        rows.stream().sorted(Comparator.comparingDouble(x)).forEach(row -> {
            Line line = lines.computeIfAbsent(name.apply(row), it -> new Line(it, isOurs(row), new ArrayList<>()));
            addIfPositive(line.points(), x.applyAsDouble(row), y.applyAsDouble(row));
        });
        return lines.values().stream().filter(line -> !line.points().isEmpty()).toList();
    }

    /** Logarithms know nothing else. */
    private static void addIfPositive(List<double[]> points, double x, double y) {
        if (x > 0 && y > 0) {
            points.add(new double[] {x, y});
        }
    }

    private static boolean isOurs(Report.Row row) {
        return row.text("transport").startsWith("sluice");
    }

    /** Of those with values at more than one place, if there are any: a line is what a plot is for. */
    private static List<Report.Row> withSeveral(List<Report.Row> rows) {
        Map<String, Long> places =
                rows.stream().collect(Collectors.groupingBy(Report.Row::title, Collectors.counting()));
        List<Report.Row> several =
                rows.stream().filter(row -> places.get(row.title()) > 1).toList();
        return prominent(several.isEmpty() ? rows : several);
    }

    private static List<Report.Row> prominent(List<Report.Row> rows) {
        long lines = rows.stream().map(Report.Row::title).distinct().count();
        return lines <= MOST_LINES
                ? rows
                : rows.stream()
                        .filter(row -> PROMINENT.contains(row.text("transport"))
                                || row.text("measure").equals("COPY"))
                        .toList();
    }
}
