package io.sluice.locks.latch;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.CorruptionContract;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A latch with words that it did not write. */
class LatchCorruptionTest extends CorruptionContract<RegionLatch> {

    @Override
    protected long bodyBytes() {
        return LatchLayout.bodyBytes(1);
    }

    @Override
    protected RegionLatch attach(RegionMemory memory) {
        return new RegionLatch(memory, 1, WaitStrategy.block(), () -> {});
    }

    @Override
    protected List<Damage> damages() {
        return List.of(
                new Damage("count 0", LatchLayout.count(0), -1, true),
                new Damage("count 0", LatchLayout.count(0), LatchLayout.DONE, true),
                new Damage("count 0", LatchLayout.count(0), 7 | LatchLayout.DONE | LatchLayout.BROKEN, true));
    }

    @Override
    protected void occupy(RegionLatch latch) {
        latch.promise();
    }

    @Override
    protected void visit(RegionLatch latch) throws Exception {
        latch.await();
    }

    @Override
    protected void vacate(RegionLatch latch) {
        latch.countDown();
    }

    @Test
    void tellsWhoKeepsItsPromiseThatItIsCorruptAndNotThatItWasHeldForDead() throws IOException {
        try (Scene scene = new Scene(Scene.Place.HEAP, bodyBytes())) {
            DyingMemory memory = scene.process();
            RegionLatch latch = attach(memory);
            latch.promise();
            memory.setLongRelease(LatchLayout.count(0), LatchLayout.BROKEN);
            assertThrows(CorruptLockException.class, latch::countDown);
        }
    }
}
