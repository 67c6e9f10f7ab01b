package io.sluice.benchmarks.transport;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.sluice.benchmarks.peer.Peer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron over its IPC channel, with its media driver in a process of its own, where all that the driver does is to
 * introduce the two to each other. Every subscriber gets every message, and the slowest one sets the pace.
 */
final class AeronIpc implements Transport {

    private static final int STREAM = 10;

    /** The largest that Aeron allows: messages up to it are not cut. */
    private static final int MTU = 65_504;

    private static final long SHORTEST_TERM = 1 << 24; // publishers may be half a term ahead
    private static final long MEET_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public Label label() {
        return new Label(
                "aeron",
                "IPC, one offer per message, both sides spin, terms of at least 16 MiB, MTU " + MTU
                        + ", exclusive publication where there is one producer, bounds checks on as shipped, media driver in a"
                        + " third process that backs off for 100 us at most",
                Mode.SPIN,
                Measure.OF_SPINNING);
    }

    @Override
    public boolean connects(Shape shape) {
        return true;
    }

    @Override
    public boolean broadcasts() {
        return true;
    }

    @Override
    public long longest(long capacity) {
        return capacity / 8;
    }

    private static String directory(Channel channel) {
        return channel.path("-aeron").toString();
    }

    private static String uri(Channel channel) {
        long term = Math.max(SHORTEST_TERM, channel.capacity());
        return "aeron:ipc?term-length=" + term + "|mtu=" + Math.min(MTU, term / 8);
    }

    @Override
    public Setup create(Channel channel) throws IOException {
        Peer driver = Peer.jvm(List.of(), AeronDriver.class, List.of(directory(channel)));
        try {
            driver.hear(AeronDriver.READY);
        } catch (InterruptedException e) {
            driver.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the media driver started", e);
        }
        return driver::close;
    }

    private static Aeron connect(Channel channel) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(directory(channel)));
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) throws IOException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > MEET_NANOS) {
                throw new IOException("no " + what + " for " + TimeUnit.NANOSECONDS.toSeconds(MEET_NANOS) + " s");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        Aeron aeron = connect(channel);
        Publication publication = channel.shape().producers() == 1
                ? aeron.addExclusivePublication(uri(channel), STREAM)
                : aeron.addPublication(uri(channel), STREAM);
        await("subscriber", publication::isConnected);
        return new OfferSender(aeron, publication, channel.longest());
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        Aeron aeron = connect(channel);
        Subscription subscription = aeron.addSubscription(uri(channel), STREAM);
        // Producers in different processes share the log of a concurrent publication: one image for all of them.
        await("publisher", () -> subscription.imageCount() > 0);
        return new PollReceiver(aeron, subscription);
    }

    private static final class OfferSender extends CopyingSender {

        private final Aeron aeron;
        private final Publication publication;
        private final UnsafeBuffer source;

        OfferSender(Aeron aeron, Publication publication, int longest) {
            super(longest);
            this.aeron = aeron;
            this.publication = publication;
            this.source = wrapped();
        }

        @Override
        public void end() {
            long result = publication.offer(source, 0, length);
            while (result < 0) {
                if (result != Publication.BACK_PRESSURED && result != Publication.ADMIN_ACTION) {
                    throw new IllegalStateException("Aeron answered " + Publication.errorString(result));
                }
                Thread.onSpinWait();
                result = publication.offer(source, 0, length);
            }
        }

        @Override
        public void close() throws IOException {
            // Whoever leaves takes its log along: not before all was read.
            await("end of the subscribers", () -> !publication.isConnected());
            aeron.close();
        }
    }

    private static final class PollReceiver extends Receiver implements FragmentHandler {

        private final Aeron aeron;
        private final Subscription subscription;
        private final FragmentHandler assembler = new FragmentAssembler(this);
        private final AgronaFields fields = new AgronaFields();
        private MessageReader reader;

        PollReceiver(Aeron aeron, Subscription subscription) {
            this.aeron = aeron;
            this.subscription = subscription;
        }

        @Override
        public void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
            fields.show(reader, buffer, offset, length);
        }

        @Override
        public int receive(MessageReader newReader, int limit) {
            reader = newReader;
            return subscription.poll(assembler, limit);
        }

        @Override
        public void close() {
            aeron.close();
        }
    }
}
