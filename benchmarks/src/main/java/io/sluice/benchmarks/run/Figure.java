package io.sluice.benchmarks.run;

import java.util.Collection;

/**
 * A number that several forks measured.
 *
 * @param median of the forks
 * @param min the smallest
 * @param max the largest
 */
public record Figure(double median, double min, double max) {

    /**
     * The figure of these values.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Figure of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a figure of no values");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Largest by smallest; 1 is a perfectly quiet measurement. */
    public double spread() {
        return min > 0 ? max / min : Double.POSITIVE_INFINITY;
    }
}
