package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Fields;
import io.sluice.benchmarks.transport.Receiver;
import io.sluice.benchmarks.transport.Sender;
import java.io.IOException;

/** Messages one way, as fast as they go: a warm-up that both ends pass through, then the measured phase. */
final class Throughput {

    private static final int MESSAGES_PER_CLOCK_READING = 256;

    private final Job job;

    Throughput(Job job) {
        this.job = job;
    }

    Outcome send() throws IOException, InterruptedException {
        try (Sender sender = job.means().openSender(job.there())) {
            Feed feed = new Feed(sender, job.length());
            feed.sendFor(job.warmup().toNanos());
            feed.start();
            Usage usage = new Usage();
            usage.start();
            feed.sendFor(job.time().toNanos());
            usage.stop();
            feed.end();
            return Outcome.of(feed.count, usage);
        }
    }

    Outcome receive() throws IOException, InterruptedException {
        try (Receiver receiver = job.means().openReceiver(job.there())) {
            SummingReader reader = new SummingReader(job.verify());
            while (!reader.hasEnded()) {
                if (receiver.receive(reader, job.limit()) == 0) {
                    Thread.onSpinWait();
                }
            }
            return Outcome.of(reader.count(), reader.usage());
        }
    }

    /** The stream of numbered messages. */
    private static final class Feed {

        private final Sender sender;
        private final int length;
        private long next;
        private long count;
        private long sum;

        Feed(Sender sender, int length) {
            this.sender = sender;
            this.length = length;
        }

        void sendFor(long nanos) throws IOException, InterruptedException {
            long start = System.nanoTime();
            do {
                sendSome();
            } while (System.nanoTime() - start < nanos);
        }

        private void sendSome() throws IOException, InterruptedException {
            long newSum = sum;
            for (int i = 0; i < MESSAGES_PER_CLOCK_READING; i++) {
                newSum += Payload.write(sender.begin(length), next++, length);
                sender.end();
            }
            sum = newSum;
            count += MESSAGES_PER_CLOCK_READING;
        }

        void start() throws IOException, InterruptedException {
            mark(Payload.START);
            count = 0;
            sum = 0;
        }

        void end() throws IOException, InterruptedException {
            mark(Payload.END);
        }

        private void mark(long kind) throws IOException, InterruptedException {
            Fields fields = sender.begin(Payload.MARK_LENGTH);
            fields.setLong(0, kind);
            fields.setLong(Payload.MARK_COUNT, count);
            fields.setLong(Payload.MARK_SUM, sum);
            sender.end();
            sender.flush();
        }
    }
}
