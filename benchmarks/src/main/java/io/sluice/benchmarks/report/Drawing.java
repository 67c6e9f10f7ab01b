package io.sluice.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A plot as SVG with text as text, which needs nothing else: a frame with two axes and a legend. Ten colours that most
 * colour-blind people can tell apart, then the same with dashes.
 */
final class Drawing {

    private static final int WIDTH = 985;
    private static final int LEFT = 78;
    private static final int TOP = 44;
    private static final int INNER_WIDTH = 610;
    private static final int INNER_HEIGHT = 360;
    private static final int BOTTOM = 58;
    private static final int LEGEND_GAP = 24;
    private static final int LEGEND_STEP = 21;
    private static final int SAMPLE = 26;
    private static final List<String> COLOURS = List.of(
            "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555", "#8c564b", "#6a3d9a",
            "#b2a100");

    private final Scale across;
    private final Scale up;
    private final StringBuilder out = new StringBuilder();
    private int legend;

    Drawing(String title, Scale across, Scale up) {
        this.across = across;
        this.up = up;
        int height = TOP + INNER_HEIGHT + BOTTOM;
        put(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\""
                        + " font-size=\"13\" fill=\"#222\"><title>%s</title><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>",
                WIDTH, height, escape(title), WIDTH, height);
        put("<text x=\"%d\" y=\"26\" font-size=\"17\" font-weight=\"bold\">%s</text>", LEFT, escape(title));
        frame();
    }

    private void frame() {
        for (Scale.Tick tick : across.ticks()) {
            double x = x(tick.value());
            line(x, TOP, x, TOP + INNER_HEIGHT, "#e4e4e4", 1);
            text(x, TOP + INNER_HEIGHT + 18, "middle", tick.label());
        }
        for (Scale.Tick tick : up.ticks()) {
            double y = y(tick.value());
            line(LEFT, y, LEFT + INNER_WIDTH, y, "#e4e4e4", 1);
            text(LEFT - 8, y + 4, "end", tick.label());
        }
        put(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\"/>",
                LEFT, TOP, INNER_WIDTH, INNER_HEIGHT);
        text(LEFT + INNER_WIDTH / 2.0, TOP + INNER_HEIGHT + 44, "middle", across.title());
        put(
                "<text transform=\"translate(17 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                TOP + INNER_HEIGHT / 2, escape(up.title()));
    }

    private double x(double value) {
        // Room at both sides, so that no marker sits on the frame.
        return LEFT + INNER_WIDTH * (0.03 + 0.94 * across.place(value));
    }

    private double y(double value) {
        return TOP + INNER_HEIGHT * (1 - up.place(value));
    }

    /**
     * A curve through these points, with its name in the legend.
     *
     * @param look which colour, with dashes from the tenth on
     * @param bold for what the page is about
     */
    void curve(String name, int look, boolean bold, double[] xs, double[] ys) {
        String colour = COLOURS.get(look % COLOURS.size());
        String dashes = look < COLOURS.size() ? "" : " stroke-dasharray=\"6 4\"";
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(format("%.1f,%.1f ", x(xs[i]), y(ys[i])));
        }
        put(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s/>",
                points.toString().trim(), colour, bold ? "2.6" : "1.6", dashes);
        for (int i = 0; i < xs.length; i++) {
            put(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\" fill=\"%s\"><title>%s: %s</title></circle>",
                    x(xs[i]), y(ys[i]), bold ? "4" : "3", colour, escape(name), format("%.4g", ys[i]));
        }
        double y = legendLine(name, bold);
        put(
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%s\"%s/>",
                sampleX(), y, sampleX() + SAMPLE, y, colour, bold ? "2.6" : "1.6", dashes);
    }

    /** Bars from one value across to another one, on top of {@code below}, with the name in the legend. */
    void bars(String name, double[] from, double width, double[] below, double[] heights) {
        String colour = COLOURS.get(legend % COLOURS.size());
        for (int i = 0; i < from.length; i++) {
            if (heights[i] > 0) {
                double left = x(from[i]);
                double top = y(below[i] + heights[i]);
                put(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"#fff\""
                                + " stroke-width=\".5\"><title>%s: %s</title></rect>",
                        left,
                        top,
                        x(from[i] + width) - left,
                        y(below[i]) - top,
                        colour,
                        escape(name),
                        Scale.number(heights[i]));
            }
        }
        double y = legendLine(name, false);
        put("<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"12\" fill=\"%s\"/>", sampleX(), y - 6, SAMPLE, colour);
    }

    private double legendLine(String name, boolean bold) {
        double y = TOP + 10 + LEGEND_STEP * legend++;
        put(
                "<text x=\"%d\" y=\"%.1f\"%s>%s</text>",
                sampleX() + SAMPLE + 7, y + 4, bold ? " font-weight=\"bold\"" : "", escape(name));
        return y;
    }

    private static int sampleX() {
        return LEFT + INNER_WIDTH + LEGEND_GAP;
    }

    String svg() {
        return out + "</svg>";
    }

    private void line(double x1, double y1, double x2, double y2, String colour, int width) {
        put(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>",
                x1, y1, x2, y2, colour, width);
    }

    private void text(double x, double y, String anchor, String text) {
        put("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escape(text));
    }

    private void put(String format, Object... values) {
        out.append(format(format, values)).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Text as HTML and XML have it. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
