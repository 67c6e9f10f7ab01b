package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How the producer of a lane waits for room. */
final class RoomWait {

    private final RegionMemory memory;
    private final WakeWord space;
    private final Gate gate;
    private final WaitStrategy strategy;

    RoomWait(RegionMemory memory, long spaceAt, Gate gate, WaitStrategy strategy) {
        this.memory = memory;
        this.space = new WakeWord(memory, spaceAt);
        this.gate = gate;
        this.strategy = strategy;
    }

    /**
     * Waits until {@code hasRoom}, or {@code timeout} has passed, or nobody is left who could make room.
     *
     * @return ACCEPTED if there is room, FULL or PEER_DEAD if not
     */
    OfferResult await(BooleanSupplier hasRoom, Duration timeout) throws InterruptedException {
        long deadline = Deadline.after(memory, timeout);
        WaitStrategy by = strategy;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = Deadline.nanosLeft(memory, deadline);
            if (by.await(space, hasRoom, Math.max(0, Math.min(left, WaitStrategy.SLICE_NANOS)))) {
                return OfferResult.ACCEPTED;
            }
            by = strategy.resumed();
            if (left <= 0) {
                return OfferResult.FULL;
            }
            if (gate.readers() == PeerState.DEAD) {
                // They may have made room before they died.
                return hasRoom.getAsBoolean() ? OfferResult.ACCEPTED : OfferResult.PEER_DEAD;
            }
        }
    }
}
