package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;
import io.sluice.benchmarks.transport.MessageReader;
import io.sluice.benchmarks.transport.Receiver;
import io.sluice.benchmarks.transport.Sender;
import java.io.IOException;

/** Messages and the replies to them, one at a time, every field of each written, read and checked. For one thread. */
final class Dialogue implements MessageReader {

    private final Job job;
    private final Sender sender;
    private final Receiver receiver;
    private long next;
    private boolean replied;

    Dialogue(Job job, Sender sender, Receiver receiver) {
        this.job = job;
        this.sender = sender;
        this.receiver = receiver;
    }

    /** How many were asked and replied to. */
    long asked() {
        return next;
    }

    /** Sends a message and waits for the reply. */
    void ask() throws IOException, InterruptedException {
        Payload.write(sender.begin(job.length()), next, job.length());
        sender.end();
        replied = false;
        while (!replied) {
            receiver.receive(this, 1);
        }
        next++;
    }

    /** The last of it: the other one ends. */
    void end() throws IOException, InterruptedException {
        next = Payload.END;
        ask();
    }

    @Override
    public void onMessage(Fields fields, int length) {
        long number = fields.getLong(0);
        if (number != next) {
            throw new WrongMessageException("reply " + number + " came where reply " + next + " was due");
        }
        check(fields, number, length);
        replied = true;
    }

    private void check(Fields fields, long number, int length) {
        if (job.verify()) {
            Payload.verify(fields, number, length);
        } else if (Payload.sum(fields, number, length) != Payload.sumOf(number, length)) {
            throw new WrongMessageException("reply " + number + " has the wrong sum");
        }
    }
}
