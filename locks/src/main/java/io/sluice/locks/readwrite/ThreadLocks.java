package io.sluice.locks.readwrite;

import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.memory.RegionMemory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Acquiring one side of a {@link ReentrantReadWriteLock} at most {@link SharedReadWriteLock#MAX_HOLDS} times. That is all
 * that a JDK counts below 25, where it says so with a plain {@link Error}; later ones count further. Nothing has changed
 * when this refuses.
 */
final class ThreadLocks {

    private ThreadLocks() {}

    /** Acquires the side for reading if that is possible now. */
    static boolean tryRead(RegionMemory memory, ReentrantReadWriteLock threads) {
        return tryLock(memory, threads.readLock()) && isCounted(memory, threads.readLock(), threads.getReadLockCount());
    }

    /** Acquires the side for reading within {@code nanos}, which may be negative. */
    static boolean tryRead(RegionMemory memory, ReentrantReadWriteLock threads, long nanos)
            throws InterruptedException {
        return tryLock(memory, threads.readLock(), nanos)
                && isCounted(memory, threads.readLock(), threads.getReadLockCount());
    }

    /** Acquires the side for writing if that is possible now. */
    static boolean tryWrite(RegionMemory memory, ReentrantReadWriteLock threads) {
        return tryLock(memory, threads.writeLock())
                && isCounted(memory, threads.writeLock(), threads.getWriteHoldCount());
    }

    /** Acquires the side for writing within {@code nanos}, which may be negative. */
    static boolean tryWrite(RegionMemory memory, ReentrantReadWriteLock threads, long nanos)
            throws InterruptedException {
        return tryLock(memory, threads.writeLock(), nanos)
                && isCounted(memory, threads.writeLock(), threads.getWriteHoldCount());
    }

    private static boolean tryLock(RegionMemory memory, Lock side) {
        try {
            return side.tryLock();
        } catch (Error e) {
            throw refusal(memory, e);
        }
    }

    private static boolean tryLock(RegionMemory memory, Lock side, long nanos) throws InterruptedException {
        try {
            return side.tryLock(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (Error e) {
            throw refusal(memory, e);
        }
    }

    private static boolean isCounted(RegionMemory memory, Lock side, int holds) {
        if (holds > SharedReadWriteLock.MAX_HOLDS) {
            side.unlock();
            throw tooMany(memory, null);
        }
        return true;
    }

    private static IllegalStateException refusal(RegionMemory memory, Error e) {
        if (e.getClass() != Error.class) {
            throw e;
        }
        return tooMany(memory, e);
    }

    private static IllegalStateException tooMany(RegionMemory memory, Error cause) {
        return new IllegalStateException(
                memory.name() + ": the threads of this attachment hold it as often as can be counted", cause);
    }
}
