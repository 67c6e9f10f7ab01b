package io.sluice.locks.barrier;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.FencedException;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.barrier.Generations.Outcome;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/** A place at a barrier in a region. */
final class RegionBarrierParty implements BarrierParty {

    private final RegionMemory memory;
    private final Generations generations;
    private final SlicedWait wait;
    private final WakeWord wake;
    private final int place;
    private final long token;
    private final ReentrantLock steps = new ReentrantLock(); // around what must not come after close()
    private long arrived; // ARRIVED as we left it; guarded by steps
    private final BiConsumer<Integer, RegionBarrierParty> onClose;
    private boolean lost; // guarded by steps
    private volatile boolean closed; // changed under steps

    /**
     * The party of {@code place}, which belongs to this process.
     *
     * @param onClose told of the place and the party when it is closed
     */
    RegionBarrierParty(
            RegionMemory memory,
            Generations generations,
            SlicedWait wait,
            WakeWord wake,
            int place,
            BiConsumer<Integer, RegionBarrierParty> onClose) {
        this.onClose = onClose;
        this.memory = memory;
        this.generations = generations;
        this.wait = wait;
        this.wake = wake;
        this.place = place;
        this.token = memory.selfToken();
        // What the previous party left; from here on only we change it.
        this.arrived = memory.getLongAcquire(BarrierLayout.arrived(place));
    }

    @Override
    public boolean await() throws InterruptedException, BrokenBarrierException {
        try {
            return await(Deadline.never(memory));
        } catch (TimeoutException e) {
            throw new AssertionError("the deadline that never comes has passed", e);
        }
    }

    @Override
    public boolean await(long timeout, TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        return await(Deadline.after(memory, timeout, unit));
    }

    private boolean await(long deadline) throws InterruptedException, BrokenBarrierException, TimeoutException {
        long generation = arrive();
        Turn turn = new Turn(generation);
        boolean decided = false;
        InterruptedException interruption = null;
        try {
            decided = wait.await(turn::isDecided, generations::forEachParty, wake, turn::looksDecided, deadline);
        } catch (InterruptedException e) {
            interruption = e;
        }
        if (decided || turn.isEnded() || !generations.breakUp(generation)) {
            // Also when it was decided in the moment of giving up: then it counts, and the interrupt is for later.
            if (interruption != null) {
                Thread.currentThread().interrupt();
            }
            return turn.result();
        }
        if (interruption != null) {
            throw interruption;
        }
        throw new TimeoutException(memory.name() + ": gave up waiting for the other parties; the barrier is broken");
    }

    /** Says that this party is at the barrier; returns of which generation. */
    private long arrive() throws BrokenBarrierException {
        steps.lock();
        try {
            checkOpen();
            long state = generations.state();
            if (lost || generations.owner(place) != token) {
                throw fenced();
            }
            if (BarrierLayout.isBroken(state)) {
                throw new BrokenBarrierException(memory.name() + ": broken; reset() begins a new generation");
            }
            long generation = BarrierLayout.generation(state);
            long next = BarrierLayout.arrival(generation + 1, token);
            // For people; before the arrival, so that they never see an earlier one's.
            memory.setLong(BarrierLayout.there(place), memory.coarseMillis());
            // full fence; pairs with hasArrived()'s acquire, and stands between our arrival and the look at the
            // others': of two that arrive at once, one sees both. A death above leaves a party that has not arrived,
            // below one that has; the barrier breaks, now or in the next generation.
            if (!memory.compareAndSetLong(BarrierLayout.arrived(place), arrived, next)) {
                generations.checkArrivals(place);
                throw fenced();
            }
            arrived = next;
            return generation;
        } finally {
            steps.unlock();
        }
    }

    private FencedException fenced() {
        return new FencedException(
                memory.name(),
                "place " + place + " of " + Long.toHexString(token),
                Long.toHexString(generations.owner(place)));
    }

    /** One wait. */
    private final class Turn {

        private final long generation;
        private boolean endedByUs;

        Turn(long generation) {
            this.generation = generation;
        }

        boolean looksDecided() {
            return generations.outcome(generation) != Outcome.OPEN || generations.isComplete(generation);
        }

        boolean isDecided(boolean probe) {
            steps.lock();
            try {
                checkOpen();
                return isEnded() || (probe && isEndedByDeath());
            } finally {
                steps.unlock();
            }
        }

        /** Whether the generation has ended; ends it if all have arrived. */
        boolean isEnded() {
            if (generations.endIfComplete(generation)) {
                endedByUs = true;
            }
            return generations.outcome(generation) != Outcome.OPEN;
        }

        /**
         * Ends the generation if a party is dead. Whoever died after all had arrived does not break it: the arrivals
         * are looked at once more behind the verdict, where all that were made before the death are visible. A death
         * here leaves the same to the others.
         */
        private boolean isEndedByDeath() {
            return generations.hasDeadParty() && (isEnded() || generations.breakUp(generation));
        }

        boolean result() throws BrokenBarrierException {
            if (generations.outcome(generation) == Outcome.BROKEN) {
                throw new BrokenBarrierException(memory.name() + ": broken while waiting: a party died or gave up");
            }
            return endedByUs;
        }
    }

    /** The place was given to another party of this process: this one is not at it any more. */
    void lose() {
        steps.lock();
        try {
            lost = true;
        } finally {
            steps.unlock();
        }
    }

    @Override
    public void close() {
        steps.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            onClose.accept(place, this);
            if (lost) {
                return;
            }
            long generation = BarrierLayout.generation(generations.state());
            // If all have arrived it does not wait any more, whoever is the first to say so.
            boolean waits = generations.hasArrived(place, generation) && !generations.endIfComplete(generation);
            if (waits && generations.owner(place) == token) {
                generations.breakUp(generation);
            }
            // Losing it means that we were held for dead and the place was given on.
            memory.compareAndSetLong(BarrierLayout.owner(place), token, BarrierLayout.FREE);
        } finally {
            steps.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(memory.name() + ", place " + place + ",");
        }
    }
}
