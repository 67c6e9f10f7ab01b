package io.sluice.benchmarks.transport;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.queue.QueueSpec;
import io.sluice.ringbuffer.queue.SharedBlockingQueue;
import java.util.Set;

/** {@link SharedBlockingQueue} as whoever comes from {@code ArrayBlockingQueue} uses it: one array per put and take. */
final class SluiceQueue implements Transport {

    private final RingKind kind;
    private final Mode mode;

    SluiceQueue(RingKind kind, Mode mode) {
        this.kind = kind;
        this.mode = mode;
    }

    @Override
    public Label label() {
        return new Label(
                "sluice-queue" + (kind == RingKind.SPSC ? "" : "-mpmc") + (mode == Mode.BLOCK ? "-block" : ""),
                "SharedBlockingQueue<byte[]> over " + kind + ", put and take, "
                        + (mode == Mode.BLOCK ? "block on a futex" : "back off (the default)")
                        + ", a fresh byte[] per message at both ends",
                mode,
                mode == Mode.BLOCK ? Measure.OF_BLOCKING : Set.of(Measure.THROUGHPUT));
    }

    @Override
    public boolean connects(Shape shape) {
        return kind == RingKind.MPMC || shape.equals(Shape.PAIR);
    }

    private QueueSpec<byte[]> spec(Channel channel) {
        RingSpec ring = RingSpec.of(kind, channel.name(), channel.capacity())
                .withAddress(RegionAddress.of(channel.directory(), channel.name()));
        return QueueSpec.of(mode == Mode.BLOCK ? ring.withWaitStrategy(WaitStrategy.block()) : ring, Codecs.bytes());
    }

    @Override
    public Setup create(Channel channel) {
        SharedBlockingQueue.create(spec(channel)).close();
        return Setup.NOTHING;
    }

    @Override
    public Sender openSender(Channel channel) {
        SharedBlockingQueue<byte[]> queue = SharedBlockingQueue.open(spec(channel));
        return ArrayEnds.sender(queue, queue::close);
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        SharedBlockingQueue<byte[]> queue = SharedBlockingQueue.open(spec(channel));
        return ArrayEnds.receiver(queue, queue::close);
    }
}
