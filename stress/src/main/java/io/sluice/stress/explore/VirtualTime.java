package io.sluice.stress.explore;

import io.sluice.stress.explore.ActorState.Status;

/**
 * The clock of one execution, which stands still while anybody can run: it jumps to the end of the next wait when
 * nobody can.
 */
final class VirtualTime {

    private static final int MOST_IDLE_TURNS = 5_000;
    private static final int MOST_VAIN_TURNS = 50;
    private static final long START = 1_000_000_000L;

    private final ActorState[] actors;
    private long now = START;
    private int idleTurns;
    private long idleSince;

    VirtualTime(ActorState[] actors) {
        this.actors = actors;
    }

    void reset() {
        now = START;
        idleTurns = 0;
        idleSince = 0;
    }

    long now() {
        return now;
    }

    /** Sets when a wait that begins now is over. */
    void limit(ActorState actor, long nanos) {
        actor.wakeAt = now + Math.max(0, nanos);
    }

    /** Ends every wait that is over by {@code moment}. */
    void passUntil(long moment, long changes) {
        now = Math.max(now, moment);
        for (ActorState actor : actors) {
            if (actor.isBlocked(changes) && actor.wakeAt - now <= 0) {
                actor.status = Status.READY;
            }
        }
    }

    /** Counts that nobody could run, since the last of {@code changes}. */
    void countIdleTurn(long changes) {
        if (idleSince != changes) {
            idleSince = changes;
            idleTurns = 0;
        }
        idleTurns++;
    }

    /** Whether nothing has changed for so long that nothing will. */
    boolean isStalled() {
        return idleTurns > MOST_IDLE_TURNS;
    }

    /** Whose wait is over first, or null; {@code changes} tells whether those who spin do so in vain. */
    ActorState first(long changes) {
        // Whoever has spun in vain for long spins on: skip to the end of somebody's sleep.
        ActorState sleeper = idleTurns > MOST_VAIN_TURNS ? first(changes, true) : null;
        return sleeper == null ? first(changes, false) : sleeper;
    }

    private ActorState first(long changes, boolean sleepersOnly) {
        ActorState first = null;
        for (ActorState actor : actors) {
            boolean counts = sleepersOnly ? actor.status == Status.ASLEEP : actor.isBlocked(changes);
            if (counts && (first == null || actor.wakeAt - first.wakeAt < 0)) {
                first = actor;
            }
        }
        return first;
    }

    /** Who has slept longest on {@code place}, or null. */
    ActorState longestAsleep(int place) {
        ActorState longest = null;
        for (ActorState actor : actors) {
            if (actor.status == Status.ASLEEP
                    && actor.sleepsOn == place
                    && (longest == null || actor.sleepsSince < longest.sleepsSince)) {
                longest = actor;
            }
        }
        return longest;
    }
}
