package io.sluice.locks.waiting;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import java.util.function.BooleanSupplier;

/**
 * The loop around every wait of a lock: try, wait for one slice by the lock's strategy, try again. Between slices it
 * looks at what no wake-up announces: interruption, the deadline, and whether those waited for are still alive.
 *
 * <p>Holds no state of a wait: one instance serves any number of threads.
 */
public final class SlicedWait {

    /**
     * The longest time in nanoseconds between two looks at liveness: what a death costs those who wait, and what a lost
     * wake-up (its sender was killed) costs at most.
     */
    public static final long SLICE_NANOS = Math.min(5_000_000, WaitStrategy.SLICE_NANOS);

    /** What the wait is for. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * Tries once, without waiting.
         *
         * @param probe whether to ask, at the price of system calls, if those in the way are dead
         * @return whether the wait is over
         */
        boolean attempt(boolean probe);
    }

    private final RegionMemory memory;
    private final WaitStrategy strategy;
    private final long laterSliceNanos;

    /** Waits by {@code strategy} on words of {@code memory}. */
    public SlicedWait(RegionMemory memory, WaitStrategy strategy) {
        this(memory, strategy, SLICE_NANOS);
    }

    /**
     * The same with another length for all slices but the first: longer ones, for those who are woken when whom they wait
     * for dies, cost less of the processor.
     */
    public SlicedWait(RegionMemory memory, WaitStrategy strategy, long laterSliceNanos) {
        this.memory = memory;
        this.strategy = strategy;
        this.laterSliceNanos = laterSliceNanos;
    }

    /**
     * Waits until {@code attempt} succeeds.
     *
     * @param attempt called at least once, also when the deadline has passed
     * @param word where those who make {@code ready} true look for sleepers
     * @param ready a cheap read of shared memory that says whether trying again may succeed
     * @param deadline moment on the memory's clock, see {@link Deadline}
     * @return false if the deadline passed first
     * @throws InterruptedException if interrupted before or while waiting
     */
    public boolean await(Attempt attempt, WakeWord word, BooleanSupplier ready, long deadline)
            throws InterruptedException {
        // A caller that does not wait gets the truth about the dead at once; others first see whether that is needed.
        boolean probe = Deadline.nanosLeft(memory, deadline) <= 0;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException(memory.name() + ": interrupted while waiting");
            }
            if (attempt.attempt(probe)) {
                return true;
            }
            long left = Deadline.nanosLeft(memory, deadline);
            if (left <= 0) {
                return false;
            }
            probe = !strategy.await(word, ready, Math.min(left, probe ? laterSliceNanos : SLICE_NANOS));
        }
    }

    /** As {@link #await} without a deadline; an interrupt is kept for later. */
    public void awaitUninterruptibly(Attempt attempt, WakeWord word, BooleanSupplier ready) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    await(attempt, word, ready, Deadline.never(memory));
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
}
