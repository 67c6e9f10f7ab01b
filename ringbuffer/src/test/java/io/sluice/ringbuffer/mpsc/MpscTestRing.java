package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.SimulatedRing;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneLayout;
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

    /** Lets all lanes go on at {@code position} instead of at 0. Before anybody joins. */
    void startAt(long position) {
        RegionMemory memory = newProcess();
        for (int lane = 0; lane < geometry.lanes(); lane++) {
            memory.setLong(geometry.at(lane, LaneLayout.TAIL), position);
            memory.setLong(geometry.at(lane, LaneLayout.HEAD), position);
        }
    }

    MpscGeometry geometry() {
        return geometry;
    }
}
