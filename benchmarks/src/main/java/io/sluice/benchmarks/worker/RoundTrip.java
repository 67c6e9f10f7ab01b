package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;
import io.sluice.benchmarks.transport.MessageReader;
import io.sluice.benchmarks.transport.Receiver;
import io.sluice.benchmarks.transport.Sender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A message there and its reply back, one at a time. Both are written and read field by field; the asker
 * takes the time.
 *
 * <p>Half of the measured phase reads the clock once per round trip, which gives percentiles with the price of that
 * reading in each; the other half reads it once per {@value #BLOCK} round trips, which gives their mean almost without.
 *
 * <p>Waiting sides look again at once, for every transport alike: a spin hint delays the next look by up to a hundred
 * cycles on some processors.
 */
public final class RoundTrip {

    /** Round trips per reading of the clock in the second half of the measured phase. */
    public static final int BLOCK = 100;

    /** Latencies above this count as this. */
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int DIGITS = 3;

    private final Job job;

    RoundTrip(Job job) {
        this.job = job;
    }

    static Histogram histogram() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    Outcome ask() throws IOException, InterruptedException {
        try (Meeting meeting = Meeting.open(job.directory());
                Sender sender = job.means().openSender(job.there());
                Receiver receiver = job.means().openReceiver(job.back())) {
            meeting.await(2);
            Asker asker = new Asker(job, sender, receiver);
            asker.askFor(job.warmup().toNanos());
            return asker.measure(job.time().toNanos());
        }
    }

    Outcome reply() throws IOException, InterruptedException {
        try (Meeting meeting = Meeting.open(job.directory());
                Receiver receiver = job.means().openReceiver(job.there());
                Sender sender = job.means().openSender(job.back())) {
            meeting.await(2);
            Replier replier = new Replier(job, sender);
            Usage usage = new Usage();
            usage.start();
            while (!replier.ended) {
                receiver.receive(replier, 1);
            }
            usage.stop();
            return Outcome.of(replier.count, usage);
        }
    }

    private static final class Asker {

        private final Dialogue dialogue;
        private final Histogram each = histogram();
        private final Histogram sums = histogram();

        Asker(Job job, Sender sender, Receiver receiver) {
            this.dialogue = new Dialogue(job, sender, receiver);
        }

        void askFor(long nanos) throws IOException, InterruptedException {
            askEachFor(nanos / 2);
            askBlocksFor(nanos / 2);
        }

        private void askEachFor(long nanos) throws IOException, InterruptedException {
            long start = System.nanoTime();
            long before = start;
            long after;
            do {
                dialogue.ask();
                after = System.nanoTime();
                each.recordValue(Math.min(after - before, LONGEST_NANOS));
                before = after;
            } while (after - start < nanos);
        }

        private void askBlocksFor(long nanos) throws IOException, InterruptedException {
            long start = System.nanoTime();
            long before = start;
            long after;
            do {
                for (int i = 0; i < BLOCK; i++) {
                    dialogue.ask();
                }
                after = System.nanoTime();
                sums.recordValue(Math.min(after - before, LONGEST_NANOS));
                before = after;
            } while (after - start < nanos);
        }

        Outcome measure(long nanos) throws IOException, InterruptedException {
            each.reset();
            sums.reset();
            long first = dialogue.asked();
            Usage usage = new Usage();
            usage.start();
            askFor(nanos);
            usage.stop();
            long count = dialogue.asked() - first;
            dialogue.end();
            return Outcome.of(count, usage).withEach(each).withSums(sums);
        }
    }

    private static final class Replier implements MessageReader {

        private final Job job;
        private final Sender sender;
        private long count;
        private boolean ended;

        Replier(Job job, Sender sender) {
            this.job = job;
            this.sender = sender;
        }

        @Override
        public void onMessage(Fields fields, int length) {
            long number = fields.getLong(0);
            if (Payload.sum(fields, number, length) != Payload.sumOf(number, length)) {
                throw new WrongMessageException("message " + number + " has the wrong sum");
            }
            try {
                Payload.write(sender.begin(job.length()), number, job.length());
                sender.end();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot reply to message " + number, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted before replying to message " + number, e);
            }
            ended = number == Payload.END;
            count++;
        }
    }
}
