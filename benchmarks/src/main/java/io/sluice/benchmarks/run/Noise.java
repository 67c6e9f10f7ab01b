package io.sluice.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Signs in a run's own results that others disturbed it. */
final class Noise {

    /** Per cent of all processors that others may use: the system itself needs about one. */
    private static final double QUIET_FOREIGN_PERCENT = 4;

    /** Largest by smallest fork of a row's main quantity. */
    private static final double QUIET_SPREAD = 1.4;

    private Noise() {}

    /** Whether the run could have seen signs: phases long enough for the system's clock, or more than one fork. */
    private static boolean canTell(Results results) {
        return results.rows().stream()
                .anyMatch(row -> results.forks(row).size() > 1
                        || results.figure(row, Quantity.FOREIGN_CPU_PERCENT).isPresent());
    }

    /** One sentence per sign; none if the run was quiet. */
    static List<String> signs(Results results) {
        List<String> signs = new ArrayList<>();
        if (!canTell(results)) {
            signs.add("one fork of phases that are too short to see what others did: nothing is known");
        }
        for (Row row : results.rows()) {
            results.figure(row, Quantity.FOREIGN_CPU_PERCENT)
                    .filter(foreign -> foreign.median() > QUIET_FOREIGN_PERCENT)
                    .ifPresent(foreign -> signs.add(String.format(
                            Locale.ROOT, "%s: others used %.0f %% of the machine", row, foreign.median())));
            results.figure(row, mainQuantity(row))
                    .filter(figure -> figure.spread() > QUIET_SPREAD)
                    .ifPresent(figure -> signs.add(row + ": " + differ(figure)));
        }
        return signs;
    }

    private static String differ(Figure figure) {
        return figure.min() <= 0
                ? "a fork measured nothing"
                : String.format(Locale.ROOT, "forks differ by a factor of %.1f", figure.spread());
    }

    /** What a row is mostly about. */
    static Quantity mainQuantity(Row row) {
        return switch (row.measure()) {
            case COPY, THROUGHPUT, CAPACITY -> Quantity.MESSAGES_PER_SECOND;
            case ROUND_TRIP, LOAD, WAKE, ATTACH -> Quantity.P50_NANOS;
        };
    }
}
