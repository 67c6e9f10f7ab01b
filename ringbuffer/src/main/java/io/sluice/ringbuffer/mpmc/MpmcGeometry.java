package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.ringbuffer.attach.RingGeometry;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.role.Places;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.stream.IntStream;

/**
 * The numbers that make a ring's {@link MpmcLayout} definite.
 *
 * @param maxProducers how many lanes
 * @param maxConsumers how many consumers, with twice as many slots
 * @param capacity bytes of each lane's record area
 * @param format of the records
 */
record MpmcGeometry(int maxProducers, int maxConsumers, long capacity, RecordFormat format) {

    static MpmcGeometry of(RingGeometry geometry) {
        return new MpmcGeometry(
                geometry.maxProducers(),
                geometry.maxConsumers(),
                geometry.capacity(),
                RecordFormat.of(geometry.isChecksummed()));
    }

    int slots() {
        return MpmcLayout.slots(maxConsumers);
    }

    long slotsAt() {
        return MpmcLayout.slot(maxConsumers, 0);
    }

    long laneAt(int index) {
        return MpmcLayout.lane(maxConsumers, capacity, index);
    }

    Lane lane(RegionMemory memory, int index) {
        return new Lane(memory, laneAt(index), capacity, format, index);
    }

    Places producers(RegionMemory memory) {
        return new Places(IntStream.range(0, maxProducers)
                .mapToObj(lane -> new RoleLease(memory, laneAt(lane) + LaneLayout.PRODUCER, "producer"))
                .toList());
    }

    Places consumers(RegionMemory memory) {
        return new Places(IntStream.range(0, maxConsumers)
                .mapToObj(place -> new RoleLease(memory, MpmcLayout.consumer(place), "consumer"))
                .toList());
    }

    long bodyBytes() {
        return MpmcLayout.bodyBytes(maxProducers, maxConsumers, capacity);
    }
}
