package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;

/**
 * Opens production's MPSC handles on any {@link RegionMemory}, without a region around it: for checks that model the
 * memory. In this package because the handles are hidden in it.
 *
 * @param lanes places for producers
 * @param capacity bytes of each lane, which may be smaller than a real one's
 * @param total whether the ring is in total order
 */
public record MpscHandles(int lanes, long capacity, boolean total) {

    /** Offset of the consumer's lease. */
    public static final long CONSUMER = MpscLayout.CONSUMER;

    /** Offset of the consumer's wake word. */
    public static final long DATA = MpscLayout.DATA;

    /** Offset of the number of producers that ever joined. */
    public static final long JOINS = MpscLayout.JOINS;

    /** Offset of the number of tickets that were drawn. */
    public static final long TICKETS = MpscLayout.TICKETS;

    private MpscGeometry geometry() {
        return new MpscGeometry(lanes, capacity, new RecordFormat(false, total));
    }

    /** Bytes of memory that the ring takes. */
    public long memoryBytes() {
        return RegionHeaderLayout.BODY + geometry().bodyBytes();
    }

    /** Offset of the position that a lane's producer publishes. */
    public long tail(int lane) {
        return geometry().at(lane, LaneLayout.TAIL);
    }

    /** Offset of the position of a lane that the consumer acknowledges. */
    public long head(int lane) {
        return geometry().at(lane, LaneLayout.HEAD);
    }

    /** Offset of the lease of a lane's producer. */
    public long producerOf(int lane) {
        return geometry().at(lane, LaneLayout.PRODUCER);
    }

    /** Offset of the wake word of a lane's producer. */
    public long space(int lane) {
        return geometry().at(lane, LaneLayout.SPACE);
    }

    /** Offset of the first record of a lane. */
    public long records(int lane) {
        return geometry().at(lane, LaneLayout.RECORDS);
    }

    /** Joins as a producer. */
    public RingProducer producer(RegionMemory memory, WaitStrategy strategy) {
        return new MpscRoles(geometry(), strategy).producer(memory);
    }

    /** Joins as the consumer. */
    public RingConsumer consumer(RegionMemory memory, WaitStrategy strategy) {
        return new MpscRoles(geometry(), strategy).consumer(memory);
    }
}
