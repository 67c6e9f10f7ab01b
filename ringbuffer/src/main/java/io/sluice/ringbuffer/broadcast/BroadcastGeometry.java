package io.sluice.ringbuffer.broadcast;

import io.sluice.api.memory.RegionMemory;
import io.sluice.ringbuffer.attach.RingGeometry;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.role.Places;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.stream.IntStream;

/**
 * Where things are in a broadcast ring of this size.
 *
 * @param places for consumers
 * @param capacity bytes of the record area
 * @param lossy whether the producer overwrites what was not read
 * @param format of the records
 */
record BroadcastGeometry(int places, long capacity, boolean lossy, RecordFormat format) {

    /** Flag: the producer overwrites what was not read. */
    static final long LOSSY = 2;

    static BroadcastGeometry of(RingGeometry ring) {
        return new BroadcastGeometry(
                ring.maxConsumers(),
                ring.capacity(),
                (ring.flags() & LOSSY) != 0,
                RecordFormat.of(ring.isChecksummed()));
    }

    long bodyBytes() {
        return BroadcastLayout.bodyBytes(places, capacity);
    }

    /** Offset of {@code field} of the lane in the region. */
    long laneAt(long field) {
        return BroadcastLayout.lane(places) + field;
    }

    Lane lane(RegionMemory memory) {
        return new Lane(memory, laneAt(0), capacity, format, Lane.ONLY);
    }

    RoleLease producer(RegionMemory memory) {
        return new RoleLease(memory, BroadcastLayout.PRODUCER, "producer");
    }

    RoleLease consumer(RegionMemory memory, int place) {
        return new RoleLease(memory, BroadcastLayout.cursor(place, BroadcastLayout.LEASE), "consumer");
    }

    Places consumers(RegionMemory memory) {
        return new Places(IntStream.range(0, places)
                .mapToObj(place -> consumer(memory, place))
                .toList());
    }
}
