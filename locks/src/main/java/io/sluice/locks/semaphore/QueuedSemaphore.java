package io.sluice.locks.semaphore;

import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.memory.RegionMemory;
import java.util.concurrent.TimeUnit;

/** What both kinds of semaphores have in common: their permits are acquired through a {@link PermitQueue}. */
abstract class QueuedSemaphore implements SharedSemaphore {

    final RegionMemory memory;
    final PermitQueue queue;
    private final int maximum;
    private final boolean fair;

    QueuedSemaphore(RegionMemory memory, int maximum, boolean fair, PermitQueue queue) {
        this.memory = memory;
        this.queue = queue;
        this.maximum = maximum;
        this.fair = fair;
    }

    @Override
    public final void acquire(int permits) throws InterruptedException {
        Counts.checkWait(name(), permits, maximum);
        queue.acquire(permits);
    }

    @Override
    public final void acquireUninterruptibly(int permits) {
        Counts.checkWait(name(), permits, maximum);
        queue.acquireUninterruptibly(permits);
    }

    @Override
    public final boolean tryAcquire(int permits) {
        Counts.check(name(), permits);
        return queue.tryAcquire(permits);
    }

    @Override
    public final boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException {
        Counts.check(name(), permits);
        return queue.tryAcquire(permits, timeout, unit);
    }

    @Override
    public final int maximumPermits() {
        return maximum;
    }

    @Override
    public final boolean isFair() {
        return fair;
    }

    @Override
    public final String name() {
        return memory.name();
    }
}
