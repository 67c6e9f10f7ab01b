package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;
import io.sluice.benchmarks.transport.MessageReader;

/** Reads every field of every message, in order, and measures from the START mark to the END mark. */
final class SummingReader implements MessageReader {

    private final Usage usage = new Usage();
    private final boolean verifies;
    private long next;
    private long sum;
    private long count;
    private boolean ended;

    SummingReader(boolean verifies) {
        this.verifies = verifies;
    }

    @Override
    public void onMessage(Fields fields, int length) {
        long first = fields.getLong(0);
        if (first != next) {
            mark(first, fields);
            return;
        }
        next++;
        if (verifies) {
            Payload.verify(fields, first, length);
        }
        sum += Payload.sum(fields, first, length);
    }

    private void mark(long first, Fields fields) {
        if (first == Payload.START) {
            count = next;
            sum = 0;
            usage.start();
        } else if (first == Payload.END) {
            usage.stop();
            count = next - count;
            ended = true;
            if (count != fields.getLong(Payload.MARK_COUNT) || sum != fields.getLong(Payload.MARK_SUM)) {
                throw new WrongMessageException(
                        "sent were " + fields.getLong(Payload.MARK_COUNT) + " messages with the sum "
                                + Long.toHexString(fields.getLong(Payload.MARK_SUM)) + ", received " + count + " with "
                                + Long.toHexString(sum));
            }
        } else {
            throw new WrongMessageException("message " + first + " came where message " + next + " was due");
        }
    }

    boolean hasEnded() {
        return ended;
    }

    long count() {
        return count;
    }

    Usage usage() {
        return usage;
    }
}
