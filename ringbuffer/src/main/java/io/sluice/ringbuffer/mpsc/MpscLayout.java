package io.sluice.ringbuffer.mpsc;

import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.ringbuffer.lane.LaneLayout;

/**
 * Memory map of an MPSC ring; offsets in bytes from the start of the region.
 * <pre>
 *      0  header          {@link RegionHeaderLayout}
 *  BODY   CONSUMER  long  lease of the consumer's role                   written on joining, leaving
 *     +8  DATA      int   wake word of the consumer                      written by sleepers and wakers only
 *    +16  JOINS     long  producers that ever joined                     added to by producers that join
 *   +128  TICKETS   long  tickets ever drawn, in total order only        added to by producers, with each publication
 *   +256  LANES           {@link LaneLayout}, one for each place for a producer
 * </pre>
 *
 * <p>TICKETS has a pair of cache lines of its own, and the consumer never looks at it.
 *
 * <p>All zero is an empty ring.
 */
final class MpscLayout {

    static final long CONSUMER = RegionHeaderLayout.BODY;
    static final long DATA = RegionHeaderLayout.BODY + 8;
    static final long JOINS = RegionHeaderLayout.BODY + 16;
    static final long TICKETS = RegionHeaderLayout.BODY + 128;
    static final long LANES = RegionHeaderLayout.BODY + 256;

    /** Flag in the ring's geometry: total order. */
    static final long FLAG_TOTAL_ORDER = 2;

    private MpscLayout() {}

    /** Offset of a lane. */
    static long lane(int index, long capacity) {
        return LANES + index * LaneLayout.bytes(capacity);
    }

    /** Bytes behind the region's header. */
    static long bodyBytes(int lanes, long capacity) {
        return lane(lanes, capacity) - RegionHeaderLayout.BODY;
    }
}
