package io.sluice.ringbuffer.mpmc;

import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.ringbuffer.lane.LaneLayout;

/**
 * Memory map of an MPMC ring; offsets in bytes from the start of the region.
 * <pre>
 *      0  header            {@link RegionHeaderLayout}
 *  BODY   DATA        int   wake word of the consumers          written by sleepers and wakers
 *     +8  RETURNED    long  ranges ever left without an owner   added to by who returns or disowns one
 *    +16  LANES_USED  int   lanes that ever had a producer      raised by who joins
 *    +20  SLOTS_USED  int   slots that ever had an owner        raised by who takes one
 *    +24  JOINS       long  producers and consumers that ever joined   added to by who joins
 *   +128  CONSUMERS   long  each: lease of a consumer's role    written on joining, leaving
 *         SLOTS             256 bytes each
 *         LANES             {@link LaneLayout} each, with TAKEN where other rings have HEAD
 * </pre>
 *
 * <p>A slot is what a consumer holds a range of a lane in. Its two pairs of cache lines are for what others look at
 * while they take or look for room, and for what its owner writes with every message.
 * <pre>
 *     0  STATE     long  {@link SlotState}               owner; helpers from INTENT to HELD
 *    +8  TO        long  end of the range                owner
 *  +128  OWNER     long  token, 0 nobody, 1 set aside    CAS by who comes, leaves, disowns the dead
 *  +136  CURRENT   long  next byte not acknowledged      owner
 *  +144  ATTEMPT   long  {@link Attempt}                 owner
 * </pre>
 *
 * <p>All zero is an empty ring.
 */
final class MpmcLayout {

    static final long DATA = RegionHeaderLayout.BODY;
    static final long RETURNED = RegionHeaderLayout.BODY + 8;
    static final long LANES_USED = RegionHeaderLayout.BODY + 16;
    static final long SLOTS_USED = RegionHeaderLayout.BODY + 20;
    static final long JOINS = RegionHeaderLayout.BODY + 24;
    static final long CONSUMERS = RegionHeaderLayout.BODY + 128;

    static final long SLOT_BYTES = 256;
    static final long STATE = 0;
    static final long TO = 8;
    static final long OWNER = 128;
    static final long CURRENT = 136;
    static final long ATTEMPT = 144;

    /** Offset of TAKEN in a lane: {@link TakenWord}. */
    static final long TAKEN = LaneLayout.HEAD;

    private MpmcLayout() {}

    /**
     * How many slots there are: as many again as consumers, for ranges that wait for a new owner.
     */
    static int slots(int maxConsumers) {
        return 2 * maxConsumers;
    }

    /** Offset of a consumer's lease. */
    static long consumer(int index) {
        return CONSUMERS + (long) index * Long.BYTES;
    }

    /** Offset of a slot. */
    static long slot(int maxConsumers, int index) {
        return align(consumer(maxConsumers)) + index * SLOT_BYTES;
    }

    /** Offset of a lane. */
    static long lane(int maxConsumers, long capacity, int index) {
        return slot(maxConsumers, slots(maxConsumers)) + index * LaneLayout.bytes(capacity);
    }

    /** Bytes behind the region's header. */
    static long bodyBytes(int maxProducers, int maxConsumers, long capacity) {
        return lane(maxConsumers, capacity, maxProducers) - RegionHeaderLayout.BODY;
    }

    private static long align(long offset) {
        return (offset + LaneLayout.ALIGNMENT - 1) & -LaneLayout.ALIGNMENT;
    }
}
