package io.sluice.locks.semaphore;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.CorruptionContract;
import java.util.List;

/** A signalling semaphore with a count that it did not write. */
class SignallingCorruptionTest extends CorruptionContract<CountingSemaphore> {

    private static final int MAXIMUM = 10;

    @Override
    protected long bodyBytes() {
        return SignallingLayout.BODY_BYTES;
    }

    @Override
    protected CountingSemaphore attach(RegionMemory memory) {
        return CountingSemaphore.over(memory, MAXIMUM, true, WaitStrategy.block());
    }

    @Override
    protected List<Damage> damages() {
        return List.of(
                new Damage("count of permits", SignallingLayout.COUNT, MAXIMUM + 1, true),
                new Damage("count of permits", SignallingLayout.COUNT, Long.MIN_VALUE, true));
    }

    @Override
    protected void occupy(CountingSemaphore semaphore) {
        // It has no permits.
    }

    @Override
    protected void visit(CountingSemaphore semaphore) throws InterruptedException {
        semaphore.acquire();
        semaphore.release();
    }

    @Override
    protected void vacate(CountingSemaphore semaphore) {
        semaphore.release();
    }
}
