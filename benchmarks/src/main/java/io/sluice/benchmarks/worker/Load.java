package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;
import io.sluice.benchmarks.transport.MessageReader;
import io.sluice.benchmarks.transport.Receiver;
import io.sluice.benchmarks.transport.Sender;
import io.sluice.benchmarks.worker.Phase.Stage;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * Messages at a fixed rate: each has a time at which it is due, and its latency counts from there, whether the sender
 * could send it then or was held up (no coordinated omission). The times are in the messages; both ends read the
 * machine's monotonic clock. Of a fast stream the receiver looks at some messages in regular distances only, because
 * reading the clock takes longer than receiving.
 *
 * <p>What a sender fell behind while its code was compiled is forgotten when the measured phase begins: there, messages
 * are due from its first nanosecond on, and only those count.
 */
final class Load {

    /** Byte at which a message says when it was due. */
    private static final int DUE = 8;

    /** Bytes of the shortest message that can be used. */
    private static final int SHORTEST = 16;

    private static final double LOOKS_PER_SECOND = 200_000;
    private static final double NANOS = 1e9;

    /** Messages in a row after which a sender that is behind looks at the phase. */
    private static final int MOST_BEHIND = 256;

    private final Job job;

    Load(Job job) {
        this.job = job;
        if (job.length() < SHORTEST || job.rate() <= 0) {
            throw new IllegalArgumentException(
                    "messages of " + job.length() + " bytes, " + job.rate() + " a second: nothing to offer");
        }
    }

    Outcome send() throws IOException, InterruptedException {
        try (Meeting meeting = Meeting.open(job.directory());
                Sender sender = job.means().openSender(job.there())) {
            Phase phase = job.startTogether(meeting);
            Schedule schedule = new Schedule(job.rate(), System.nanoTime());
            long count = 0;
            long before = 0;
            long sum = 0;
            boolean measured = false;
            Usage usage = new Usage();
            usage.start();
            // The first message at any rate: on a busy machine short phases may be over before they have begun here.
            do {
                long now = System.nanoTime();
                if (!measured && now - phase.measuredNanos() >= 0) {
                    measured = true;
                    schedule = new Schedule(job.rate(), phase.measuredNanos());
                    before = count;
                    usage.start();
                }
                for (int behind = 0; behind < MOST_BEHIND && schedule.due() - now <= 0; behind++) {
                    sum += send(sender, count, schedule.due());
                    count++;
                    schedule.advance();
                }
                sender.flush();
            } while (phase.stage() != Stage.OVER);
            usage.stop();
            Throughput.end(sender);
            return Outcome.of(count - before, usage).withTotals(count, sum);
        }
    }

    /** When each message is due. */
    private static final class Schedule {

        /** Fractions of a nanosecond, so that millions of intervals in a row add up to what they should. */
        private static final int FRACTION_BITS = 20;

        private final long start;
        private final long interval;
        private long passed;

        Schedule(double rate, long start) {
            this.start = start;
            this.interval = Math.max(1, Math.round(NANOS / rate * (1 << FRACTION_BITS)));
        }

        long due() {
            return start + (passed >> FRACTION_BITS);
        }

        void advance() {
            passed += interval;
        }
    }

    private long send(Sender sender, long number, long due) throws IOException, InterruptedException {
        Fields fields = sender.begin(job.length());
        long sum = Payload.write(fields, number, job.length());
        sum += due - Payload.fieldOf(number, DUE);
        fields.setLong(DUE, due);
        sender.end();
        return sum;
    }

    Outcome receive() throws IOException, InterruptedException {
        try (Meeting meeting = Meeting.open(job.directory());
                Receiver receiver = job.means().openReceiver(job.there())) {
            Phase phase = job.startTogether(meeting);
            Looker looker = new Looker(phase, (long) Math.max(1, job.rate() / LOOKS_PER_SECOND));
            while (!looker.ended) {
                if (receiver.receive(looker, job.limit()) == 0) {
                    Thread.onSpinWait();
                }
            }
            looker.usage.stop();
            return Outcome.of(looker.count - looker.before, looker.usage)
                    .withTotals(looker.count, looker.sum)
                    .withEach(looker.latencies);
        }
    }

    private static final class Looker implements MessageReader {

        private final Phase phase;
        private final long distance;
        private final Usage usage = new Usage();
        private final Histogram latencies = RoundTrip.histogram();
        private boolean measured;
        private long lookAt;
        private long before;
        private long count;
        private long sum;
        private boolean ended;

        Looker(Phase phase, long distance) {
            this.phase = phase;
            this.distance = distance;
            usage.start();
        }

        @Override
        public void onMessage(Fields fields, int length) {
            long number = fields.getLong(0);
            if (number != count) {
                if (!Payload.isEnd(number)) {
                    throw new WrongMessageException("message " + number + " came where message " + count + " was due");
                }
                ended = true;
                return;
            }
            if (number == lookAt) {
                look(fields.getLong(DUE));
                lookAt += distance;
            }
            count++;
            sum += Payload.sum(fields, number, length);
        }

        private void look(long due) {
            if (due - phase.measuredNanos() < 0) {
                return;
            }
            if (!measured) {
                measured = true;
                before = count;
                usage.start();
            }
            long latency = System.nanoTime() - due;
            latencies.recordValue(Math.max(0, Math.min(latency, RoundTrip.LONGEST_NANOS)));
        }
    }
}
