package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.record.Records;
import java.util.ArrayList;
import java.util.List;

/** An attached SPSC ring. */
final class SpscRing implements Ring {

    private final Region region;
    private final long capacity;
    private final boolean checksummed;
    private final WaitStrategy strategy;
    private final List<SpscProducer> producers = new ArrayList<>();
    private final List<SpscConsumer> consumers = new ArrayList<>();
    private boolean closed;

    private SpscRing(Region region, long capacity, boolean checksummed, WaitStrategy strategy) {
        this.region = region;
        this.capacity = capacity;
        this.checksummed = checksummed;
        this.strategy = strategy;
    }

    /** The region that a ring of {@code spec} needs. */
    static RegionSpec regionSpec(RingSpec spec) {
        if (spec.capacity() == 0) {
            throw new IllegalArgumentException(spec.address() + ": creating a ring needs a capacity");
        }
        return RegionSpec.of(
                RingKind.SPSC.regionKind(),
                SpscLayout.bodyBytes(spec.capacity()),
                spec.capacity(),
                spec.checksum() ? SpscLayout.FLAG_CHECKSUM : 0L);
    }

    /** The ring in {@code region}, which from now on belongs to it; detached again if it is not such a ring. */
    static SpscRing in(Region region, RingSpec spec) {
        try {
            long capacity = region.geometry().get(SpscLayout.GEOMETRY_CAPACITY);
            checkGeometry(region, spec, capacity);
            boolean checksummed = (region.geometry().get(SpscLayout.GEOMETRY_FLAGS) & SpscLayout.FLAG_CHECKSUM) != 0;
            SpscRing ring = new SpscRing(region, capacity, checksummed, spec.waitStrategy());
            region.onDetach(ring::abandon);
            return ring;
        } catch (RuntimeException e) {
            region.detach();
            throw e;
        }
    }

    private static void checkGeometry(Region region, RingSpec spec, long capacity) {
        if (capacity < RingSpec.MIN_CAPACITY || capacity > RingSpec.MAX_CAPACITY || Long.bitCount(capacity) != 1) {
            throw new RegionFormatException(
                    region.address().path(),
                    "capacity",
                    "a power of two from " + RingSpec.MIN_CAPACITY + " to " + RingSpec.MAX_CAPACITY,
                    capacity);
        }
        long flags = region.geometry().get(SpscLayout.GEOMETRY_FLAGS);
        if ((flags & ~SpscLayout.FLAG_CHECKSUM) != 0) {
            throw new RegionFormatException(
                    region.address().path(), "flags", "0 or " + SpscLayout.FLAG_CHECKSUM, flags);
        }
        if (spec.capacity() != 0 && spec.capacity() != capacity) {
            throw new RegionFormatException(region.address().path(), "capacity", spec.capacity(), capacity);
        }
        long bytes =
                RegionSpec.of(region.kind(), SpscLayout.bodyBytes(capacity)).fileBytes();
        if (region.sizeBytes() != bytes) {
            throw new RegionFormatException(
                    region.address().path(), "file size for capacity " + capacity, bytes, region.sizeBytes());
        }
    }

    @Override
    public RingKind kind() {
        return RingKind.SPSC;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public int maxMessageLength() {
        return Records.maxPayload(capacity);
    }

    @Override
    public Region region() {
        return region;
    }

    @Override
    public synchronized RingProducer producer() {
        checkOpen();
        SpscProducer producer = new SpscProducer(region.memory(), capacity, checksummed, strategy);
        producers.removeIf(SpscProducer::isReleased);
        producers.add(producer);
        return producer;
    }

    @Override
    public synchronized RingConsumer consumer() {
        checkOpen();
        SpscConsumer consumer = new SpscConsumer(region.memory(), capacity, checksummed, strategy);
        consumers.removeIf(SpscConsumer::isReleased);
        consumers.add(consumer);
        return consumer;
    }

    @Override
    public void close() {
        region.detach();
    }

    /**
     * Gives up the roles of all handles. The region cuts them off first, whichever thread uses them, so nobody who takes
     * a role over can meet a late store of ours.
     */
    private synchronized void abandon(RegionMemory control) {
        closed = true;
        producers.forEach(producer -> producer.abandon(control));
        consumers.forEach(consumer -> consumer.abandon(control));
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(region.address().toString());
        }
    }
}
