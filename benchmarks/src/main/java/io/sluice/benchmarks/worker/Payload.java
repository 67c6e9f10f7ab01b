package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;

/**
 * What messages contain: the first field is the message's number, each further one a different function of number and
 * place, so that a field that is missing, stale or misplaced changes the sum.
 */
final class Payload {

    /** First field of the message that starts the measured phase. */
    static final long START = -1;

    /** First field of the message that ends it. */
    static final long END = -2;

    /** Bytes of a START or END message of a one-way stream. */
    static final int MARK_LENGTH = 24;

    /** Index of a mark's field that counts the messages since the last mark. */
    static final int MARK_COUNT = 8;

    /** Index of a mark's field that sums them up. */
    static final int MARK_SUM = 16;

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private Payload() {}

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

    /** Compares every field of message {@code number} with what {@link #write} wrote. */
    static void verify(Fields fields, long number, int length) {
        long value = number;
        for (int index = 0; index < length; index += Long.BYTES) {
            if (fields.getLong(index) != value) {
                throw new WrongMessageException("message " + number + ", bytes from " + index + ": expected "
                        + Long.toHexString(value) + ", found " + Long.toHexString(fields.getLong(index)));
            }
            value += STEP;
        }
    }
}
