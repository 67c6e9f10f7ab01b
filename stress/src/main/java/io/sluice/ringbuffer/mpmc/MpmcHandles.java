package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;

/**
 * Opens production's MPMC handles on any {@link RegionMemory}, without a region around it: for checks that model the
 * memory. In this package because the handles are hidden in it.
 */
public final class MpmcHandles {

    /** Places for producers, and for consumers, of the rings here. */
    public static final int PLACES = 3;

    /** Slots of the rings here. */
    public static final int SLOTS = MpmcLayout.slots(PLACES);

    /** Offset of the wake word of the consumers. */
    public static final long DATA = MpmcLayout.DATA;

    /** Offset of the number of ranges that were left without an owner. */
    public static final long RETURNED = MpmcLayout.RETURNED;

    private MpmcHandles() {}

    private static MpmcGeometry geometry(long capacity) {
        return new MpmcGeometry(PLACES, PLACES, capacity, RecordFormat.PLAIN);
    }

    /** Bytes of memory for a ring of {@code capacity}, which may be smaller than a real one's. */
    public static long memoryBytes(long capacity) {
        return RegionHeaderLayout.BODY + geometry(capacity).bodyBytes();
    }

    /** Offset of what a slot is used for. */
    public static long state(int slot) {
        return slot(slot, MpmcLayout.STATE);
    }

    /** Offset of the end of what a slot holds. */
    public static long to(int slot) {
        return slot(slot, MpmcLayout.TO);
    }

    /** Offset of a slot's owner. */
    public static long owner(int slot) {
        return slot(slot, MpmcLayout.OWNER);
    }

    /** Offset of the first byte that a slot's owner has not acknowledged. */
    public static long current(int slot) {
        return slot(slot, MpmcLayout.CURRENT);
    }

    /** Offset of the deliveries that were begun of the message there. */
    public static long attempt(int slot) {
        return slot(slot, MpmcLayout.ATTEMPT);
    }

    private static long slot(int slot, long field) {
        return MpmcLayout.slot(PLACES, slot) + field;
    }

    /** Offset of a lane's TAIL. */
    public static long tail(long capacity, int lane) {
        return geometry(capacity).laneAt(lane) + LaneLayout.TAIL;
    }

    /** Offset of a lane's TAKEN. */
    public static long taken(long capacity, int lane) {
        return geometry(capacity).laneAt(lane) + MpmcLayout.TAKEN;
    }

    /** Whether a state is that of a range that is wanted and not known to be held. */
    public static boolean isIntent(long state) {
        return SlotState.kind(state) == SlotState.INTENT;
    }

    /** What ATTEMPT says of a message that nobody was given yet. */
    public static long unbegun(long position) {
        return Attempt.of(position, 0);
    }

    /** Joins as a producer. */
    public static RingProducer producer(RegionMemory memory, long capacity, WaitStrategy strategy) {
        return new MpmcRoles(geometry(capacity), strategy).producer(memory);
    }

    /** Joins as a consumer. */
    public static RingConsumer consumer(RegionMemory memory, long capacity, WaitStrategy strategy) {
        return new MpmcRoles(geometry(capacity), strategy).consumer(memory);
    }
}
