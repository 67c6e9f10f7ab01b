package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;

/**
 * What messages contain: the first field is the message's number with its producer above, each further one a different
 * function of that and of the place, so that a field that is missing, stale or misplaced changes the sum.
 */
final class Payload {

    /** First field of the message that ends a stream. */
    static final long END = -2;

    private static final int PRODUCER_SHIFT = 48;

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private Payload() {}

    /** Number of a producer's first message. */
    static long first(int producer) {
        return (long) producer << PRODUCER_SHIFT;
    }

    /** Which producer numbered a message so. */
    static int producer(long number) {
        return (int) (number >>> PRODUCER_SHIFT);
    }

    /** Whether that is the end of a stream. */
    static boolean isEnd(long number) {
        return number == END;
    }

    /** Writes every field of message {@code number}; returns the sum of its fields. */
    static long write(Fields fields, long number, int length) {
        long value = number;
        long sum = 0;
        for (int index = 0; index < length; index += Long.BYTES) {
            fields.setLong(index, value);
            sum += value;
            value += STEP;
        }
        return sum;
    }

    /** Reads every field behind the first; returns the sum of all fields. */
    static long sum(Fields fields, long first, int length) {
        long sum = first;
        for (int index = Long.BYTES; index < length; index += Long.BYTES) {
            sum += fields.getLong(index);
        }
        return sum;
    }

    /** The sum of the fields of message {@code number}, computed. */
    static long sumOf(long number, int length) {
        long fields = length / Long.BYTES;
        return fields * number + STEP * (fields * (fields - 1) / 2);
    }

    /** The field at byte {@code index} of message {@code number}. */
    static long fieldOf(long number, int index) {
        return number + STEP * (index / Long.BYTES);
    }

    /** Compares every field of message {@code number} with what {@link #write} wrote. */
    static void verify(Fields fields, long number, int length) {
        long value = number;
        for (int index = 0; index < length; index += Long.BYTES) {
            if (fields.getLong(index) != value) {
                throw new WrongMessageException(
                        "message " + Long.toHexString(number) + ", bytes from " + index + ": expected "
                                + Long.toHexString(value) + ", found " + Long.toHexString(fields.getLong(index)));
            }
            value += STEP;
        }
    }
}
