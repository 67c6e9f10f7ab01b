package io.sluice.ringbuffer.broadcast;

import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.SimulatedRing;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.record.RecordFormat;

/** A broadcast ring of processes that exist only in a test. */
final class BroadcastTestRing extends SimulatedRing<LaneProducer, LaneConsumer> {

    private final BroadcastGeometry geometry;

    private BroadcastTestRing(BroadcastGeometry geometry, WaitStrategy strategy, boolean mapped) {
        super(geometry.capacity(), geometry.bodyBytes(), new BroadcastRoles(geometry, strategy), mapped);
        this.geometry = geometry;
    }

    static BroadcastTestRing onHeap(int places, long capacity, boolean checksum, WaitStrategy strategy) {
        return new BroadcastTestRing(
                new BroadcastGeometry(places, capacity, false, RecordFormat.of(checksum)), strategy, false);
    }

    static BroadcastTestRing mapped(int places, long capacity, boolean checksum, WaitStrategy strategy) {
        return new BroadcastTestRing(
                new BroadcastGeometry(places, capacity, false, RecordFormat.of(checksum)), strategy, true);
    }

    static BroadcastTestRing lossy(int places, long capacity, boolean checksum, WaitStrategy strategy, boolean mapped) {
        return new BroadcastTestRing(
                new BroadcastGeometry(places, capacity, true, RecordFormat.of(checksum)), strategy, mapped);
    }

    BroadcastGeometry geometry() {
        return geometry;
    }
}
