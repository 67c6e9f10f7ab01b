package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.agrona.IoUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's {@link OneToOneRingBuffer} over a mapped file; both sides spin, as that ring knows no other way. */
final class AgronaOneToOne implements Transport {

    private static final int TYPE = 1;

    private final String name;
    private final boolean claims;
    private final boolean checks;

    AgronaOneToOne(String name, boolean claims, boolean checks) {
        this.name = name;
        this.claims = claims;
        this.checks = checks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return (claims ? "one tryClaim+commit per message" : "one write per message")
                + ", both sides spin, bounds checks "
                + (checks ? "on as shipped" : "switched off");
    }

    @Override
    public Set<Measure> measures() {
        return claims || !checks ? Set.of(Measure.THROUGHPUT) : Set.of(Measure.THROUGHPUT, Measure.ROUND_TRIP);
    }

    @Override
    public List<String> jvmFlags() {
        return checks ? List.of() : List.of("-Dagrona.disable.bounds.checks=true");
    }

    private static long fileLength(Channel channel) {
        return channel.capacity() + RingBufferDescriptor.TRAILER_LENGTH;
    }

    @Override
    public void create(Channel channel) throws IOException {
        Files.write(channel.path(), new byte[Math.toIntExact(fileLength(channel))]);
    }

    private static MappedByteBuffer map(Channel channel) throws IOException {
        try (FileChannel file = FileChannel.open(channel.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, fileLength(channel));
        }
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        MappedByteBuffer mapped = map(channel);
        return claims ? new ClaimSender(mapped) : new WriteSender(mapped, channel.longest());
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        return new ReadReceiver(map(channel));
    }

    private static OneToOneRingBuffer ring(MappedByteBuffer mapped) {
        return new OneToOneRingBuffer(new UnsafeBuffer(mapped));
    }

    /** Copies from the application's bytes. */
    private static final class WriteSender extends Sender {

        private final MappedByteBuffer mapped;
        private final OneToOneRingBuffer ring;
        private final UnsafeBuffer source;
        private final Fields fields;
        private int length;

        WriteSender(MappedByteBuffer mapped, int longest) {
            this.mapped = mapped;
            this.ring = ring(mapped);
            byte[] bytes = new byte[longest];
            this.source = new UnsafeBuffer(bytes);
            this.fields = new ArrayFields(bytes);
        }

        @Override
        public Fields begin(int newLength) {
            length = newLength;
            return fields;
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
        private final OneToOneRingBuffer ring;
        private final BufferFields fields = new BufferFields();

        ClaimSender(MappedByteBuffer mapped) {
            this.mapped = mapped;
            this.ring = ring(mapped);
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

    private static final class BufferFields extends Fields {

        private MutableDirectBuffer buffer;
        private int offset;

        @Override
        public long getLong(int index) {
            return buffer.getLong(offset + index);
        }

        @Override
        public void setLong(int index, long value) {
            buffer.putLong(offset + index, value);
        }
    }

    private static final class ReadReceiver extends Receiver implements MessageHandler {

        private final MappedByteBuffer mapped;
        private final OneToOneRingBuffer ring;
        private final BufferFields fields = new BufferFields();
        private MessageReader reader;

        ReadReceiver(MappedByteBuffer mapped) {
            this.mapped = mapped;
            this.ring = ring(mapped);
        }

        @Override
        public void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
            fields.buffer = buffer;
            fields.offset = index;
            reader.onMessage(fields, length);
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
