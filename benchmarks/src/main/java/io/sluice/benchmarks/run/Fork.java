package io.sluice.benchmarks.run;

import io.sluice.benchmarks.worker.Outcome;
import io.sluice.benchmarks.worker.RoundTrip;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The numbers of one fork, from what its processes measured.
 *
 * @param numbers by quantity; a quantity that was not measured is missing
 */
record Fork(Map<Quantity, Double> numbers) {

    private static final double NANOS = 1e9;
    private static final double MICROS = 1e3;
    private static final double MILLION = 1e6;

    /** The machine's time is counted in steps of 10 ms: of a shorter phase it says nothing. */
    private static final long LONG_ENOUGH_NANOS = 100_000_000;

    static Fork of(Row row, Crew.Outcomes outcomes) {
        Map<Quantity, Double> numbers = new EnumMap<>(Quantity.class);
        if (outcomes.sender().getNanos() >= LONG_ENOUGH_NANOS) {
            numbers.put(Quantity.FOREIGN_CPU_PERCENT, foreignPercent(outcomes));
        }
        switch (row.measure()) {
            case THROUGHPUT, CAPACITY -> {
                double perSecond = received(row, outcomes);
                numbers.put(Quantity.MESSAGES_PER_SECOND, perSecond);
                numbers.put(Quantity.BYTES_PER_SECOND, perSecond * row.length());
                costs(numbers, outcomes, perSecond);
                if (row.transport().loses()) {
                    numbers.put(Quantity.LOST_PERCENT, lostPercent(outcomes));
                }
            }
            case ROUND_TRIP -> {
                Outcome asker = outcomes.sender();
                percentiles(numbers, asker.latencies());
                Histogram sums = asker.latencySums();
                numbers.put(Quantity.MEAN_NANOS, (double) sums.getValueAtPercentile(50) / RoundTrip.BLOCK);
                costs(numbers, outcomes, perSecond(asker));
            }
            case COPY -> {
                double perSecond = perSecond(outcomes.sender());
                numbers.put(Quantity.MESSAGES_PER_SECOND, perSecond);
                numbers.put(Quantity.BYTES_PER_SECOND, perSecond * row.length());
            }
            case LOAD -> {
                Histogram latencies = outcomes.receiver().latencies();
                if (latencies.getTotalCount() == 0) {
                    throw new IllegalStateException("no message arrived that was due in the measured phase");
                }
                numbers.put(Quantity.MESSAGES_PER_SECOND, perSecond(outcomes.sender()));
                percentiles(numbers, latencies);
                costs(numbers, outcomes, perSecond(outcomes.sender()));
            }
            case WAKE -> {
                Outcome sleeper = outcomes.receiver();
                percentiles(numbers, sleeper.latencies());
                numbers.put(Quantity.RECEIVER_CPU_MICROS, sleeper.getCpuNanos() / MICROS / sleeper.getCount());
            }
            case ATTACH -> percentiles(numbers, outcomes.sender().latencies());
        }
        return new Fork(numbers);
    }

    private static double perSecond(Outcome outcome) {
        return outcome.getCount() * NANOS / Math.max(1, outcome.getNanos());
    }

    /** By the receivers' clocks; where each of them gets every message, what one of them gets. */
    private static double received(Row row, Crew.Outcomes outcomes) {
        double sum = outcomes.receivers().stream().mapToDouble(Fork::perSecond).sum();
        return row.transport().broadcasts() ? sum / row.shape().consumers() : sum;
    }

    private static double lostPercent(Crew.Outcomes outcomes) {
        double sent = outcomes.sender().getTotalCount();
        double received = outcomes.receivers().stream()
                .mapToLong(Outcome::getTotalCount)
                .average()
                .orElse(0);
        return sent == 0 ? 0 : 100 * (sent - received) / sent;
    }

    private static void percentiles(Map<Quantity, Double> numbers, Histogram latencies) {
        numbers.put(Quantity.P50_NANOS, (double) latencies.getValueAtPercentile(50));
        numbers.put(Quantity.P90_NANOS, (double) latencies.getValueAtPercentile(90));
        numbers.put(Quantity.P99_NANOS, (double) latencies.getValueAtPercentile(99));
        numbers.put(Quantity.P999_NANOS, (double) latencies.getValueAtPercentile(99.9));
        numbers.put(Quantity.P9999_NANOS, (double) latencies.getValueAtPercentile(99.99));
        numbers.put(Quantity.MAX_NANOS, (double) latencies.getMaxValue());
    }

    private static void costs(Map<Quantity, Double> numbers, Crew.Outcomes outcomes, double perSecond) {
        numbers.put(Quantity.SENDER_BYTES_PER_MESSAGE, allocated(outcomes.senders()));
        numbers.put(Quantity.RECEIVER_BYTES_PER_MESSAGE, allocated(outcomes.receivers()));
        double processors = Stream.concat(outcomes.senders().stream(), outcomes.receivers().stream())
                .mapToDouble(outcome -> (double) outcome.getCpuNanos() / Math.max(1, outcome.getNanos()))
                .sum();
        numbers.put(Quantity.CPU_SECONDS_PER_MILLION, processors * MILLION / Math.max(1, perSecond));
    }

    private static double allocated(List<Outcome> outcomes) {
        double bytes = outcomes.stream().mapToLong(Outcome::getAllocatedBytes).sum();
        return bytes
                / Math.max(1, outcomes.stream().mapToLong(Outcome::getCount).sum());
    }

    /** Share of the machine that none of the processes had, while the first sender measured. */
    private static double foreignPercent(Crew.Outcomes outcomes) {
        Outcome sender = outcomes.sender();
        // Ends inside one process report the same process time: it counts once.
        Map<Long, Double> shares = new HashMap<>();
        Stream.concat(outcomes.senders().stream(), outcomes.receivers().stream())
                .forEach(outcome -> shares.put(
                        outcome.getPid(), (double) outcome.getProcessNanos() / Math.max(1, outcome.getNanos())));
        double own = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        double all = (double) sender.getMachineNanos() / Math.max(1, sender.getNanos());
        return 100 * Math.max(0, all - own) / Runtime.getRuntime().availableProcessors();
    }
}
