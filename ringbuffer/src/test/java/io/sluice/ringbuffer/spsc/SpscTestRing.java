package io.sluice.ringbuffer.spsc;

import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.SimulatedRing;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneProducer;

/** An SPSC ring of processes that exist only in a test. */
final class SpscTestRing extends SimulatedRing<LaneProducer, LaneConsumer> {

    private SpscTestRing(long capacity, boolean checksum, WaitStrategy strategy, boolean mapped) {
        super(capacity, SpscLayout.bodyBytes(capacity), new SpscRoles(capacity, checksum, strategy), mapped);
    }

    static SpscTestRing onHeap(long capacity, boolean checksum, WaitStrategy strategy) {
        return new SpscTestRing(capacity, checksum, strategy, false);
    }

    static SpscTestRing mapped(long capacity, boolean checksum, WaitStrategy strategy) {
        return new SpscTestRing(capacity, checksum, strategy, true);
    }
}
