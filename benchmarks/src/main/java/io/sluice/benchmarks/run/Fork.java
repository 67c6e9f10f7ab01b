package io.sluice.benchmarks.run;

import io.sluice.benchmarks.worker.Outcome;
import io.sluice.benchmarks.worker.RoundTrip;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The numbers of one fork, from what its two processes measured.
 *
 * @param numbers by quantity; a quantity that was not measured is missing
 */
record Fork(Map<Quantity, Double> numbers) {

    private static final double NANOS = 1e9;
    private static final double MICROS = 1e3;

    static Fork of(Row row, Pair.Outcomes outcomes) {
        Outcome sender = outcomes.sender();
        Outcome receiver = outcomes.receiver();
        Map<Quantity, Double> numbers = new EnumMap<>(Quantity.class);
        numbers.put(Quantity.FOREIGN_CPU_PERCENT, foreignPercent(sender, receiver));
        switch (row.measure()) {
            case THROUGHPUT -> {
                // The receiver's clock: from the first message of the phase to the last that it has read.
                double perSecond = receiver.getCount() * NANOS / receiver.getNanos();
                numbers.put(Quantity.MESSAGES_PER_SECOND, perSecond);
                numbers.put(Quantity.BYTES_PER_SECOND, perSecond * row.length());
                costs(numbers, outcomes);
            }
            case ROUND_TRIP -> {
                percentiles(numbers, sender.latencies());
                Histogram sums = sender.latencySums();
                numbers.put(Quantity.MEAN_NANOS, (double) sums.getValueAtPercentile(50) / RoundTrip.BLOCK);
                costs(numbers, outcomes);
            }
            case WAKE -> {
                percentiles(numbers, receiver.latencies());
                numbers.put(Quantity.RECEIVER_CPU_MICROS, receiver.getCpuNanos() / MICROS / receiver.getCount());
            }
            case ATTACH -> percentiles(numbers, sender.latencies());
        }
        return new Fork(numbers);
    }

    private static void percentiles(Map<Quantity, Double> numbers, Histogram latencies) {
        numbers.put(Quantity.P50_NANOS, (double) latencies.getValueAtPercentile(50));
        numbers.put(Quantity.P90_NANOS, (double) latencies.getValueAtPercentile(90));
        numbers.put(Quantity.P99_NANOS, (double) latencies.getValueAtPercentile(99));
        numbers.put(Quantity.P999_NANOS, (double) latencies.getValueAtPercentile(99.9));
        numbers.put(Quantity.P9999_NANOS, (double) latencies.getValueAtPercentile(99.99));
        numbers.put(Quantity.MAX_NANOS, (double) latencies.getMaxValue());
    }

    private static void costs(Map<Quantity, Double> numbers, Pair.Outcomes outcomes) {
        Outcome sender = outcomes.sender();
        Outcome receiver = outcomes.receiver();
        numbers.put(Quantity.SENDER_BYTES_PER_MESSAGE, perMessage(sender.getAllocatedBytes(), sender));
        numbers.put(Quantity.RECEIVER_BYTES_PER_MESSAGE, perMessage(receiver.getAllocatedBytes(), receiver));
        // Nanoseconds per message are milliseconds per million.
        double nanos = perMessage(sender.getCpuNanos(), sender) + perMessage(receiver.getCpuNanos(), receiver);
        numbers.put(Quantity.CPU_SECONDS_PER_MILLION, nanos / MICROS);
    }

    private static double perMessage(long amount, Outcome outcome) {
        return (double) amount / Math.max(1, outcome.getCount());
    }

    /** Share of the machine that neither of the two processes had, while the sender measured. */
    private static double foreignPercent(Outcome sender, Outcome receiver) {
        double receiverCpu = (double) receiver.getProcessNanos() / Math.max(1, receiver.getNanos()) * sender.getNanos();
        double foreign = sender.getMachineNanos() - sender.getProcessNanos() - receiverCpu;
        double whole = (double) sender.getNanos() * Runtime.getRuntime().availableProcessors();
        return 100 * Math.max(0, foreign) / Math.max(1, whole);
    }
}
