package io.sluice.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * An axis: which place belongs to which value.
 *
 * @param title what the values are, with their unit
 * @param least the value at place 0
 * @param most the value at place 1
 * @param stretch what is drawn in equal steps
 * @param ticks where a line is drawn and what it says
 */
record Scale(String title, double least, double most, DoubleUnaryOperator stretch, List<Tick> ticks) {

    private static final int[] LINEAR_STEPS = {1, 2, 5};
    private static final int MOST_TICKS = 8;

    /** A value with a label. */
    record Tick(double value, String label) {}

    /** With a tick at each value that there is, in equal steps of its logarithm. */
    static Scale logarithmicAt(String title, DoubleStream values, DoubleFunction<String> label) {
        TreeSet<Double> all = new TreeSet<>(values.boxed().toList());
        List<Tick> ticks =
                all.stream().map(value -> new Tick(value, label.apply(value))).toList();
        return widened(title, all.first(), all.last(), Math::log, ticks);
    }

    /** With a tick at each value that there is, in equal steps. */
    static Scale linearAt(String title, DoubleStream values, DoubleFunction<String> label) {
        TreeSet<Double> all = new TreeSet<>(values.boxed().toList());
        List<Tick> ticks =
                all.stream().map(value -> new Tick(value, label.apply(value))).toList();
        return widened(title, all.first(), all.last(), DoubleUnaryOperator.identity(), ticks);
    }

    private static Scale widened(
            String title, double first, double last, DoubleUnaryOperator stretch, List<Tick> ticks) {
        boolean single = first == last;
        return new Scale(title, single ? first / 2 : first, single ? last * 2 : last, stretch, ticks);
    }

    /** Powers of ten around all values. */
    static Scale decades(String title, DoubleStream values, DoubleFunction<String> label) {
        double[] all = values.sorted().toArray();
        int first = (int) Math.floor(Math.log10(all[0]));
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(all[all.length - 1])));
        List<Tick> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            double value = Math.pow(10, power);
            ticks.add(new Tick(value, label.apply(value)));
        }
        return new Scale(title, Math.pow(10, first), Math.pow(10, last), Math::log, ticks);
    }

    /** From 0 to above all values, in round steps. */
    static Scale fromZero(String title, double largest) {
        double step = 1;
        for (int power = 0; largest / step > MOST_TICKS; power++) {
            int decade = power / LINEAR_STEPS.length;
            step = LINEAR_STEPS[power % LINEAR_STEPS.length] * Math.pow(10, decade);
        }
        List<Tick> ticks = new ArrayList<>();
        double value = 0;
        while (value < largest) {
            ticks.add(new Tick(value, number(value)));
            value += step;
        }
        ticks.add(new Tick(value, number(value)));
        return new Scale(title, 0, value, DoubleUnaryOperator.identity(), ticks);
    }

    /** Where a value is, from 0 to 1. */
    double place(double value) {
        double from = stretch.applyAsDouble(least);
        return (stretch.applyAsDouble(value) - from) / (stretch.applyAsDouble(most) - from);
    }

    // ---- labels ---------------------------------------------------------------------------------------------------

    /** A number without needless decimals. */
    static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }

    /** 1024 as 1 KiB. */
    static String bytes(double value) {
        if (value >= 1 << 20) {
            return number(value / (1 << 20)) + " MiB";
        }
        return value >= 1 << 10 ? number(value / (1 << 10)) + " KiB" : number(value) + " B";
    }

    /** 1000 as 1 us. */
    static String nanos(double value) {
        if (value >= 1e9) {
            return number(value / 1e9) + " s";
        }
        if (value >= 1e6) {
            return number(value / 1e6) + " ms";
        }
        return value >= 1e3 ? number(value / 1e3) + " \u00b5s" : number(value) + " ns";
    }
}
