package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.PeerState;
import io.sluice.ringbuffer.lane.Gate;
import io.sluice.ringbuffer.lane.Pace;
import io.sluice.ringbuffer.role.Holders;
import io.sluice.ringbuffer.role.Presence;
import java.util.function.LongConsumer;

/** A lane whose ranges are taken and acknowledged by any consumer, as its producer sees it. */
final class TakersGate implements Gate {

    /** So many pauses in a row, some tens of microseconds, and the processor is offered to others; see {@code Vain}. */
    private static final int PAUSES_PER_YIELD = 16;

    /** A refusal no more bytes than this behind the last one says that room comes message by message. */
    private static final long NEAR = 8192;

    private final RegionMemory memory;
    private final Slots slots;
    private final int lane;
    private final Presence consumers;

    private long refusedAt = Long.MIN_VALUE; // tail of the last refusal
    private int pauses;

    TakersGate(RegionMemory memory, MpmcGeometry geometry, int lane) {
        this.memory = memory;
        this.slots = new Slots(memory, geometry);
        this.lane = lane;
        this.consumers = new Holders(memory, geometry.consumers(memory), geometry::maxConsumers, MpmcLayout.JOINS);
    }

    @Override
    public long freed(long tail, long wanted) {
        return slots.freed(lane, tail);
    }

    /**
     * Pauses for about 2 microseconds where refusals follow one another closely. Consumers store CURRENT with each
     * message; a producer that looks on and on gets room for one message at a time, and each look takes the line
     * away from them.
     */
    @Override
    public void refused(long tail) {
        boolean near = tail - refusedAt <= NEAR && refusedAt != Long.MIN_VALUE;
        if (tail != refusedAt) {
            refusedAt = tail;
            pauses = 0;
        }
        if (!near) {
            return;
        }
        Pace.letTheConsumersGetAhead();
        if (++pauses % PAUSES_PER_YIELD == 0) {
            memory.yieldHint();
        }
    }

    /** Also takes their slots from the dead: what a producer waits for may be what they left behind. */
    @Override
    public PeerState readers() {
        slots.disownTheDead();
        return consumers.state();
    }

    @Override
    public void forEachReader(LongConsumer token) {
        consumers.forEachHolder(token);
        // Also those who died in front of their place's end, and whose place somebody else has by now.
        slots.forEachOwner(token);
    }

    /** Room comes with each message, and is told of with each range; nor does a consumer that leaves tell of that. */
    @Override
    public boolean isAllTold() {
        return false;
    }

    @Override
    public long readerChanges() {
        return consumers.changes();
    }
}
