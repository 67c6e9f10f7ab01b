package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;
import io.sluice.benchmarks.transport.MessageReader;

/**
 * Reads every field of every message and checks that what one producer sent comes in its order: without a gap, unless
 * other consumers get the rest.
 */
final class StreamReader implements MessageReader {

    private final boolean verifies;
    private final boolean skips;
    private final long[] expected;
    private int current;
    private long next;
    private long sum;
    private long count;
    private int ends;

    /**
     * For so many producers.
     *
     * @param verifies whether each field is compared, and not only summed
     * @param skips whether this consumer need not get every message: others get the rest, or nobody
     */
    StreamReader(int producers, boolean verifies, boolean skips) {
        this.verifies = verifies;
        this.skips = skips;
        this.expected = new long[producers];
        for (int producer = 0; producer < producers; producer++) {
            expected[producer] = Payload.first(producer);
        }
        this.next = expected[0];
    }

    @Override
    public void onMessage(Fields fields, int length) {
        long first = fields.getLong(0);
        if (first != next) {
            if (Payload.isEnd(first)) {
                ends++;
                return;
            }
            turnTo(first);
        }
        next++;
        count++;
        if (verifies) {
            Payload.verify(fields, first, length);
        }
        sum += Payload.sum(fields, first, length);
    }

    /** Somebody else's message, or one behind a gap. */
    private void turnTo(long first) {
        int producer = Payload.producer(first);
        if (producer >= expected.length) {
            throw new WrongMessageException("message " + Long.toHexString(first) + " of producer " + producer
                    + ", where there are " + expected.length);
        }
        expected[current] = next;
        long due = expected[producer];
        if (skips ? first < due : first != due) {
            throw new WrongMessageException(
                    "message " + Long.toHexString(first) + " came where message " + Long.toHexString(due) + " was due");
        }
        current = producer;
        next = first;
    }

    /** How many producers' ends came here. */
    int ends() {
        return ends;
    }

    /** Messages read. */
    long count() {
        return count;
    }

    /** Of all their fields. */
    long sum() {
        return sum;
    }
}
