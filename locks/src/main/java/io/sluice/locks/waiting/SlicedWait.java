package io.sluice.locks.waiting;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * The loop around every wait of a lock: try, wait for one slice by the lock's strategy, try again. Between slices it
 * looks at what no wake-up announces: interruption, the deadline, and whether those waited for are still alive.
 *
 * <p>A wait that is not over after its first, short slice has the processes in its way watched, and the death of any of
 * them ends the next slice. So the later slices are long: all they are for is interruption, and a wake-up that was lost
 * because its sender was killed.
 *
 * <p>Holds no state of a wait: one instance serves any number of threads.
 */
public final class SlicedWait {

    /**
     * How long in nanoseconds a thread waits before it asks whether those in its way live, and has them watched: long
     * enough that waits for a living one seldom come to that, which costs a few system calls.
     */
    public static final long FIRST_SLICE_NANOS = 1_000_000;

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

    /** Those whose death may end the wait. */
    @FunctionalInterface
    public interface Obstacles {

        /** Nobody. */
        Obstacles NONE = token -> {};

        /** Names the process of each, in any order, some perhaps more than once; 0 names none. */
        void forEach(LongConsumer token);
    }

    private final RegionMemory memory;
    private final WaitStrategy strategy;
    private final long laterSliceNanos;

    /** Waits by {@code strategy} on words of {@code memory}. */
    public SlicedWait(RegionMemory memory, WaitStrategy strategy) {
        this(memory, strategy, WaitStrategy.SLICE_NANOS);
    }

    /** The same with another length for all slices but the first. */
    public SlicedWait(RegionMemory memory, WaitStrategy strategy, long laterSliceNanos) {
        this.memory = memory;
        this.strategy = strategy;
        this.laterSliceNanos = laterSliceNanos;
    }

    /**
     * Waits until {@code attempt} succeeds.
     *
     * @param attempt called at least once, also when the deadline has passed
     * @param inTheWay those whose death is to be looked for
     * @param word where those who make {@code ready} true look for sleepers
     * @param ready a cheap read of shared memory that says whether trying again may succeed
     * @param deadline moment on the memory's clock, see {@link Deadline}
     * @return false if the deadline passed first
     * @throws InterruptedException if interrupted before or while waiting
     */
    public boolean await(Attempt attempt, Obstacles inTheWay, WakeWord word, BooleanSupplier ready, long deadline)
            throws InterruptedException {
        // A caller that does not wait gets the truth about the dead at once; others first see whether that is needed.
        boolean probe = Deadline.nanosLeft(memory, deadline) <= 0;
        DeathHints hints = null;
        WaitStrategy by = strategy;
        try {
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
                // Whoever is in the way after a wake-up that was of no use may be somebody that nobody watches yet.
                long slice = probe ? laterSliceNanos : FIRST_SLICE_NANOS;
                boolean early = by.await(word, hints == null ? ready : hints, Math.min(left, slice));
                // Woken, and perhaps somebody else is faster: what follows is a short wait again.
                by = early ? strategy : strategy.resumed();
                probe = !early || (hints != null && hints.takeHint());
                if (probe) {
                    hints = hints == null ? new DeathHints(memory, word, ready) : hints;
                    // First watch, then ask: who is not found dead now is watched when it dies.
                    inTheWay.forEach(hints::watch);
                }
            }
        } finally {
            if (hints != null) {
                hints.close();
            }
        }
    }
}
