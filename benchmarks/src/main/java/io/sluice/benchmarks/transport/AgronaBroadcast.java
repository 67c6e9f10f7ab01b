package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.util.Set;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;
import org.agrona.concurrent.broadcast.RecordDescriptor;

/**
 * Agrona's broadcast buffer over a mapped file. By itself it loses messages of a receiver that falls behind; where it
 * is to do what the others do, each receiver publishes how far it has come, once per receiving call, and the
 * transmitter looks at that when it has sent half of the buffer since it last looked. Receivers read in place, which is
 * safe because of that.
 */
final class AgronaBroadcast implements Transport {

    private static final int TYPE = 1;
    private static final int CREDIT_BYTES = 128;

    private final boolean lossy;

    AgronaBroadcast(boolean lossy) {
        this.lossy = lossy;
    }

    @Override
    public Label label() {
        return new Label(
                lossy ? "agrona-broadcast-lossy" : "agrona-broadcast",
                "one transmit per message, both sides spin, bounds checks on as shipped, "
                        + (lossy
                                ? "as it is: the transmitter overwrites, receivers copy before they read"
                                : "made lossless by a credit word for each receiver"),
                Mode.SPIN,
                lossy ? Set.of(Measure.THROUGHPUT, Measure.ROUND_TRIP) : Measure.OF_SPINNING);
    }

    @Override
    public boolean loses() {
        return lossy;
    }

    @Override
    public boolean connects(Shape shape) {
        return shape.producers() == 1;
    }

    @Override
    public boolean broadcasts() {
        return true;
    }

    @Override
    public long longest(long capacity) {
        return capacity / 8;
    }

    private static int bufferLength(Channel channel) {
        return Math.toIntExact(channel.capacity() + BroadcastBufferDescriptor.TRAILER_LENGTH);
    }

    private static long recordLength(int length) {
        return BitUtil.align(length + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.RECORD_ALIGNMENT);
    }

    @Override
    public Setup create(Channel channel) throws IOException {
        MappedFiles.create(
                channel.path(),
                bufferLength(channel) + (long) CREDIT_BYTES * channel.shape().consumers());
        return Setup.NOTHING;
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        return new TransmitSender(channel, lossy, MappedFiles.map(channel.path()));
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        MappedByteBuffer mapped = MappedFiles.map(channel.path());
        return lossy ? new CopyingReceiver(channel, mapped) : new InPlaceReceiver(channel, mapped);
    }

    private static final class TransmitSender extends CopyingSender {

        private final MappedByteBuffer mapped;
        private final BroadcastTransmitter transmitter;
        private final UnsafeBuffer credits;
        private final int consumers;
        private final long window;
        private final UnsafeBuffer source;
        private long sent;
        private long allowed;

        TransmitSender(Channel channel, boolean lossy, MappedByteBuffer mapped) {
            super(channel.longest());
            this.mapped = mapped;
            UnsafeBuffer all = new UnsafeBuffer(mapped);
            this.transmitter = new BroadcastTransmitter(new UnsafeBuffer(all, 0, bufferLength(channel)));
            this.consumers = channel.shape().consumers();
            this.credits = new UnsafeBuffer(all, bufferLength(channel), CREDIT_BYTES * consumers);
            // The other half is room for the padding at the buffer's end.
            this.window = channel.capacity() / 2;
            this.allowed = lossy ? Long.MAX_VALUE : window;
            this.source = wrapped();
        }

        @Override
        public void end() {
            sent += recordLength(length);
            while (sent > allowed) {
                allowed = slowest() + window;
                if (sent > allowed) {
                    Thread.onSpinWait();
                }
            }
            transmitter.transmit(TYPE, source, 0, length);
        }

        private long slowest() {
            long slowest = Long.MAX_VALUE;
            for (int consumer = 0; consumer < consumers; consumer++) {
                slowest = Math.min(slowest, credits.getLongVolatile(consumer * CREDIT_BYTES));
            }
            return slowest;
        }

        @Override
        public void close() {
            IoUtil.unmap(mapped);
        }
    }

    private static final class InPlaceReceiver extends Receiver {

        private final MappedByteBuffer mapped;
        private final BroadcastReceiver receiver;
        private final UnsafeBuffer credit;
        private final AgronaFields fields = new AgronaFields();
        private long received;

        InPlaceReceiver(Channel channel, MappedByteBuffer mapped) {
            this.mapped = mapped;
            UnsafeBuffer all = new UnsafeBuffer(mapped);
            this.receiver = new BroadcastReceiver(new UnsafeBuffer(all, 0, bufferLength(channel)));
            this.credit = new UnsafeBuffer(all, bufferLength(channel) + CREDIT_BYTES * channel.party(), CREDIT_BYTES);
            fields.buffer = receiver.buffer();
        }

        @Override
        public int receive(MessageReader reader, int limit) {
            int count = 0;
            while (count < limit && receiver.receiveNext()) {
                fields.offset = receiver.offset();
                int length = receiver.length();
                reader.onMessage(fields, length);
                if (!receiver.validate()) {
                    throw new IllegalStateException("overrun by the transmitter despite its credit");
                }
                received += recordLength(length);
                count++;
            }
            if (count > 0) {
                credit.putLongOrdered(0, received);
            }
            return count;
        }

        @Override
        public void close() {
            IoUtil.unmap(mapped);
        }
    }

    /** What was overwritten while it was copied does not count; Agrona's CopyBroadcastReceiver does the same. */
    private static final class CopyingReceiver extends Receiver {

        private final MappedByteBuffer mapped;
        private final BroadcastReceiver receiver;
        private final byte[] bytes;
        private final Fields fields;

        CopyingReceiver(Channel channel, MappedByteBuffer mapped) {
            this.mapped = mapped;
            this.receiver = new BroadcastReceiver(new UnsafeBuffer(new UnsafeBuffer(mapped), 0, bufferLength(channel)));
            this.bytes = new byte[channel.longest()];
            this.fields = new ArrayFields(bytes);
        }

        @Override
        public int receive(MessageReader reader, int limit) {
            int count = 0;
            while (count < limit && receiver.receiveNext()) {
                int length = receiver.length();
                boolean fits = length >= 0 && length <= bytes.length;
                if (fits) {
                    receiver.buffer().getBytes(receiver.offset(), bytes, 0, length);
                }
                if (receiver.validate()) {
                    if (!fits) {
                        throw new IllegalStateException("a message of " + length + " bytes");
                    }
                    reader.onMessage(fields, length);
                    count++;
                }
            }
            return count;
        }

        @Override
        public void close() {
            IoUtil.unmap(mapped);
        }
    }
}
