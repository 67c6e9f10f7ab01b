package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;

/** An accountable semaphore: a {@link Holder} in a {@link Ledger} and a {@link PermitQueue} in front of it. */
public final class LedgerSemaphore extends QueuedSemaphore implements AccountableSemaphore {

    private final Runnable detach;
    private final Holder holder;
    private boolean closed;

    /**
     * The semaphore in {@code memory}.
     *
     * @param strategy how to wait
     * @param detach ends the use of the memory, on closing
     */
    public LedgerSemaphore(RegionMemory memory, int total, boolean fair, WaitStrategy strategy, Runnable detach) {
        this(memory, total, new Holder(memory, total), fair, strategy, detach);
    }

    private LedgerSemaphore(
            RegionMemory memory, int total, Holder holder, boolean fair, WaitStrategy strategy, Runnable detach) {
        super(
                memory,
                total,
                fair,
                new PermitQueue(memory, AccountableLayout.WAKE, AccountableLayout.WAITERS, holder, fair, strategy));
        this.detach = detach;
        this.holder = holder;
        // Our account may have been a dead process's, whose permits are there now.
        queue.wake();
    }

    /** The semaphore in a memory that is detached on closing; for tests. */
    public static LedgerSemaphore over(RegionMemory memory, int total, boolean fair, WaitStrategy strategy) {
        return new LedgerSemaphore(memory, total, fair, strategy, memory::detach);
    }

    /** Gives a new semaphore its permits, in a memory that nobody else sees yet. */
    public static void initialize(RegionMemory memory, int permits) {
        Ledger.initialize(memory, permits);
    }

    /** Size of the memory that a semaphore needs. */
    public static long memoryBytes() {
        return AccountableLayout.STATE + AccountableLayout.BODY_BYTES;
    }

    @Override
    public void release(int permits) {
        Counts.check(name(), permits);
        if (permits > 0) {
            holder.giveBack(permits);
            queue.wake();
        }
    }

    @Override
    public void transfer(int permits, long receiver) {
        Counts.check(name(), permits);
        holder.transfer(permits, receiver);
    }

    @Override
    public int heldPermits() {
        return holder.held();
    }

    @Override
    public long holderId() {
        return holder.id();
    }

    @Override
    public int availablePermits() {
        return holder.available();
    }

    @Override
    public int drainPermits() {
        return holder.drain();
    }

    @Override
    public LockKind kind() {
        return LockKind.ACCOUNTABLE_SEMAPHORE;
    }

    @Override
    public LockStat stat() {
        return SemaphoreStat.accountable(memory, maximumPermits());
    }

    /** {@inheritDoc} What is held through it is given back. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            // First give back, then detach: a death in between is that of a process, whose permits come back anyway.
            holder.close();
            // What we held is there for others now. A death above: who sleeps is told of it, as of a holder's.
            queue.wake();
            queue.close();
        } finally {
            detach.run();
        }
    }
}
