package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;
import io.sluice.benchmarks.transport.Receiver;
import io.sluice.benchmarks.transport.Sender;
import io.sluice.benchmarks.worker.Phase.Stage;
import java.io.IOException;

/**
 * Messages one way, as fast as they go: a warm-up, then the measured phase, both by the clock; then each producer sends
 * one message that says that it ends. Everything that was ever sent is counted and summed up at both ends.
 */
final class Throughput {

    private static final int MOST_MESSAGES_BETWEEN_LOOKS = 256;
    private static final int BYTES_BETWEEN_LOOKS = 1 << 16;

    private final Job job;

    Throughput(Job job) {
        this.job = job;
    }

    Outcome send() throws IOException, InterruptedException {
        try (Meeting meeting = Meeting.open(job.directory());
                Sender sender = job.means().openSender(job.there())) {
            Phase phase = job.startTogether(meeting);
            Feed feed = new Feed(sender, job);
            feed.sendDuring(phase, Stage.WARMUP);
            long before = feed.count;
            Usage usage = new Usage();
            usage.start();
            feed.sendDuring(phase, Stage.MEASURED);
            usage.stop();
            long count = feed.count - before;
            end(sender);
            return Outcome.of(count, usage).withTotals(feed.count, feed.sum);
        }
    }

    /** Says that nothing more comes. */
    static void end(Sender sender) throws IOException, InterruptedException {
        Fields fields = sender.begin(Long.BYTES);
        fields.setLong(0, Payload.END);
        sender.end();
        sender.flush();
    }

    Outcome receive() throws IOException, InterruptedException {
        try (Meeting meeting = Meeting.open(job.directory());
                Receiver receiver = job.means().openReceiver(job.there())) {
            Phase phase = job.startTogether(meeting);
            return new Sink(job, meeting, receiver).receive(phase);
        }
    }

    /** A producer's stream of numbered messages. */
    private static final class Feed {

        private final Sender sender;
        private final int length;
        private final int batch;
        private final long first;
        private long count;
        private long sum;

        Feed(Sender sender, Job job) {
            this.sender = sender;
            this.length = job.length();
            this.batch = Math.max(1, Math.min(MOST_MESSAGES_BETWEEN_LOOKS, BYTES_BETWEEN_LOOKS / length));
            this.first = Payload.first(job.party());
        }

        void sendDuring(Phase phase, Stage stage) throws IOException, InterruptedException {
            // Some at any rate: on a busy machine a short phase may be over before it has begun here.
            do {
                sendSome();
            } while (phase.stage() == stage);
        }

        private void sendSome() throws IOException, InterruptedException {
            long newSum = sum;
            long next = first + count;
            for (int i = 0; i < batch; i++) {
                newSum += Payload.write(sender.begin(length), next++, length);
                sender.end();
            }
            sum = newSum;
            count += batch;
        }
    }

    /** A consumer's part of all streams. */
    private static final class Sink {

        private final Job job;
        private final Meeting meeting;
        private final Receiver receiver;
        private final boolean shares;
        private final StreamReader reader;
        private int endsSaid;

        Sink(Job job, Meeting meeting, Receiver receiver) {
            this.job = job;
            this.meeting = meeting;
            this.receiver = receiver;
            this.shares = job.shape().consumers() > 1 && !job.means().broadcasts();
            this.reader = new StreamReader(
                    job.shape().producers(), job.verify(), shares || job.means().loses());
        }

        Outcome receive(Phase phase) throws IOException, InterruptedException {
            boolean ended = receiveDuring(phase, Stage.WARMUP);
            long before = reader.count();
            Usage usage = new Usage();
            usage.start();
            ended = ended || receiveDuring(phase, Stage.MEASURED);
            usage.stop();
            long count = reader.count() - before;
            while (!ended) {
                ended = receiveSome();
            }
            return Outcome.of(count, usage).withTotals(reader.count(), reader.sum());
        }

        private boolean receiveDuring(Phase phase, Stage stage) throws IOException, InterruptedException {
            boolean ended = false;
            while (!ended && phase.stage() == stage) {
                ended = receiveSome();
            }
            return ended;
        }

        /** Returns whether all is over for this consumer. */
        private boolean receiveSome() throws IOException, InterruptedException {
            int received = receiver.receive(reader, job.limit());
            if (!shares) {
                if (received == 0) {
                    Thread.onSpinWait();
                }
                return reader.ends() == job.shape().producers();
            }
            while (endsSaid < reader.ends()) {
                endsSaid++;
                meeting.sawEnd();
            }
            if (received > 0) {
                return false;
            }
            Thread.onSpinWait();
            // A stream's end is taken after all that came before it: what is not here is with the others.
            return meeting.ends() == job.shape().producers();
        }
    }
}
