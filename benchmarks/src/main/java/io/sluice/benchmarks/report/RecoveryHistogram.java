package io.sluice.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How often the next one waited how long after a SIGKILL, as bars of a millisecond, one kind on top of the other. */
final class RecoveryHistogram {

    /** Later ones are in the last bar. */
    private static final int MOST_MILLIS = 30;

    private RecoveryHistogram() {}

    /** The plot, if the run has killed anybody. */
    static Optional<String> draw(Report report) {
        List<Map<?, ?>> kinds = report.recoveries();
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        int bars = Math.min(MOST_MILLIS, longest(kinds)) + 1;
        double[] from = new double[bars];
        double[] total = new double[bars];
        for (int bar = 0; bar < bars; bar++) {
            from[bar] = bar;
        }
        kinds.forEach(kind -> add(total, counts(kind, bars)));
        double highest = 0;
        for (double count : total) {
            highest = Math.max(highest, count);
        }
        Drawing drawing = new Drawing(
                "From SIGKILL until the next one runs",
                Scale.fromZero(
                        "ms since SIGKILL" + (longest(kinds) > MOST_MILLIS ? ", the last bar: that or more" : ""),
                        bars),
                Scale.fromZero("kills", highest));
        double[] below = new double[bars];
        for (Map<?, ?> kind : kinds) {
            double[] counts = counts(kind, bars);
            drawing.bars(kind.get("kind").toString(), from, 1, below, counts);
            add(below, counts);
        }
        return Optional.of(drawing.svg());
    }

    private static void add(double[] sum, double[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    private static int longest(List<Map<?, ?>> kinds) {
        return kinds.stream()
                .flatMap(kind -> millis(kind).stream())
                .mapToInt(value -> (int) ((Number) value).doubleValue())
                .max()
                .orElse(0);
    }

    private static double[] counts(Map<?, ?> kind, int bars) {
        double[] counts = new double[bars];
        millis(kind).forEach(value -> counts[Math.min(bars - 1, (int) ((Number) value).doubleValue())]++);
        return counts;
    }

    private static List<?> millis(Map<?, ?> kind) {
        return kind.get("millis") instanceof List<?> millis ? millis : List.of();
    }
}
