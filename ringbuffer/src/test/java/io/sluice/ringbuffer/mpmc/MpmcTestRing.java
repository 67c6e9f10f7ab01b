package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.SimulatedRing;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.record.RecordFormat;

/** An MPMC ring of processes that exist only in a test. */
final class MpmcTestRing extends SimulatedRing<LaneProducer, MpmcConsumer> {

    private final MpmcGeometry geometry;

    private MpmcTestRing(MpmcGeometry geometry, WaitStrategy strategy, boolean mapped) {
        super(geometry.capacity(), geometry.bodyBytes(), new MpmcRoles(geometry, strategy), mapped);
        this.geometry = geometry;
    }

    static MpmcTestRing onHeap(int producers, int consumers, long capacity, boolean checksum, WaitStrategy strategy) {
        return new MpmcTestRing(geometry(producers, consumers, capacity, checksum), strategy, false);
    }

    static MpmcTestRing mapped(int producers, int consumers, long capacity, boolean checksum, WaitStrategy strategy) {
        return new MpmcTestRing(geometry(producers, consumers, capacity, checksum), strategy, true);
    }

    private static MpmcGeometry geometry(int producers, int consumers, long capacity, boolean checksum) {
        return new MpmcGeometry(producers, consumers, capacity, RecordFormat.of(checksum));
    }

    MpmcGeometry geometry() {
        return geometry;
    }

    /** The slots as a new process sees them. */
    Slots slots() {
        return new Slots(newProcess(), geometry);
    }

    /** Lets {@code lane} go on at {@code position} instead of at 0. Before anybody joins. */
    void startAt(int lane, long position) {
        RegionMemory memory = newProcess();
        memory.setLong(geometry.laneAt(lane), position);
        memory.setLong(geometry.laneAt(lane) + MpmcLayout.TAKEN, TakenWord.of(position, 0));
    }
}
