package io.sluice.locks.semaphore;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import java.util.function.LongConsumer;

/**
 * The permits of a signalling semaphore: one number in shared memory, changed by one CAS at a time, so that a crash
 * leaves all or nothing of a call.
 */
final class PermitCount implements Permits {

    private final RegionMemory memory;
    private final int maximum;
    // What the count was when it last had to be looked at before it was changed. Guesses of any thread, for speed only:
    // a CAS decides.
    private int takenFrom;
    private int addedTo;

    PermitCount(RegionMemory memory, int maximum) {
        this.memory = memory;
        this.maximum = maximum;
    }

    /** The number now. */
    int available() {
        // acquire; pairs with add().
        long count = memory.getLongAcquire(SignallingLayout.COUNT);
        if (count < Integer.MIN_VALUE || count > maximum) {
            throw new CorruptLockException(
                    memory.name(), "count of permits", "at most " + maximum, Long.toString(count));
        }
        return (int) count;
    }

    /**
     * {@inheritDoc} Where the guess is right, the line of the count comes from another processor once, for the CAS; a look
     * beforehand fetches it a first time. A binary semaphore is handed over in half the time.
     */
    @Override
    public boolean takeAtOnce(int count) {
        int guess = takenFrom;
        // full fence, and what a death leaves: as in take().
        return (guess >= count && replace(guess, guess - (long) count)) || take(count);
    }

    @Override
    public boolean take(int count) {
        while (true) {
            int available = available();
            if (available < count) {
                return false;
            }
            // full fence; pairs with add(): what was done before the release is visible.
            // A death below this line leaves the permits taken, as a death at any later moment does.
            if (replace(available, available - (long) count)) {
                if (takenFrom != available) {
                    takenFrom = available;
                }
                return true;
            }
        }
    }

    @Override
    public boolean has(int count) {
        return available() >= count;
    }

    @Override
    public boolean takeBackFromDead() {
        return false;
    }

    @Override
    public void forEachHolder(LongConsumer token) {
        // Nobody's death gives anything back.
    }

    /** Adds {@code count} permits. */
    void add(int count) {
        int guess = addedTo;
        // full fence, and what a death leaves: as below.
        if (guess > maximum - count || !replace(guess, guess + (long) count)) {
            lookAndAdd(count);
        }
        // Or else it was counted where nobody looks any more.
        memory.checkAttached();
    }

    private void lookAndAdd(int count) {
        while (true) {
            int available = available();
            if (available > maximum - count) {
                throw new IllegalStateException(memory.name() + ": releasing " + count + " permits on top of "
                        + available + " would pass the maximum of " + maximum);
            }
            // full fence; pairs with take() and available(). A death below leaves the permits released; those who
            // sleep find them after their slice.
            if (replace(available, available + (long) count)) {
                if (addedTo != available) {
                    addedTo = available;
                }
                return;
            }
        }
    }

    /** Takes {@code count} permits away whether they are there or not. */
    void reduce(int count) {
        while (true) {
            int available = available();
            long reduced = available - (long) count;
            if (reduced < Integer.MIN_VALUE) {
                throw new IllegalStateException(memory.name() + ": reducing " + available + " permits by " + count
                        + " would pass " + Integer.MIN_VALUE);
            }
            if (replace(available, reduced)) {
                return;
            }
        }
    }

    /** Takes all there are; returns how many. */
    int drain() {
        while (true) {
            int available = available();
            if (available <= 0 || replace(available, 0)) {
                return Math.max(0, available);
            }
        }
    }

    private boolean replace(long expected, long count) {
        return memory.compareAndSetLong(SignallingLayout.COUNT, expected, count);
    }
}
