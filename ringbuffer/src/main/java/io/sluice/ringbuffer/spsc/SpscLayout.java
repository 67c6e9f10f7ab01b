package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.record.Records;
import io.sluice.ringbuffer.role.RoleLease;

/**
 * Memory map of an SPSC ring; offsets in bytes from the start of the region. It is one lane, {@link LaneLayout}, whose
 * free words hold what the consumer has for itself.
 * <pre>
 *      0  header          {@link RegionHeaderLayout}
 *  BODY                   the lane
 *   +264  CONSUMER  long  lease of the consumer's role   written on joining, leaving
 *   +272  DATA      int   wake word of the consumer      written by sleepers and wakers only
 * </pre>
 *
 * <p>All zero is an empty ring.
 */
final class SpscLayout {

    static final long LANE = RegionHeaderLayout.BODY;
    static final long TAIL = LANE + LaneLayout.TAIL;
    static final long MAIL_OF = LANE + LaneLayout.MAIL_OF;
    static final long MAIL_HEADER = LANE + LaneLayout.MAIL_HEADER;
    static final long HEAD = LANE + LaneLayout.HEAD;
    static final long PRODUCER = LANE + LaneLayout.PRODUCER;
    static final long CONSUMER = LANE + 264;
    static final long DATA = LANE + 272;
    static final long SPACE = LANE + LaneLayout.SPACE;
    static final long MAIL_WANTED = LANE + LaneLayout.MAIL_WANTED;
    static final long RECORDS = LANE + LaneLayout.RECORDS;

    private SpscLayout() {}

    /** Bytes behind the region's header for a ring of {@code capacity}. */
    static long bodyBytes(long capacity) {
        return RECORDS - LANE + capacity + Records.SLACK;
    }

    /** The ring's only lane. */
    static Lane lane(RegionMemory memory, long capacity, boolean checksummed) {
        return new Lane(memory, LANE, capacity, RecordFormat.of(checksummed), Lane.ONLY);
    }

    /** The lease of the producer's role. */
    static RoleLease producer(RegionMemory memory) {
        return new RoleLease(memory, PRODUCER, "producer");
    }

    /** The lease of the consumer's role. */
    static RoleLease consumer(RegionMemory memory) {
        return new RoleLease(memory, CONSUMER, "consumer");
    }
}
