package io.sluice.locks.readwrite;

import io.sluice.api.memory.RegionMemory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Acquiring one side of a {@link ReentrantReadWriteLock}, which says with a plain {@link Error} that it counts no more
 * holds. Nothing has changed then.
 */
final class ThreadLocks {

    private ThreadLocks() {}

    /** Acquires {@code side} if that is possible now. */
    static boolean tryLock(RegionMemory memory, Lock side) {
        try {
            return side.tryLock();
        } catch (Error e) {
            throw refusal(memory, e);
        }
    }

    /** Acquires {@code side} within {@code nanos}, which may be negative. */
    static boolean tryLock(RegionMemory memory, Lock side, long nanos) throws InterruptedException {
        try {
            return side.tryLock(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (Error e) {
            throw refusal(memory, e);
        }
    }

    private static IllegalStateException refusal(RegionMemory memory, Error e) {
        if (e.getClass() != Error.class) {
            throw e;
        }
        return new IllegalStateException(
                memory.name() + ": the threads of this attachment hold it as often as can be counted", e);
    }
}
