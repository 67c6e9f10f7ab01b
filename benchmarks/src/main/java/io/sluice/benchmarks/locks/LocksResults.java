package io.sluice.benchmarks.locks;

import io.sluice.benchmarks.locks.LocksPlan.Row;
import io.sluice.benchmarks.run.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured, row by row and fork by fork. */
final class LocksResults {

    /** What is derived from a fork's numbers. */
    enum Quantity {
        /** Nanoseconds per acquisition and release. */
        NANOS_PER_TURN,
        /** Processor time of the measuring thread per acquisition and release, in nanoseconds. */
        CPU_PER_TURN,
        /** Bytes of heap per acquisition and release. */
        BYTES_PER_TURN,
        /** Median of the nanoseconds from release to acquisition. */
        P50_NANOS,
        /** The same at the 99th percentile. */
        P99_NANOS,
        /** Processor time of the waiting thread, in milliseconds per second. */
        THREAD_MILLIS_PER_SECOND,
        /** The same of its whole process. */
        PROCESS_MILLIS_PER_SECOND;

        private static final double MILLIS_PER_SECOND = 1e3;

        double of(Map<String, Double> fork) {
            return switch (this) {
                case NANOS_PER_TURN -> fork.get("nanos") / fork.get("count");
                case CPU_PER_TURN -> fork.get("cpu") / fork.get("count");
                case BYTES_PER_TURN -> fork.get("bytes") / fork.get("count");
                case P50_NANOS -> fork.get("p50");
                case P99_NANOS -> fork.get("p99");
                case THREAD_MILLIS_PER_SECOND -> MILLIS_PER_SECOND * fork.get("cpu") / fork.get("nanos");
                case PROCESS_MILLIS_PER_SECOND -> MILLIS_PER_SECOND * fork.get("process") / fork.get("nanos");
            };
        }

        /** What a row of {@code measure} has. */
        static List<Quantity> of(Measure measure) {
            return switch (measure) {
                case UNCONTENDED, HAND_OVER -> List.of(NANOS_PER_TURN, CPU_PER_TURN, BYTES_PER_TURN);
                case SLEEPER -> List.of(P50_NANOS, P99_NANOS, CPU_PER_TURN, BYTES_PER_TURN);
                case IDLE -> List.of(THREAD_MILLIS_PER_SECOND, PROCESS_MILLIS_PER_SECOND);
            };
        }

        /** What a row of {@code measure} is compared by. */
        static Quantity main(Measure measure) {
            return switch (measure) {
                case UNCONTENDED, HAND_OVER -> NANOS_PER_TURN;
                case SLEEPER -> P50_NANOS;
                case IDLE -> THREAD_MILLIS_PER_SECOND;
            };
        }
    }

    private final Map<Row, List<Map<String, Double>>> forks = new LinkedHashMap<>();

    void add(Row row, Map<String, Double> numbers) {
        forks.computeIfAbsent(row, absent -> new ArrayList<>()).add(numbers);
    }

    List<Row> rows() {
        return List.copyOf(forks.keySet());
    }

    List<Map<String, Double>> forks(Row row) {
        return forks.get(row);
    }

    Figure figure(Row row, Quantity quantity) {
        return Figure.of(forks.get(row).stream().map(quantity::of).toList());
    }

    /** One lock's by another's main quantity, fork by fork. */
    Optional<Figure> ratio(LocksTarget target) {
        List<Map<String, Double>> above = find(target, target.upper());
        List<Map<String, Double>> below = find(target, target.lower());
        Quantity quantity = Quantity.main(target.measure());
        List<Double> ratios = new ArrayList<>();
        for (int fork = 0; fork < Math.min(above.size(), below.size()); fork++) {
            ratios.add(quantity.of(above.get(fork)) / quantity.of(below.get(fork)));
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Figure.of(ratios));
    }

    private List<Map<String, Double>> find(LocksTarget target, String subject) {
        return forks.getOrDefault(new Row(target.measure(), Subject.named(subject), target.mode()), List.of());
    }
}
