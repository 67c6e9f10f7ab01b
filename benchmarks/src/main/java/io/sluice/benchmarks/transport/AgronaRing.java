package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.util.List;
import java.util.Set;
import org.agrona.IoUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Agrona's {@link OneToOneRingBuffer} or {@link ManyToOneRingBuffer} over a mapped file; both sides spin, as those
 * rings know no other way.
 */
final class AgronaRing implements Transport {

    private static final int TYPE = 1;

    private final String name;
    private final boolean manyProducers;
    private final boolean claims;
    private final boolean checks;

    AgronaRing(String name, boolean manyProducers, boolean claims, boolean checks) {
        this.name = name;
        this.manyProducers = manyProducers;
        this.claims = claims;
        this.checks = checks;
    }

    @Override
    public Label label() {
        return new Label(
                name,
                (manyProducers ? "ManyToOneRingBuffer, " : "OneToOneRingBuffer, ")
                        + (claims ? "one tryClaim+commit per message" : "one write per message")
                        + ", both sides spin, bounds checks "
                        + (checks ? "on as shipped" : "switched off"),
                Mode.SPIN,
                claims || !checks ? Set.of(Measure.THROUGHPUT) : Measure.OF_SPINNING);
    }

    @Override
    public boolean connects(Shape shape) {
        return shape.consumers() == 1 && (manyProducers || shape.producers() == 1);
    }

    @Override
    public long longest(long capacity) {
        return capacity / 8;
    }

    @Override
    public List<String> jvmFlags() {
        return checks ? List.of() : List.of("-Dagrona.disable.bounds.checks=true");
    }

    private static long fileLength(Channel channel) {
        return channel.capacity() + RingBufferDescriptor.TRAILER_LENGTH;
    }

    @Override
    public Setup create(Channel channel) throws IOException {
        MappedFiles.create(channel.path(), fileLength(channel));
        return Setup.NOTHING;
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        MappedByteBuffer mapped = MappedFiles.map(channel.path());
        return claims
                ? new ClaimSender(mapped, ring(mapped))
                : new WriteSender(mapped, ring(mapped), channel.longest());
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        MappedByteBuffer mapped = MappedFiles.map(channel.path());
        return new ReadReceiver(mapped, ring(mapped));
    }

    // A process loads one of the two classes: calls through the interface bind to it.
    private RingBuffer ring(MappedByteBuffer mapped) {
        UnsafeBuffer buffer = new UnsafeBuffer(mapped);
        return manyProducers ? new ManyToOneRingBuffer(buffer) : new OneToOneRingBuffer(buffer);
    }

    /** Copies from the application's bytes. */
    private static final class WriteSender extends CopyingSender {

        private final MappedByteBuffer mapped;
        private final RingBuffer ring;
        private final UnsafeBuffer source;

        WriteSender(MappedByteBuffer mapped, RingBuffer ring, int longest) {
            super(longest);
            this.mapped = mapped;
            this.ring = ring;
            this.source = wrapped();
        }

        @Override
        public void end() {
            while (!ring.write(TYPE, source, 0, length)) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            IoUtil.unmap(mapped);
        }
    }

    /** Writes where the consumer will read. */
    private static final class ClaimSender extends Sender {

        private final MappedByteBuffer mapped;
        private final RingBuffer ring;
        private final AgronaFields fields = new AgronaFields();

        ClaimSender(MappedByteBuffer mapped, RingBuffer ring) {
            this.mapped = mapped;
            this.ring = ring;
        }

        @Override
        public Fields begin(int length) {
            int index = ring.tryClaim(TYPE, length);
            while (index < 0) {
                Thread.onSpinWait();
                index = ring.tryClaim(TYPE, length);
            }
            fields.buffer = ring.buffer();
            fields.offset = index;
            return fields;
        }

        @Override
        public void end() {
            ring.commit(fields.offset);
        }

        @Override
        public void close() {
            IoUtil.unmap(mapped);
        }
    }

    private static final class ReadReceiver extends Receiver implements MessageHandler {

        private final MappedByteBuffer mapped;
        private final RingBuffer ring;
        private final AgronaFields fields = new AgronaFields();
        private MessageReader reader;

        ReadReceiver(MappedByteBuffer mapped, RingBuffer ring) {
            this.mapped = mapped;
            this.ring = ring;
        }

        @Override
        public void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
            fields.show(reader, buffer, index, length);
        }

        @Override
        public int receive(MessageReader newReader, int limit) {
            reader = newReader;
            return ring.read(this, limit);
        }

        @Override
        public void close() {
            IoUtil.unmap(mapped);
        }
    }
}
