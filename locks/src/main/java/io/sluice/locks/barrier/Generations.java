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
        return memory.getLongAcquire(BarrierLayout.STATE);
    }

    /** What became of {@code generation}, at which the caller has arrived or is about to. */
    Outcome outcome(long generation) {
        long state = state();
        long distance = BarrierLayout.generation(state) - generation;
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
        // acquire; pairs with the CAS of RegionBarrierParty.arrive(): what the party did before is visible.
        return owner != BarrierLayout.FREE
                && memory.getLongAcquire(BarrierLayout.arrived(place)) == BarrierLayout.arrival(generation + 1, owner);
    }

    /** Token of the party of {@code place}, 0 if it is free. */
    long owner(int place) {
        long owner = memory.getLongAcquire(BarrierLayout.owner(place));
        if (!BarrierLayout.isToken(owner)) {
            throw new CorruptLockException(
                    memory.name(), "owner of place " + place, "a token", Long.toHexString(owner));
        }
        return owner;
    }

    /** Ends a complete generation; returns whether this call did. */
    boolean complete(long generation) {
        return end(BarrierLayout.state(generation), BarrierLayout.state(generation + 1));
    }

    /** Breaks a generation; returns whether it is broken now, by this call or another. */
    boolean breakUp(long generation) {
        end(BarrierLayout.state(generation), BarrierLayout.state(generation) | BarrierLayout.BROKEN);
        return outcome(generation) == Outcome.BROKEN;
    }

    /** Breaks {@code generation} if a party is dead, whether or not it had arrived. */
    boolean breakIfBereft(long generation) {
        return hasDeadParty() && breakUp(generation);
    }

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
