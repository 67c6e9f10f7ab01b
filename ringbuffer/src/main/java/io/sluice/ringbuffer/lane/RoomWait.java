package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.api.waiting.Watchers;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How the producer of a lane waits for room, and hears of the death of those whom it waits for, see {@link SlicedWait}.
 * Confined to the producer's thread, but for {@link #close}.
 */
final class RoomWait implements AutoCloseable {

    private final RegionMemory memory;
    private final Gate gate;
    private final BooleanSupplier hasRoom;
    private final SlicedWait wait;
    private final Watchers watchers;
    private final SlicedWait.Attempt attempt = this::attempt;
    private final SlicedWait.Obstacles readers;

    private OfferResult result; // of the wait that is under way

    /**
     * How to wait until {@code hasRoom}.
     *
     * @param spaceAt offset in the region of the wake word of those who wait for room
     */
    RoomWait(RegionMemory memory, long spaceAt, Gate gate, WaitStrategy strategy, BooleanSupplier hasRoom) {
        this.memory = memory;
        this.gate = gate;
        this.hasRoom = hasRoom;
        this.wait = new SlicedWait(memory, strategy);
        this.watchers = new Watchers(memory, new WakeWord(memory, spaceAt), hasRoom, gate::isAllTold);
        this.readers = SlicedWait.Obstacles.of(gate::forEachReader, gate::readerChanges);
    }

    /**
     * Waits until there is room, or {@code timeout} has passed, or nobody is left who could make room.
     *
     * @return ACCEPTED if there is room, FULL or PEER_DEAD if not
     */
    OfferResult await(Duration timeout) throws InterruptedException {
        if (timeout.isNegative() || timeout.isZero()) {
            if (Thread.interrupted()) {
                throw new InterruptedException(memory.name() + ": interrupted before waiting");
            }
            return hasRoom.getAsBoolean() ? OfferResult.ACCEPTED : OfferResult.FULL;
        }
        return wait.await(attempt, readers, watchers, Deadline.after(memory, timeout)) ? result : OfferResult.FULL;
    }

    private boolean attempt(boolean probe) {
        result = OfferResult.ACCEPTED;
        if (hasRoom.getAsBoolean()) {
            return true;
        }
        if (probe && gate.readers() == PeerState.DEAD) {
            // They may have made room before they died.
            result = hasRoom.getAsBoolean() ? OfferResult.ACCEPTED : OfferResult.PEER_DEAD;
            return true;
        }
        return false;
    }

    /** Watches nobody any more. Any thread. */
    @Override
    public void close() {
        watchers.close();
    }
}
