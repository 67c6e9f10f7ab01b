package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.ringbuffer.lane.LaneLayout;

/** The positions of a ring's lanes, as any participant reads them. Any thread of any process; wait-free. */
final class Lanes {

    private final RegionMemory memory;
    private final MpmcGeometry geometry;
    private final long first;
    private final long stride;

    Lanes(RegionMemory memory, MpmcGeometry geometry) {
        this.memory = memory;
        this.geometry = geometry;
        this.first = geometry.laneAt(0);
        this.stride = LaneLayout.bytes(geometry.capacity());
    }

    int count() {
        return geometry.maxProducers();
    }

    /** Lanes that ever had a producer are numbered below this. */
    int used() {
        // acquire; pairs with Slots.raise by who joins: a message of a lane comes later.
        int used = memory.getIntAcquire(MpmcLayout.LANES_USED);
        return used < 0 || used > count() ? count() : used;
    }

    /** To be called before somebody becomes the producer of {@code lane}. */
    void raise(int lane) {
        Slots.raise(memory, MpmcLayout.LANES_USED, lane + 1);
    }

    private long at(int lane, long field) {
        return first + lane * stride + field;
    }

    /** acquire; pairs with the CAS of {@link LaneView#take}: what the takers said before is visible. */
    long taken(int lane) {
        return memory.getLongAcquire(at(lane, MpmcLayout.TAKEN));
    }

    /** acquire; pairs with LaneProducer.publish: records up to this position are complete. */
    long tail(int lane) {
        return memory.getLongAcquire(at(lane, LaneLayout.TAIL));
    }

    /** Whether something is published that nobody has taken. TAKEN first, so that TAIL is not behind it. */
    boolean hasUntaken(int lane) {
        long taken = taken(lane);
        return TakenWord.distance(taken, tail(lane)) != 0;
    }

    /** Bytes that are published and that nobody has taken. */
    long untakenBytes() {
        long bytes = 0;
        int used = used();
        for (int lane = 0; lane < used; lane++) {
            bytes += untakenBytes(lane);
        }
        return bytes;
    }

    /** The same of one lane. TAKEN first, so that TAIL is not behind it. */
    long untakenBytes(int lane) {
        long taken = taken(lane);
        return TakenWord.distance(taken, tail(lane));
    }

    /** Refuses a range that cannot be held by {@code slot}. */
    void checkRange(int lane, int slot, long current, long to) {
        long tail = tail(lane);
        long held = tail - current;
        if (((current | to) & 7) != 0
                || to - current < 0
                || Long.compareUnsigned(tail - to, held) > 0
                || Long.compareUnsigned(held, geometry.capacity()) > 0) {
            throw corrupt(
                    lane,
                    "range of slot " + slot,
                    current,
                    "multiples of 8 in order, up to TAIL " + tail + " and within one capacity behind it",
                    current + " to " + to);
        }
    }

    /** Refuses what cannot lie between what {@code slot} holds and {@code tail}. */
    void checkDistance(int lane, int slot, long distance, long tail) {
        if (Long.compareUnsigned(distance, geometry.capacity()) > 0 || (distance & 7) != 0) {
            throw corrupt(
                    lane,
                    "CURRENT of slot " + slot,
                    tail - distance,
                    "a multiple of 8 within one capacity behind " + tail,
                    Long.toString(tail - distance));
        }
    }

    CorruptRingException corruptTaken(int lane, long taken) {
        return corrupt(
                lane,
                "TAKEN",
                tail(lane),
                "a position within one capacity behind TAIL " + tail(lane) + ", and a slot",
                Long.toHexString(taken));
    }

    private CorruptRingException corrupt(int lane, String field, long position, String expected, String found) {
        return geometry.lane(memory, lane).corrupt(field, position, expected, found);
    }
}
