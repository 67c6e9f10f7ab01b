package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.PeerState;
import io.sluice.ringbuffer.lane.Gate;
import io.sluice.ringbuffer.role.Holders;
import io.sluice.ringbuffer.role.Presence;

/** A lane whose ranges are taken and acknowledged by any consumer, as its producer sees it. */
final class TakersGate implements Gate {

    private final Slots slots;
    private final int lane;
    private final Presence consumers;

    TakersGate(RegionMemory memory, MpmcGeometry geometry, int lane) {
        this.slots = new Slots(memory, geometry);
        this.lane = lane;
        this.consumers = new Holders(memory, geometry.consumers(memory), geometry::maxConsumers, MpmcLayout.JOINS);
    }

    @Override
    public long freed(long tail, long wanted) {
        return slots.freed(lane, tail);
    }

    /** Also takes their slots from the dead: what a producer waits for may be what they left behind. */
    @Override
    public PeerState readers() {
        slots.disownTheDead();
        return consumers.state();
    }
}
