package io.sluice.benchmarks.report;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plots of a report, each an SVG; one that the run has no rows for is left out. */
final class Plots {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 520;
    private static final double BILLION = 1e9;
    private static final List<String> PERCENTILES =
            List.of("p50_nanos", "p90_nanos", "p99_nanos", "p999_nanos", "p9999_nanos");

    private final Report report;

    Plots(Report report) {
        this.report = report;
    }

    /** All of them by name. */
    Map<String, String> all() throws IOException {
        Map<String, String> plots = new LinkedHashMap<>();
        List<Report.Row> streams = new ArrayList<>(report.rows("COPY"));
        report.rows("THROUGHPUT").stream()
                .filter(row -> row.text("shape").equals("1:1"))
                .forEach(streams::add);
        add(
                plots,
                "throughput",
                over(
                        "Throughput over message size",
                        "bytes of a message",
                        "GB/s",
                        streams,
                        Report.Row::bytes,
                        row -> row.median("bytes_per_second") / BILLION));
        add(plots, "round-trip", percentiles("Round trip of 32 bytes", report.rows("ROUND_TRIP")));
        add(
                plots,
                "wake",
                over(
                        "From sending until a sleeping receiver has it",
                        "gap before the message in us",
                        "p50 in ns",
                        report.rows("WAKE"),
                        row -> Double.parseDouble(row.text("detail").replace(" us", "")),
                        row -> row.median("p50_nanos")));
        add(
                plots,
                "load",
                over(
                        "Latency at a fixed offered rate, from when a message was due",
                        "per cent of the transport's own throughput",
                        "p99 in ns",
                        report.rows("LOAD"),
                        row -> Double.parseDouble(row.text("detail").replace(" %", "")),
                        row -> row.median("p99_nanos")));
        return plots;
    }

    private static void add(Map<String, String> plots, String name, XYChart chart) throws IOException {
        if (chart.getSeriesMap().isEmpty()) {
            return;
        }
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
        String text = svg.toString(StandardCharsets.UTF_8);
        plots.put(name, text.substring(text.indexOf("<svg")));
    }

    private static XYChart chart(String title, String across, String up) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(across)
                .yAxisTitle(up)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setMarkerSize(6);
        return chart;
    }

    /** One line for each transport. */
    private static XYChart over(
            String title,
            String across,
            String up,
            List<Report.Row> rows,
            ToDoubleFunction<Report.Row> x,
            ToDoubleFunction<Report.Row> y) {
        XYChart chart = chart(title, across, up);
        Map<String, List<Report.Row>> lines = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> x.applyAsDouble(row) > 0 && y.applyAsDouble(row) > 0)
                .forEach(row -> lines.computeIfAbsent(row.title(), absent -> new ArrayList<>())
                        .add(row));
        lines.forEach((name, line) -> chart.addSeries(
                        name,
                        line.stream().mapToDouble(x).toArray(),
                        line.stream().mapToDouble(y).toArray())
                .setMarker(SeriesMarkers.CIRCLE));
        return chart;
    }

    /** One curve for each transport; across is one in how many is slower. */
    private static XYChart percentiles(String title, List<Report.Row> rows) {
        XYChart chart = chart(title, "one of so many takes longer (2: p50, 10: p90, ... 10000: p99.99)", "ns");
        double[] across = {2, 10, 100, 1000, 10_000};
        for (Report.Row row : rows) {
            double[] up = PERCENTILES.stream().mapToDouble(row::median).toArray();
            chart.addSeries(row.title(), across, up).setMarker(SeriesMarkers.CIRCLE);
        }
        return chart;
    }
}
