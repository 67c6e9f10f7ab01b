package io.sluice.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured so far, row by row and fork by fork. Confined to one thread. */
final class Results {

    private final Map<Row, List<Fork>> forks = new LinkedHashMap<>();
    private List<String> failures = List.of();

    void add(Row row, Fork fork) {
        forks.computeIfAbsent(row, absent -> new ArrayList<>()).add(fork);
    }

    /** These are on record. */
    void note(Failures noted) {
        failures = noted.sentences();
    }

    /** What failed and was measured once more, one sentence each. */
    List<String> failures() {
        return failures;
    }

    /** Rows in the order in which they were measured first. */
    List<Row> rows() {
        return List.copyOf(forks.keySet());
    }

    List<Fork> forks(Row row) {
        return List.copyOf(forks.getOrDefault(row, List.of()));
    }

    /** The row of that name, if it was measured. */
    Optional<Row> find(Row.Key key) {
        return forks.keySet().stream().filter(row -> row.key().equals(key)).findFirst();
    }

    /** A quantity over all forks of a row; empty if the row does not have it. */
    Optional<Figure> figure(Row row, Quantity quantity) {
        List<Double> values = forks(row).stream()
                .map(fork -> fork.numbers().get(quantity))
                .filter(value -> value != null)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Figure.of(values));
    }

    /** One row's quantity divided by another's, fork by fork, so that noise which hit both cancels out. */
    Optional<Figure> ratio(Row upper, Row lower, Quantity quantity) {
        List<Fork> uppers = forks(upper);
        List<Fork> lowers = forks(lower);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(uppers.size(), lowers.size()); i++) {
            Double above = uppers.get(i).numbers().get(quantity);
            Double below = lowers.get(i).numbers().get(quantity);
            if (above != null && below != null && below > 0) {
                ratios.add(above / below);
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Figure.of(ratios));
    }
}
