package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;
import io.sluice.benchmarks.transport.MessageReader;
import io.sluice.benchmarks.transport.Receiver;
import io.sluice.benchmarks.transport.Sender;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How long it takes a message to reach a receiver that has fallen asleep. The sender waits awake for the length of a
 * gap and then sends a message with the time of sending in it; the receiver reads the same clock when it has the
 * message ({@link System#nanoTime()} is the machine's monotonic clock on Linux, the same in every process).
 */
final class Wake {

    /**
     * Short enough for many messages, long enough that the receiver sleeps. Shorter gaps warm up as they are measured:
     * what is not compiled yet falls behind them, and what is behind does not sleep.
     */
    private static final Duration LONGEST_WARMUP_GAP = Duration.ofNanos(150_000);

    private static final int SENT_AT = 8;

    /** First field of the message that starts the measured phase. */
    private static final long START = -1;

    private final Job job;

    Wake(Job job) {
        this.job = job;
    }

    Outcome send() throws IOException, InterruptedException {
        try (Meeting meeting = Meeting.open(job.directory());
                Sender sender = job.means().openSender(job.there())) {
            meeting.await(2);
            Duration warmupGap = job.gap().compareTo(LONGEST_WARMUP_GAP) < 0 ? job.gap() : LONGEST_WARMUP_GAP;
            long next = sendFor(sender, 0, job.warmup(), warmupGap);
            send(sender, START);
            Usage usage = new Usage();
            usage.start();
            long count = sendFor(sender, next, job.time(), job.gap()) - next;
            usage.stop();
            send(sender, Payload.END);
            return Outcome.of(count, usage);
        }
    }

    private long sendFor(Sender sender, long first, Duration time, Duration gap)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        long next = first;
        long now = start;
        while (now - start < time.toNanos()) {
            long sleepFrom = now;
            do {
                now = System.nanoTime();
            } while (now - sleepFrom < gap.toNanos());
            send(sender, next++);
        }
        return next;
    }

    private void send(Sender sender, long number) throws IOException, InterruptedException {
        int length = job.length();
        Fields fields = sender.begin(length);
        Payload.write(fields, number, length);
        fields.setLong(SENT_AT, System.nanoTime());
        sender.end();
        sender.flush();
    }

    Outcome receive() throws IOException, InterruptedException {
        try (Meeting meeting = Meeting.open(job.directory());
                Receiver receiver = job.means().openReceiver(job.there())) {
            meeting.await(2);
            Sleeper sleeper = new Sleeper();
            while (!sleeper.ended) {
                receiver.receive(sleeper, 1);
            }
            return Outcome.of(sleeper.latencies.getTotalCount(), sleeper.usage).withEach(sleeper.latencies);
        }
    }

    private static final class Sleeper implements MessageReader {

        private final Usage usage = new Usage();
        private final Histogram latencies = RoundTrip.histogram();
        private long next;
        private boolean ended;

        @Override
        public void onMessage(Fields fields, int length) {
            long now = System.nanoTime();
            long number = fields.getLong(0);
            if (number == START) {
                latencies.reset();
                usage.start();
            } else if (number == Payload.END) {
                usage.stop();
                ended = true;
            } else if (number == next) {
                latencies.recordValue(Math.min(now - fields.getLong(SENT_AT), RoundTrip.LONGEST_NANOS));
                next++;
            } else {
                throw new WrongMessageException("message " + number + " came where message " + next + " was due");
            }
        }
    }
}
