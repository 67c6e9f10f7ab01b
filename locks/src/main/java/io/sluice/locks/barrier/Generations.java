package io.sluice.locks.barrier;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import java.util.function.LongConsumer;

/**
 * The generations of a barrier and how each ends: complete or broken, by one CAS of STATE that only one of the two can
 * win. Any party may make it, on behalf of all.
 *
 * <pre>
 *   2g      -- complete ->  2(g + 1)
 *   2g      -- break    ->  2g + 1
 *   2g + 1  -- reset    ->  2(g + 2)
 * </pre>
 *
 * <p>A generation that completes adds one, a reset two. So a party that arrived at g and slept through anything that
 * followed still knows: after g completed the next cannot complete without it, hence an odd distance from g means that
 * g was complete, an even one that it was broken.
 */
final class Generations {

    private final RegionMemory memory;
    private final int parties;
    private final WakeWord wake;

    Generations(RegionMemory memory, int parties, WakeWord wake) {
        this.memory = memory;
        this.parties = parties;
        this.wake = wake;
    }

    /** What became of a generation. */
    enum Outcome {
        /** Nothing yet. */
        OPEN,
        /** All arrived. */
        COMPLETE,
        /** Broken. */
        BROKEN
    }

    long state() {
        // acquire; pairs with the CASes here: what was done before the verdict is visible to who sees it.
        long state = memory.getLongAcquire(BarrierLayout.STATE);
        if (!BarrierLayout.isState(state)) {
            throw corrupt("state", "a generation, broken or not", state);
        }
        return state;
    }

    private CorruptLockException corrupt(String field, String expected, long found) {
        memory.checkAttached();
        return new CorruptLockException(memory.name(), field, expected, Long.toHexString(found));
    }

    /** What became of {@code generation}, at which the caller has arrived or is about to. */
    Outcome outcome(long generation) {
        long state = state();
        long distance = BarrierLayout.generation(state) - generation;
        if (distance < 0) {
            // It has been further.
            throw corrupt("state", "generation " + generation + " or a later one", state);
        }
        if (distance == 0) {
            return BarrierLayout.isBroken(state) ? Outcome.BROKEN : Outcome.OPEN;
        }
        return (distance & 1) == 1 ? Outcome.COMPLETE : Outcome.BROKEN;
    }

    /** Whether every place is taken and its party has arrived at {@code generation}. */
    boolean isComplete(long generation) {
        for (int place = 0; place < parties; place++) {
            if (!hasArrived(place, generation)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the party of {@code place} waits at the barrier of {@code generation}. */
    boolean hasArrived(int place, long generation) {
        long owner = owner(place);
        return owner != BarrierLayout.FREE
                && arrived(place, generation) == BarrierLayout.arrival(generation + 1, owner);
    }

    /** ARRIVED of {@code place}, seen in {@code generation} or later. */
    private long arrived(int place, long generation) {
        // acquire; pairs with the CAS of RegionBarrierParty.arrive(): what the party did before is visible.
        long arrived = memory.getLongAcquire(BarrierLayout.arrived(place));
        long arrivals = BarrierLayout.arrivals(arrived);
        // Nobody arrives at a generation that has not begun. STATE comes second: it never goes back.
        if (arrivals > generation + 1 && arrivals > BarrierLayout.generation(state()) + 1) {
            throw corrupt("arrivals of place " + place, "at most those of the generation", arrived);
        }
        return arrived;
    }

    /** Refuses a place whose party has arrived more often than it can have. */
    void checkArrivals(int place) {
        arrived(place, 0);
    }

    /** Token of the party of {@code place}, 0 if it is free. */
    long owner(int place) {
        long owner = memory.getLongAcquire(BarrierLayout.owner(place));
        if (!BarrierLayout.isToken(owner)) {
            throw corrupt("owner of place " + place, "a token", owner);
        }
        return owner;
    }

    /** Ends a complete generation; returns whether this call did. */
    boolean complete(long generation) {
        return end(BarrierLayout.state(generation), BarrierLayout.state(generation + 1));
    }

    /** Ends a generation if all have arrived at it; returns whether this call did. */
    boolean endIfComplete(long generation) {
        return isComplete(generation) && complete(generation);
    }

    /** Breaks a generation; returns whether it is broken now, by this call or another. */
    boolean breakUp(long generation) {
        end(BarrierLayout.state(generation), BarrierLayout.state(generation) | BarrierLayout.BROKEN);
        return outcome(generation) == Outcome.BROKEN;
    }

    /** Whether the process of a party is dead, whether or not that party had arrived; what it did before is visible. */
    boolean hasDeadParty() {
        for (int place = 0; place < parties; place++) {
            long owner = owner(place);
            if (owner != BarrierLayout.FREE && !memory.isAlive(owner)) {
                return true;
            }
        }
        return false;
    }

    /** Names the processes of all parties. */
    void forEachParty(LongConsumer token) {
        for (int place = 0; place < parties; place++) {
            token.accept(owner(place));
        }
    }

    /** Ends the present generation as broken, frees the places of the dead and begins the next generation. */
    void reset() {
        long broken = state() | BarrierLayout.BROKEN;
        if (!breakUp(BarrierLayout.generation(broken))) {
            // It became complete in this moment, or another reset was quicker: a new generation has begun.
            return;
        }
        for (int place = 0; place < parties; place++) {
            long owner = owner(place);
            // The state comes after the verdict: who dies in the generation that another reset has begun breaks that.
            if (owner != BarrierLayout.FREE && !memory.isAlive(owner) && state() == broken) {
                // full fence; losing it means that another reset freed it.
                memory.compareAndSetLong(BarrierLayout.owner(place), owner, BarrierLayout.FREE);
            }
        }
        // A death above leaves the generation broken. Losing it means that it was complete already, or reset by
        // another.
        end(broken, BarrierLayout.state(BarrierLayout.generation(broken) + 2));
    }

    private boolean end(long state, long next) {
        // full fence; pairs with state()'s acquire. A death below leaves sleepers to their slice.
        if (!memory.compareAndSetLong(BarrierLayout.STATE, state, next)) {
            return false;
        }
        wake.wake();
        return true;
    }
}
