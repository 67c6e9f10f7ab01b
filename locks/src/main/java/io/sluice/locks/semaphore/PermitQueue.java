package io.sluice.locks.semaphore;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.CarrierFriendly;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.Newcomer;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.support.WaitList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Waiting for permits, barging or in order.
 *
 * <p>In order means: a thread that has to wait, or finds others waiting, takes a place in a {@link WaitList} and takes
 * permits only when nobody is ahead of it. Whoever leaves the list wakes the others, for one of them is first now. The
 * dead are removed from it by those behind them.
 *
 * <p>A crash leaves at most a dead process's place. Any thread.
 */
final class PermitQueue {

    private static final long CLOSE_POLL_NANOS = 100_000;

    private final RegionMemory memory;
    private final Permits permits;
    private final boolean fair;
    private final WakeWord wake;
    private final WaitList list;
    private final SlicedWait wait;
    // Threads of this attachment that wait, with or without a place in the list.
    private final AtomicInteger waiting = new AtomicInteger();
    // One that nobody uses, so that waiting costs no memory.
    private final AtomicReference<Waiter> spare = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * The queue in {@code memory} for {@code permits}.
     *
     * @param wakeOffset place of the wake word
     * @param listOffset place of the list
     */
    PermitQueue(
            RegionMemory memory,
            long wakeOffset,
            long listOffset,
            Permits permits,
            boolean fair,
            WaitStrategy strategy) {
        this.memory = memory;
        this.permits = permits;
        this.fair = fair;
        this.wake = new WakeWord(memory, wakeOffset);
        this.list = new WaitList(memory, listOffset);
        this.wait = new SlicedWait(memory, new CarrierFriendly(strategy));
        Newcomer.tell(memory, wake);
    }

    /** Wakes those who wait; to be called after permits were made available. */
    void wake() {
        wake.wake();
    }

    WaitList list() {
        return list;
    }

    /** Takes permits at once or not at all, whoever waits. */
    boolean tryAcquire(int count) {
        checkOpen();
        return permits.take(count) || (takeBackFromDead() && permits.take(count));
    }

    private boolean takeBackFromDead() {
        boolean permitsBack = permits.takeBackFromDead();
        if (permitsBack) {
            // Perhaps more than we want.
            wake.wake();
        }
        return permitsBack;
    }

    void acquire(int count) throws InterruptedException {
        checkInterrupt();
        if (!takeUnlessOvertaking(count)) {
            await(count, Deadline.never(memory));
        }
    }

    boolean tryAcquire(int count, long timeout, TimeUnit unit) throws InterruptedException {
        checkInterrupt();
        return takeUnlessOvertaking(count) || await(count, Deadline.after(memory, timeout, unit));
    }

    void acquireUninterruptibly(int count) {
        boolean interrupted = false;
        try {
            while (!takeUnlessOvertaking(count)) {
                try {
                    await(count, Deadline.never(memory));
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Ends the waiting: who waits, or comes to wait, gets {@link DetachedException}. Returns when all of them have left
     * the list, which those of other processes would otherwise find them in as long as this process lives.
     */
    void close() {
        closed = true;
        // Who waits counts itself first and looks for the flag afterwards.
        while (waiting.get() > 0) {
            wake.wake();
            memory.parkNanos(CLOSE_POLL_NANOS);
        }
    }

    private void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(memory.name() + ": interrupted before acquiring");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(memory.name());
        }
    }

    private boolean takeUnlessOvertaking(int count) {
        checkOpen();
        return !(fair && list.mayBeOccupied()) && permits.takeAtOnce(count);
    }

    private boolean await(int count, long deadline) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            Waiter kept = spare.getAndSet(null);
            Waiter waiter = kept == null ? new Waiter() : kept;
            waiter.count = count;
            try {
                return wait.await(waiter, waiter, wake, waiter, deadline);
            } finally {
                waiter.leave();
                spare.set(waiter);
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** One thread that waits, and after it, if it was the last to leave, another one. */
    private final class Waiter implements SlicedWait.Attempt, SlicedWait.Obstacles, BooleanSupplier {

        private int count;
        private WaitList.Place place;

        @Override
        public boolean attempt(boolean probe) {
            checkOpen();
            // A barging waiter is in the list for people to see only, so only if it waits for longer.
            if (place == null && (fair || probe)) {
                place = list.join(count);
            }
            if (take()) {
                return true;
            }
            return probe && takeFromDead();
        }

        @Override
        public void forEach(LongConsumer token) {
            permits.forEachHolder(token);
            if (fair && place != null) {
                list.forEachAhead(place, token);
            }
        }

        private boolean takeFromDead() {
            boolean permitsBack = takeBackFromDead();
            boolean placesFree = fair && list.removeDead();
            return (permitsBack || placesFree) && take();
        }

        private boolean take() {
            return mayTake() && permits.take(count);
        }

        private boolean mayTake() {
            // Without a place because the list is full: not before there is one.
            return !fair || (place != null && list.isFirst(place));
        }

        /** Whether it is worth trying again. */
        @Override
        public boolean getAsBoolean() {
            return permits.has(count) && mayTake();
        }

        void leave() {
            if (place == null) {
                return;
            }
            list.leave(place);
            place = null;
            if (fair) {
                list.settle();
                // Somebody else is first now. A death above this line costs it a slice.
                wake.wake();
            }
        }
    }
}
