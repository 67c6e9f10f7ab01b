package io.sluice.locks.mutex;

import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.support.WaitList;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Waiting for a mutex's word to become free, or its holder to be dead. For the one thread that is inside the gate; its
 * state is that thread's.
 */
final class MutexQueue {

    private final RegionMemory memory;
    private final WakeWord wake;
    private final WaitList list;
    private final SlicedWait wait;
    private final Runnable checkOpen;
    private final long self;
    private final SlicedWait.Attempt attempt = this::attempt;
    private final SlicedWait.Obstacles holder = this::holder;
    private final BooleanSupplier ready = this::isFree;

    private WaitList.Place place;
    private long deadOwner;

    /**
     * The queue of the mutex in {@code memory}.
     *
     * @param checkOpen throws if the attachment is being closed
     */
    MutexQueue(RegionMemory memory, WakeWord wake, SlicedWait wait, Runnable checkOpen) {
        this.memory = memory;
        this.wake = wake;
        this.list = new WaitList(memory, MutexLayout.WAITERS);
        this.wait = wait;
        this.checkOpen = checkOpen;
        this.self = MutexWord.heldBy(memory.selfToken());
    }

    /** Takes the mutex if it is free or its holder dead. */
    boolean tryOnce() {
        deadOwner = 0;
        return take(true);
    }

    /** Takes the mutex, waiting until {@code deadline}; false if that passed first. */
    boolean await(long deadline) throws InterruptedException {
        deadOwner = 0;
        try {
            return wait.await(attempt, holder, wake, ready, deadline);
        } finally {
            leave();
        }
    }

    private void leave() {
        if (place != null) {
            WaitList.Place left = place;
            place = null;
            list.leave(left);
        }
    }

    /** Token of the dead process from which the last successful call took the mutex; 0 if it was free. */
    long deadOwner() {
        return deadOwner;
    }

    private boolean attempt(boolean probe) {
        checkOpen.run();
        if (take(probe)) {
            return true;
        }
        // For people to see, if it is not a short wait.
        if (probe && place == null) {
            place = list.join(1);
        }
        return false;
    }

    private void holder(LongConsumer token) {
        token.accept(MutexWord.holder(memory.getLongAcquire(MutexLayout.WORD)));
    }

    private boolean take(boolean probe) {
        // acquire; pairs with Mutex.unlock().
        long word = memory.getLongAcquire(MutexLayout.WORD);
        MutexWord.check(memory.name(), word);
        if (word == MutexWord.UNUSABLE) {
            throw new UnusableLockException(memory.name());
        }
        if (word == MutexWord.FREE) {
            // full fence; pairs with Mutex.unlock().
            return memory.compareAndSetLong(MutexLayout.WORD, MutexWord.FREE, self);
        }
        return probe && takeFromDead(word);
    }

    private boolean takeFromDead(long word) {
        long holder = MutexWord.holder(word);
        if (memory.isAlive(holder)) {
            return false;
        }
        // full fence; of all who have proved the holder of this very word dead, one wins and is told.
        // A death above leaves it to the others; below, we are the dead owner and the next one is told.
        if (!memory.compareAndSetLong(MutexLayout.WORD, word, self | MutexWord.INCONSISTENT)) {
            return false;
        }
        deadOwner = holder;
        return true;
    }

    private boolean isFree() {
        // acquire; pairs with Mutex.unlock(). Unusable counts: there is something to say.
        return MutexWord.holder(memory.getLongAcquire(MutexLayout.WORD)) == 0;
    }
}
