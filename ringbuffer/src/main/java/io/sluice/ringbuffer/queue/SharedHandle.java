package io.sluice.ringbuffer.queue;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A ring's handle, which is confined to one thread, shared by the threads of this process. Two locks do it:
 *
 * <ul>
 *   <li>{@link #lock} is around every use of the handle, for as long as it takes to put or take something that need not
 *       be waited for;
 *   <li>{@link #turn} is held for the whole of a call that waits: of these one at a time is in the ring, and the next
 *       waits for its turn. While it waits, {@link LendingWait} gives the first lock back, so that calls that do not
 *       wait never wait for one that does.
 * </ul>
 *
 * <p>Both are {@code java.util.concurrent} locks, which park virtual threads instead of pinning them.
 *
 * @param <H> the handle
 */
final class SharedHandle<H> {

    final ReentrantLock lock = new ReentrantLock();
    final ReentrantLock turn = new ReentrantLock();
    final BooleanSupplier looksMet = this::looksMet;

    private H handle; // guarded by lock; null before joining
    private BooleanSupplier condition; // guarded by lock; what the thread that has the turn waits for
    private boolean busy; // guarded by lock; whether something of the user's runs that may come back to us

    /** The handle, after joining the ring if that has not happened yet. Under the lock. */
    H get(Supplier<H> join) {
        if (handle == null) {
            handle = join.get();
        }
        return handle;
    }

    /** Whether this process has joined the ring at this end. Under the lock. */
    boolean isJoined() {
        return handle != null;
    }

    /** Has the next use join again. Under the lock. */
    void forget() {
        handle = null;
    }

    void setBusy(boolean newBusy) {
        busy = newBusy;
    }

    /** Whether the current thread waits at this end, and not in something that it was called for at this end. */
    boolean isWaiting() {
        return turn.isHeldByCurrentThread() && !busy;
    }

    void setCondition(BooleanSupplier newCondition) {
        condition = newCondition;
    }

    /** What the waiting thread waits for, looked at without having the lock; true also if it could not be looked at. */
    private boolean looksMet() {
        if (!lock.tryLock()) {
            // Somebody uses the handle: going to sleep now could miss a wake-up.
            return true;
        }
        try {
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
