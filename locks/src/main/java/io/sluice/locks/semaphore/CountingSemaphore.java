package io.sluice.locks.semaphore;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;

/** A signalling semaphore: a {@link PermitCount} and a {@link PermitQueue} in front of it. */
public final class CountingSemaphore extends QueuedSemaphore implements SignallingSemaphore {

    private final Runnable detach;
    private final PermitCount count;

    /**
     * The semaphore in {@code memory}.
     *
     * @param strategy how to wait
     * @param detach ends the use of the memory, on closing
     */
    public CountingSemaphore(RegionMemory memory, int maximum, boolean fair, WaitStrategy strategy, Runnable detach) {
        this(memory, maximum, new PermitCount(memory, maximum), fair, strategy, detach);
    }

    private CountingSemaphore(
            RegionMemory memory, int maximum, PermitCount count, boolean fair, WaitStrategy strategy, Runnable detach) {
        super(
                memory,
                maximum,
                fair,
                new PermitQueue(memory, SignallingLayout.WAKE, SignallingLayout.WAITERS, count, fair, strategy));
        this.detach = detach;
        this.count = count;
    }

    /** The semaphore in a memory that is detached on closing; for tests. */
    public static CountingSemaphore over(RegionMemory memory, int maximum, boolean fair, WaitStrategy strategy) {
        return new CountingSemaphore(memory, maximum, fair, strategy, memory::detach);
    }

    /** Gives a new semaphore its permits, in a memory that nobody else sees yet. */
    public static void initialize(RegionMemory memory, int permits) {
        memory.setLongRelease(SignallingLayout.COUNT, permits);
    }

    /** Size of the memory that a semaphore needs. */
    public static long memoryBytes() {
        return SignallingLayout.COUNT + SignallingLayout.BODY_BYTES;
    }

    @Override
    public void release(int permits) {
        Counts.check(name(), permits);
        count.add(permits);
        queue.wake();
    }

    @Override
    public void reducePermits(int reduction) {
        Counts.check(name(), reduction);
        count.reduce(reduction);
    }

    @Override
    public int availablePermits() {
        return count.available();
    }

    @Override
    public int drainPermits() {
        return count.drain();
    }

    @Override
    public LockKind kind() {
        return LockKind.SIGNALLING_SEMAPHORE;
    }

    @Override
    public LockStat stat() {
        return SemaphoreStat.signalling(memory, maximumPermits());
    }

    /** {@inheritDoc} What was acquired through it stays acquired. */
    @Override
    public void close() {
        if (!memory.isDetached()) {
            queue.close();
        }
        detach.run();
    }
}
