package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Shape;
import io.sluice.benchmarks.transport.Transport;

/**
 * One line of the results.
 *
 * @param measure what is measured
 * @param transport over what
 * @param length bytes of a message
 * @param shape by how many
 * @param detail where receivers sleep, for how many microseconds; where messages are offered at a rate, per cent of the
 *     throughput; where capacities are compared, KiB; elsewhere 0
 */
record Row(Measure measure, Transport transport, int length, Shape shape, int detail) {

    /** The gap at which wake-ups are compared, in microseconds: long enough to sleep. */
    static final int USUAL_GAP_MICROS = 1000;

    /** A ring holds at least so many messages, or large ones would wait for each other. */
    private static final long FEWEST_MESSAGES = 8;

    private static final long KIBIBYTE = 1024;

    /** What a row is found by. */
    record Key(Measure measure, String transport, int length, Shape shape, int detail) {

        /** One sends, one receives. */
        Key(Measure measure, String transport, int length) {
            this(measure, transport, length, Shape.PAIR, measure == Measure.WAKE ? USUAL_GAP_MICROS : 0);
        }

        /** A stream. */
        Key(String transport, int length, Shape shape) {
            this(Measure.THROUGHPUT, transport, length, shape, 0);
        }
    }

    /** Bytes of its rings and buffers, where others have {@code usual} ones. */
    long capacity(long usual) {
        if (measure == Measure.CAPACITY) {
            return detail * KIBIBYTE;
        }
        long needed = FEWEST_MESSAGES * length;
        return needed <= usual ? usual : 2 * Long.highestOneBit(needed - 1);
    }

    Key key() {
        return new Key(measure, transport.name(), length, shape, detail);
    }

    /** The transport's name, with the shape where it is not one to one. */
    String title() {
        return shape.equals(Shape.PAIR) ? transport.name() : transport.name() + " " + shape;
    }

    /** The detail with its unit, or nothing. */
    String detailText() {
        return switch (measure) {
            case LOAD -> detail + " %";
            case WAKE -> detail + " us";
            case CAPACITY -> detail + " KiB";
            case COPY, THROUGHPUT, ROUND_TRIP, ATTACH -> "";
        };
    }

    @Override
    public String toString() {
        return (measure + " " + title() + " " + length + " B " + detailText()).stripTrailing();
    }
}
