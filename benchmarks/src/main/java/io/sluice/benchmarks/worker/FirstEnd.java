package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Receiver;
import io.sluice.benchmarks.transport.Sender;
import java.io.IOException;

/**
 * The end of a channel that sends first, in a process of its own choosing, measured by whoever calls it; the other end
 * is a {@link Worker}. For one thread.
 */
public final class FirstEnd implements AutoCloseable {

    private final Job job;
    private final Sender sender;
    private final Receiver replies;
    private final Dialogue dialogue;
    private long count;
    private long sum;

    private FirstEnd(Job job, Sender sender, Receiver replies) {
        this.job = job;
        this.sender = sender;
        this.replies = replies;
        this.dialogue = new Dialogue(job, sender, replies);
    }

    /** Opens it and waits for the other one, which must have been started; {@code job} is a stream or a round trip. */
    public static FirstEnd open(Job job) throws IOException {
        try (Meeting meeting = Meeting.open(job.directory())) {
            Sender sender = job.means().openSender(job.there());
            Receiver replies = job.measure() == Measure.ROUND_TRIP ? job.means().openReceiver(job.back()) : null;
            meeting.await(2);
            return new FirstEnd(job, sender, replies);
        }
    }

    /** Sends the next message of a stream, waiting for room if there is none. */
    public void send() throws IOException, InterruptedException {
        sum += Payload.write(sender.begin(job.length()), count++, job.length());
        sender.end();
    }

    /** Sends a message and waits for the reply. */
    public void ask() throws IOException, InterruptedException {
        dialogue.ask();
    }

    /** Tells the other end that this was all. */
    public void end() throws IOException, InterruptedException {
        if (replies == null) {
            Throughput.end(sender);
        } else {
            dialogue.end();
        }
    }

    /**
     * Compares what was sent with what the other end counted.
     *
     * @throws IllegalStateException if that was something else
     */
    public void check(Outcome received) {
        if (received.getTotalCount() != count || received.getTotalSum() != sum) {
            throw new IllegalStateException(job.transport() + ": sent were " + count + " messages with the sum "
                    + Long.toHexString(sum) + ", received " + received.getTotalCount() + " with "
                    + Long.toHexString(received.getTotalSum()));
        }
    }

    @Override
    public void close() throws IOException {
        try (sender) {
            if (replies != null) {
                replies.close();
            }
        }
    }
}
