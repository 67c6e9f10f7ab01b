package io.sluice.benchmarks.transport;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.waiting.WaitStrategy;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * One of Sluice's rings: spinning, blocking or backing off, sending a copy of the application's bytes or filling a
 * claim in place.
 */
final class SluiceRing implements Transport {

    private static final Duration LONG = Duration.ofDays(1);

    /** How long a consumer sleeps before it looks whether all is over, where others may have got the last message. */
    private static final Duration LOOK_AROUND = Duration.ofMillis(20);

    private final RingKind kind;
    private final RingOrder order;
    private final Mode mode;
    private final boolean claims;
    private final boolean lossy;

    private SluiceRing(RingKind kind, RingOrder order, Mode mode, boolean claims, boolean lossy) {
        this.kind = kind;
        this.order = order;
        this.mode = mode;
        this.claims = claims;
        this.lossy = lossy;
    }

    /** A ring that is sent copies. */
    static SluiceRing of(RingKind kind, Mode mode) {
        return new SluiceRing(kind, RingOrder.PER_PRODUCER, mode, false, false);
    }

    /** An MPSC ring in total order. */
    static SluiceRing total(Mode mode) {
        return new SluiceRing(RingKind.MPSC, RingOrder.TOTAL, mode, false, false);
    }

    /** A ring whose messages are written in place. */
    static SluiceRing claiming(RingKind kind) {
        return new SluiceRing(kind, RingOrder.PER_PRODUCER, Mode.SPIN, true, false);
    }

    /** A broadcast ring whose producer waits for nobody. */
    static SluiceRing lossy() {
        return new SluiceRing(RingKind.BROADCAST, RingOrder.PER_PRODUCER, Mode.SPIN, false, true);
    }

    @Override
    public Label label() {
        return new Label(variantName(), how(), mode, sensible());
    }

    private String variantName() {
        String variant = kind.name().toLowerCase(Locale.ROOT)
                + (order == RingOrder.TOTAL ? "-total" : "")
                + (lossy ? "-lossy" : "");
        return "sluice-" + variant + (claims ? "-claim" : "") + (mode == Mode.SPIN ? "" : "-" + mode);
    }

    private String how() {
        String waits =
                switch (mode) {
                    case SPIN -> ", both sides spin";
                    case BLOCK -> ", put and take block on a futex";
                    case BACK_OFF -> ", put and take back off (the default)";
                };
        String lanes = kind == RingKind.MPSC || kind == RingKind.MPMC ? ", capacity for each producer" : "";
        return (claims ? "one claim+commit per message" : "one offer per message")
                + waits
                + lanes
                + (lossy ? ", the producer overwrites what was not read" : "");
    }

    private Set<Measure> sensible() {
        if (claims) {
            return Set.of(Measure.THROUGHPUT);
        }
        if (lossy) {
            return Set.of(Measure.THROUGHPUT, Measure.ROUND_TRIP);
        }
        return switch (mode) {
            case SPIN -> Set.of(Measure.THROUGHPUT, Measure.ROUND_TRIP, Measure.LOAD, Measure.ATTACH);
            case BLOCK -> Measure.OF_BLOCKING;
            case BACK_OFF -> Set.of(Measure.THROUGHPUT);
        };
    }

    @Override
    public boolean connects(Shape shape) {
        return switch (kind) {
            case SPSC -> shape.equals(Shape.PAIR);
            case MPSC -> shape.consumers() == 1;
            case MPMC -> true;
            case BROADCAST -> shape.producers() == 1;
        };
    }

    @Override
    public boolean broadcasts() {
        return kind == RingKind.BROADCAST;
    }

    @Override
    public boolean loses() {
        return lossy;
    }

    private RingSpec spec(Channel channel) {
        return RingSpec.of(kind, channel.name(), channel.capacity())
                .withOrder(order)
                .withLossy(lossy)
                .withAddress(RegionAddress.of(channel.directory(), channel.name()))
                .withWaitStrategy(
                        switch (mode) {
                            case SPIN -> WaitStrategy.spin();
                            case BLOCK -> WaitStrategy.block();
                            case BACK_OFF -> WaitStrategy.backOff();
                        });
    }

    private boolean waits() {
        return mode != Mode.SPIN;
    }

    @Override
    public Setup create(Channel channel) {
        Rings.create(spec(channel)).close();
        return Setup.NOTHING;
    }

    private Ring attach(Channel channel) {
        return Rings.open(spec(channel));
    }

    @Override
    public void attachAndDetach(Channel channel) {
        attach(channel).close();
    }

    @Override
    public Sender openSender(Channel channel) {
        Ring ring = attach(channel);
        return claims ? new ClaimSender(ring) : new OfferSender(ring, waits(), channel.longest());
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        Ring ring = attach(channel);
        return waits()
                ? new TakeReceiver(ring, channel.shape().consumers() == 1 ? LONG : LOOK_AROUND)
                : new PollReceiver(ring);
    }

    /** Copies from the application's bytes. */
    private static final class OfferSender extends CopyingSender {

        private final Ring ring;
        private final RingProducer producer;
        private final boolean blocks;

        OfferSender(Ring ring, boolean blocks, int longest) {
            super(longest);
            this.ring = ring;
            this.producer = ring.producer();
            this.blocks = blocks;
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
        private final ClaimFields fields = new ClaimFields();

        ClaimSender(Ring ring) {
            this.ring = ring;
            this.producer = ring.producer();
        }

        @Override
        public Fields begin(int length) {
            Claim claim = producer.claim(0, length);
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
        private final Duration patience;
        private final Adapter adapter = new Adapter();

        TakeReceiver(Ring ring, Duration patience) {
            this.ring = ring;
            this.consumer = ring.consumer();
            this.patience = patience;
        }

        @Override
        public int receive(MessageReader reader, int limit) throws InterruptedException {
            adapter.reader = reader;
            return orThrow(consumer.take(adapter, limit, patience));
        }

        @Override
        public void close() {
            consumer.close();
            ring.close();
        }
    }

    /**
     * A ring that its producers closed has nothing more, and after a loss there is something behind it; whether that
     * was all is found by counting.
     */
    private static int orThrow(int polled) {
        if (polled == RingConsumer.PEER_DEAD) {
            throw new IllegalStateException("a producer died before its last message");
        }
        return Math.max(polled, 0);
    }
}
