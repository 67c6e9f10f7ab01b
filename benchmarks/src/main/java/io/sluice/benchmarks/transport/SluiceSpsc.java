package io.sluice.benchmarks.transport;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.waiting.WaitStrategy;
import java.time.Duration;
import java.util.Set;

/** Sluice's SPSC ring: spinning or blocking, sending a copy of the application's bytes or filling a claim in place. */
final class SluiceSpsc implements Transport {

    private static final Duration LONG = Duration.ofDays(1);

    private final String name;
    private final boolean blocks;
    private final boolean claims;

    SluiceSpsc(String name, boolean blocks, boolean claims) {
        this.name = name;
        this.blocks = blocks;
        this.claims = claims;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return (claims ? "one claim+commit per message" : "one offer per message")
                + (blocks ? ", put and take block on a futex" : ", both sides spin");
    }

    @Override
    public Set<Measure> measures() {
        if (claims) {
            return Set.of(Measure.THROUGHPUT);
        }
        return blocks
                ? Set.of(Measure.THROUGHPUT, Measure.ROUND_TRIP, Measure.WAKE)
                : Set.of(Measure.THROUGHPUT, Measure.ROUND_TRIP, Measure.ATTACH);
    }

    private RingSpec spec(Channel channel) {
        return RingSpec.of(RingKind.SPSC, channel.name(), channel.capacity())
                .withAddress(RegionAddress.of(channel.directory(), channel.name()))
                .withWaitStrategy(blocks ? WaitStrategy.block() : WaitStrategy.spin());
    }

    @Override
    public void create(Channel channel) {
        Rings.create(spec(channel)).close();
    }

    @Override
    public Sender openSender(Channel channel) {
        Ring ring = Rings.open(spec(channel));
        if (claims) {
            return new ClaimSender(ring, blocks);
        }
        return new OfferSender(ring, blocks, channel.longest());
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        Ring ring = Rings.open(spec(channel));
        return blocks ? new TakeReceiver(ring) : new PollReceiver(ring);
    }

    /** Copies from the application's bytes. */
    private static final class OfferSender extends Sender {

        private final Ring ring;
        private final RingProducer producer;
        private final boolean blocks;
        private final byte[] bytes;
        private final Fields fields;
        private int length;

        OfferSender(Ring ring, boolean blocks, int longest) {
            this.ring = ring;
            this.producer = ring.producer();
            this.blocks = blocks;
            this.bytes = new byte[longest];
            this.fields = new ArrayFields(bytes);
        }

        @Override
        public Fields begin(int newLength) {
            length = newLength;
            return fields;
        }

        @Override
        public void end() throws InterruptedException {
            if (blocks) {
                require(producer.put(0, bytes, 0, length, LONG));
                return;
            }
            OfferResult result = producer.offer(0, bytes, 0, length);
            while (result == OfferResult.FULL) {
                Thread.onSpinWait();
                result = producer.offer(0, bytes, 0, length);
            }
            require(result);
        }

        private static void require(OfferResult result) {
            if (result != OfferResult.ACCEPTED) {
                throw new IllegalStateException("the ring answered " + result);
            }
        }

        @Override
        public void close() {
            producer.close();
            ring.close();
        }
    }

    /** Writes where the consumer will read. */
    private static final class ClaimSender extends Sender {

        private final Ring ring;
        private final RingProducer producer;
        private final boolean blocks;
        private final ClaimFields fields = new ClaimFields();

        ClaimSender(Ring ring, boolean blocks) {
            this.ring = ring;
            this.producer = ring.producer();
            this.blocks = blocks;
        }

        @Override
        public Fields begin(int length) throws InterruptedException {
            Claim claim = blocks ? producer.awaitClaim(0, length, LONG) : producer.claim(0, length);
            while (claim == null) {
                Thread.onSpinWait();
                claim = producer.claim(0, length);
            }
            fields.claim = claim;
            return fields;
        }

        @Override
        public void end() {
            fields.claim.commit();
        }

        @Override
        public void close() {
            producer.close();
            ring.close();
        }
    }

    private static final class ClaimFields extends Fields {

        private Claim claim;

        @Override
        public long getLong(int index) {
            return claim.getLong(index);
        }

        @Override
        public void setLong(int index, long value) {
            claim.setLong(index, value);
        }
    }

    private static final class MessageFields extends Fields {

        private Message message;

        @Override
        public long getLong(int index) {
            return message.getLong(index);
        }

        @Override
        public void setLong(int index, long value) {
            message.setLong(index, value);
        }
    }

    /** Hands Sluice's messages on to the benchmark's reader. */
    private static final class Adapter implements MessageHandler {

        private final MessageFields fields = new MessageFields();
        private MessageReader reader;

        @Override
        public void onMessage(Message message) {
            fields.message = message;
            reader.onMessage(fields, message.length());
        }
    }

    private static final class PollReceiver extends Receiver {

        private final Ring ring;
        private final RingConsumer consumer;
        private final Adapter adapter = new Adapter();

        PollReceiver(Ring ring) {
            this.ring = ring;
            this.consumer = ring.consumer();
        }

        @Override
        public int receive(MessageReader reader, int limit) {
            adapter.reader = reader;
            return orThrow(consumer.poll(adapter, limit));
        }

        @Override
        public void close() {
            consumer.close();
            ring.close();
        }
    }

    private static final class TakeReceiver extends Receiver {

        private final Ring ring;
        private final RingConsumer consumer;
        private final Adapter adapter = new Adapter();

        TakeReceiver(Ring ring) {
            this.ring = ring;
            this.consumer = ring.consumer();
        }

        @Override
        public int receive(MessageReader reader, int limit) throws InterruptedException {
            adapter.reader = reader;
            return orThrow(consumer.take(adapter, limit, LONG));
        }

        @Override
        public void close() {
            consumer.close();
            ring.close();
        }
    }

    private static int orThrow(int polled) {
        if (polled < 0) {
            throw new IllegalStateException("the ring ended with " + polled + " before the last message");
        }
        return polled;
    }
}
