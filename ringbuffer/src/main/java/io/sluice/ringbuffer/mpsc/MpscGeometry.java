package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.ringbuffer.attach.RingGeometry;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.role.Places;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.stream.IntStream;

/**
 * Where things are in an MPSC ring of this size.
 *
 * @param lanes places for producers
 * @param capacity bytes of the record area of each
 * @param format of the records; with tickets in total order
 */
record MpscGeometry(int lanes, long capacity, RecordFormat format) {

    static MpscGeometry of(RingGeometry ring) {
        boolean total = (ring.flags() & MpscLayout.FLAG_TOTAL_ORDER) != 0;
        return new MpscGeometry(ring.maxProducers(), ring.capacity(), new RecordFormat(ring.isChecksummed(), total));
    }

    long bodyBytes() {
        return MpscLayout.bodyBytes(lanes, capacity);
    }

    Lane lane(RegionMemory memory, int index) {
        return new Lane(memory, MpscLayout.lane(index, capacity), capacity, format, index);
    }

    /** Offset of {@code field} of a lane in the region. */
    long at(int index, long field) {
        return MpscLayout.lane(index, capacity) + field;
    }

    Places producers(RegionMemory memory) {
        return new Places(IntStream.range(0, lanes)
                .mapToObj(index -> new RoleLease(memory, at(index, LaneLayout.PRODUCER), "producer"))
                .toList());
    }

    RoleLease consumer(RegionMemory memory) {
        return new RoleLease(memory, MpscLayout.CONSUMER, "consumer");
    }
}
