package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The loop around every wait of a lock or a ring: try, wait for one slice by its strategy, try again. Between slices it
 * looks at what no wake-up announces: interruption, the deadline, and whether those waited for are still alive.
 *
 * <p>A wait that is not over after its first, short slice has the processes in its way watched, and the death of any of
 * them ends the next slice, as an interrupt does. What is left for the later slices is a wake-up that was lost because
 * its sender was killed. A wait that is not over after a whole later slice therefore has all processes watched that use
 * the memory: from then on no death is missed, and where the strategy sleeps until it is woken, each slice is twice as
 * long as the one before. So who sleeps for long costs next to nothing. Slices never end altogether: a process that is
 * stopped between making something true and waking those who wait for it keeps them waiting, and nobody tells of that.
 *
 * <p>Internal to Sluice. Holds no state of a wait: one instance serves any number of threads.
 */
public final class SlicedWait {

    /**
     * How long in nanoseconds a thread waits before it asks whether those in its way live, and has them watched: long
     * enough that waits for a living one seldom come to that, which costs a few system calls.
     */
    public static final long FIRST_SLICE_NANOS = 1_000_000;

    /** How long in nanoseconds a thread sleeps at most when everybody's death will wake it. */
    public static final long LONGEST_SLICE_NANOS = 2_000_000_000;

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

        /**
         * A count that changes when somebody new is named, at the latest soon after; a load, for those who would else
         * name many at the beginning of each wait.
         *
         * @return below 0 if there is no such count
         */
        default long changes() {
            return -1;
        }

        /** Those whom {@code forEach} names, with {@code changes} as their count. */
        static Obstacles of(Consumer<LongConsumer> forEach, LongSupplier changes) {
            return new Obstacles() {
                @Override
                public void forEach(LongConsumer token) {
                    forEach.accept(token);
                }

                @Override
                public long changes() {
                    return changes.getAsLong();
                }
            };
        }
    }

    private final RegionMemory memory;
    private final WaitStrategy strategy;
    private final long laterSliceNanos;
    private final boolean slicesGrow;

    /** Waits by {@code strategy} on words of {@code memory}. */
    public SlicedWait(RegionMemory memory, WaitStrategy strategy) {
        this(memory, strategy, WaitStrategy.SLICE_NANOS, true);
    }

    /** The same with another length for all slices but the first, which stays as it is. */
    public SlicedWait(RegionMemory memory, WaitStrategy strategy, long laterSliceNanos) {
        this(memory, strategy, laterSliceNanos, false);
    }

    private SlicedWait(RegionMemory memory, WaitStrategy strategy, long laterSliceNanos, boolean slicesGrow) {
        this.memory = memory;
        this.strategy = strategy;
        this.laterSliceNanos = laterSliceNanos;
        this.slicesGrow = slicesGrow;
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
        boolean probe = isOver(deadline);
        boolean early;
        do {
            checkInterrupt();
            if (attempt.attempt(probe)) {
                return true;
            }
            long left = Deadline.nanosLeft(memory, deadline);
            if (left <= 0) {
                return false;
            }
            // Most waits are over now. They need nobody watched, so that they take no memory for watchers.
            early = strategy.await(word, ready, Math.min(left, FIRST_SLICE_NANOS));
        } while (early);
        try (Watchers watchers = new Watchers(memory, word, ready)) {
            watchers.begin();
            // First watch, then ask: who is not found dead now is watched when it dies.
            watchers.watch(inTheWay);
            return await(attempt, inTheWay, watchers, deadline, strategy.resumed(), true);
        }
    }

    /**
     * The same, by watchers that stay for the next wait. Where they have watched those in the way before, there is no
     * short first slice: who waits again and again, each time for some milliseconds, pays for the watching once.
     *
     * @param watchers of one thread at a time
     */
    public boolean await(Attempt attempt, Obstacles inTheWay, Watchers watchers, long deadline)
            throws InterruptedException {
        watchers.begin();
        // A caller that does not wait gets the truth about the dead at once; others first see whether that is needed.
        return await(attempt, inTheWay, watchers, deadline, strategy, isOver(deadline));
    }

    private boolean await(
            Attempt attempt,
            Obstacles inTheWay,
            Watchers watchers,
            long deadline,
            WaitStrategy firstBy,
            boolean firstProbe)
            throws InterruptedException {
        WaitStrategy by = firstBy;
        boolean probe = firstProbe;
        long later = laterSliceNanos;
        while (true) {
            checkInterrupt();
            if (attempt.attempt(probe)) {
                return true;
            }
            long left = Deadline.nanosLeft(memory, deadline);
            if (left <= 0) {
                return false;
            }
            // Whoever is in the way after a wake-up that was of no use may be somebody that nobody watches yet.
            long slice = Math.min(left, probe || watchers.cover(inTheWay) ? later : FIRST_SLICE_NANOS);
            boolean early = watchers.await(by, slice);
            // Woken, and perhaps somebody else is faster: what follows is a short wait again.
            by = early ? strategy : strategy.resumed();
            boolean hinted = watchers.takeHint();
            probe = !early || hinted;
            boolean undisturbed = !early && !hinted && slice == later;
            later = laterSliceNanos;
            if (probe) {
                // First watch, then ask: who is not found dead now is watched when it dies.
                watchers.watch(inTheWay);
                boolean wasWhole = undisturbed && left - Deadline.nanosLeft(memory, deadline) >= slice;
                if (wasWhole && mayGrow(by) && watchers.allowLongSleep()) {
                    later = Math.min(2 * slice, LONGEST_SLICE_NANOS);
                }
            }
        }
    }

    private boolean isOver(long deadline) {
        return Deadline.nanosLeft(memory, deadline) <= 0;
    }

    private void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(memory.name() + ": interrupted while waiting");
        }
    }

    private boolean mayGrow(WaitStrategy by) {
        return slicesGrow && by.sleepsUntilWoken();
    }
}
