package io.sluice.ringbuffer.mpsc;

import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.SimulatedRing;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.record.RecordFormat;

/** An MPSC ring of processes that exist only in a test. */
final class MpscTestRing extends SimulatedRing<LaneProducer, LaneConsumer> {

    private final MpscGeometry geometry;

    private MpscTestRing(MpscGeometry geometry, WaitStrategy strategy, boolean mapped) {
        super(geometry.capacity(), geometry.bodyBytes(), new MpscRoles(geometry, strategy), mapped);
        this.geometry = geometry;
    }

    static MpscTestRing onHeap(int lanes, long capacity, RecordFormat format, WaitStrategy strategy) {
        return new MpscTestRing(new MpscGeometry(lanes, capacity, format), strategy, false);
    }

    static MpscTestRing mapped(int lanes, long capacity, RecordFormat format, WaitStrategy strategy) {
        return new MpscTestRing(new MpscGeometry(lanes, capacity, format), strategy, true);
    }

    MpscGeometry geometry() {
        return geometry;
    }
}
