package io.sluice.locks.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.CorruptionContract;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A barrier with words that it did not write. */
class BarrierCorruptionTest extends CorruptionContract<RegionBarrier> {

    private static final int PARTIES = 3;

    private final Map<RegionBarrier, BarrierParty> parties = new ConcurrentHashMap<>();

    @Override
    protected long bodyBytes() {
        return BarrierLayout.bodyBytes(PARTIES);
    }

    @Override
    protected RegionBarrier attach(RegionMemory memory) {
        return new RegionBarrier(memory, PARTIES, WaitStrategy.block(), () -> {});
    }

    @Override
    protected List<Damage> damages() {
        return List.of(
                new Damage("state", BarrierLayout.STATE, -1, true),
                new Damage("owner of place 0", BarrierLayout.owner(0), -1, true),
                new Damage("arrivals of place 0", BarrierLayout.arrived(0), -1, true),
                new Damage("arrivals of place 0", BarrierLayout.arrived(0), BarrierLayout.arrival(2, 7), true));
    }

    private BarrierParty party(RegionBarrier barrier) {
        return parties.computeIfAbsent(barrier, RegionBarrier::join);
    }

    @Override
    protected void occupy(RegionBarrier barrier) {
        // The first place, and nobody at the barrier.
        party(barrier);
    }

    @Override
    protected void visit(RegionBarrier barrier) throws Exception {
        party(barrier).await();
    }

    @Override
    protected void vacate(RegionBarrier barrier) throws Exception {
        party(barrier).await();
    }

    /** Who was told has arrived all the same, and perhaps does not come back: all begin anew. */
    @Override
    protected void repair(RegionBarrier barrier) {
        barrier.reset();
    }

    @Test
    void refusesAStateThatGoesBack() throws Exception {
        try (Scene scene = new Scene(Scene.Place.HEAP, BarrierLayout.bodyBytes(1))) {
            DyingMemory memory = scene.process();
            BarrierParty alone = new RegionBarrier(memory, 1, WaitStrategy.block(), () -> {}).join();
            for (int generation = 0; generation < 3; generation++) {
                alone.await(0, TimeUnit.NANOSECONDS);
            }
            assertEquals(BarrierLayout.state(3), memory.getLongAcquire(BarrierLayout.STATE));
            memory.setLongRelease(BarrierLayout.STATE, BarrierLayout.state(1));
            // It would arrive at the second generation once more, having been at the third.
            RegionBarrier other = new RegionBarrier(scene.process(), 1, WaitStrategy.block(), () -> {});
            assertThrows(CorruptLockException.class, other::getNumberWaiting);
            assertThrows(CorruptLockException.class, other::stat);
        }
    }

    @Test
    void refusesAPlaceWhosePartyCannotHaveArrivedSoOftenBeforeItIsTaken() throws IOException {
        try (Scene scene = new Scene(Scene.Place.HEAP, bodyBytes())) {
            DyingMemory memory = scene.process();
            RegionBarrier barrier = attach(memory);
            memory.setLongRelease(BarrierLayout.arrived(0), -1);
            assertThrows(CorruptLockException.class, barrier::join);
            assertEquals(BarrierLayout.FREE, memory.getLongAcquire(BarrierLayout.owner(0)));
            memory.setLongRelease(BarrierLayout.arrived(0), 0);
            barrier.join();
            assertEquals(1, barrier.stat().holders().size());
        }
    }

    @Test
    void tellsAPartyThatItsPlaceIsCorruptAndNotThatItWasHeldForDead() throws IOException {
        try (Scene scene = new Scene(Scene.Place.HEAP, bodyBytes())) {
            DyingMemory memory = scene.process();
            BarrierParty party = attach(memory).join();
            memory.setLongRelease(BarrierLayout.arrived(0), -1);
            assertThrows(CorruptLockException.class, party::await);
        }
    }
}
