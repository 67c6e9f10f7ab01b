package io.sluice.ringbuffer.broadcast;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;

/**
 * Opens production's broadcast handles on any {@link RegionMemory}, without a region around it: for checks that model
 * the memory. In this package because the handles are hidden in it.
 *
 * @param places for consumers
 * @param capacity bytes of the ring, which may be smaller than a real one's
 * @param lossy whether the producer overwrites what was not read
 */
public record BroadcastHandles(int places, long capacity, boolean lossy) {

    /** A lossless ring. */
    public BroadcastHandles(int places, long capacity) {
        this(places, capacity, false);
    }

    /** Offset of the producer's lease. */
    public static final long PRODUCER = BroadcastLayout.PRODUCER;

    /** Offset of the consumers' wake word. */
    public static final long DATA = BroadcastLayout.DATA;

    private BroadcastGeometry geometry() {
        return new BroadcastGeometry(places, capacity, lossy, RecordFormat.PLAIN);
    }

    /** Bytes of memory that the ring takes. */
    public long memoryBytes() {
        return RegionHeaderLayout.BODY + geometry().bodyBytes();
    }

    /** Offset of the position that the producer publishes. */
    public long tail() {
        return geometry().laneAt(LaneLayout.TAIL);
    }

    /** Offset of the producer's wake word. */
    public long space() {
        return geometry().laneAt(LaneLayout.SPACE);
    }

    /** Offset of how far the producer of a lossy ring may overwrite. */
    public long gone() {
        return geometry().laneAt(BroadcastLayout.GONE);
    }

    /** Offset of the older place where a consumer of a lossy ring may go on. */
    public long older() {
        return geometry().laneAt(BroadcastLayout.OLDER);
    }

    /** Offset of the newer one. */
    public long newer() {
        return geometry().laneAt(BroadcastLayout.NEWER);
    }

    /** Offset of the first record. */
    public long records() {
        return geometry().laneAt(LaneLayout.RECORDS);
    }

    /** Offset of the position that a consumer has handled. */
    public static long position(int place) {
        return BroadcastLayout.cursor(place, BroadcastLayout.POSITION);
    }

    /** Offset of a consumer's lease. */
    public static long lease(int place) {
        return BroadcastLayout.cursor(place, BroadcastLayout.LEASE);
    }

    /** Joins as the producer. */
    public RingProducer producer(RegionMemory memory, WaitStrategy strategy) {
        return new BroadcastRoles(geometry(), strategy).producer(memory);
    }

    /** Joins as a consumer. */
    public RingConsumer consumer(RegionMemory memory, WaitStrategy strategy) {
        return new BroadcastRoles(geometry(), strategy).consumer(memory);
    }
}
