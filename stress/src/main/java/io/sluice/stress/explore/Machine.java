package io.sluice.stress.explore;

import io.sluice.stress.explore.ActorState.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Executes a scenario once, as a {@link Chooser} says: the modelled machine. Memory with store buffers, a futex, a
 * clock and the knowledge of who is dead; one actor runs at a time, and at each access that others could notice the
 * chooser may let it go on, run another one, kill somebody, or let a late store arrive.
 *
 * <p>Everything happens on the caller's thread. To switch, the running actor's stack is unwound with a {@link Signal};
 * to go on with it later, its program is run again from its beginning against its log, see {@link ActorState}.
 */
final class Machine {

    private static final int MOST_STEPS = 200_000;
    private static final int SETUP_WRITER = -1;

    private final Scenario scenario;
    private final Bounds bounds;
    private final Footprint footprint;
    private final SharedBytes bytes;
    private final Stores stores;
    private final ActorState[] actors;
    private final VirtualTime time;
    private final List<Event> events = new ArrayList<>();

    private Course course;
    private String failure;
    private Throwable cause;
    private ActorState next;
    private int ended; // bit mask of actors that ended or died
    private int killed;

    Machine(Scenario scenario, Bounds bounds, Footprint footprint) {
        this.scenario = scenario;
        this.bounds = bounds;
        this.footprint = footprint;
        this.bytes = new SharedBytes(scenario.memoryBytes());
        this.stores = new Stores(bytes, bounds.model(), footprint);
        this.actors = new ActorState[scenario.roles().size()];
        this.time = new VirtualTime(actors);
        for (int i = 0; i < actors.length; i++) {
            Scenario.Role role = scenario.roles().get(i);
            actors[i] = new ActorState(i, role, Scenario.token(i), mask(role.after()));
        }
        scenario.setup().accept(new SetupMemory(bytes, SETUP_WRITER));
        bytes.keep();
    }

    private int mask(List<String> names) {
        int mask = 0;
        for (String name : names) {
            int index = 0;
            while (!scenario.roles().get(index).name().equals(name)) {
                index++;
            }
            mask |= 1 << index;
        }
        return mask;
    }

    /** Runs every actor to its end; the result is told by the getters below. */
    void execute(Chooser chooser, List<String> trace) {
        course = new Course(chooser, trace, bounds, scenario.kills());
        reset();
        while (failure == null) {
            ActorState actor = next == null ? chooseNext() : next;
            if (actor == null) {
                break;
            }
            next = null;
            runTurn(actor);
        }
        if (failure == null) {
            judge();
        }
    }

    private void reset() {
        stores.reset(course);
        events.clear();
        for (ActorState actor : actors) {
            actor.reset();
        }
        failure = null;
        cause = null;
        next = null;
        ended = 0;
        killed = 0;
        time.reset();
    }

    private void judge() {
        List<String> dead = new ArrayList<>();
        for (ActorState actor : actors) {
            if (actor.status == Status.DEAD) {
                dead.add(actor.role.name());
            }
        }
        try {
            scenario.oracle()
                    .check(new Outcome(events, dead, offset -> bytes.get(Math.toIntExact(offset), Long.BYTES)));
        } catch (ViolationException e) {
            failure = e.getMessage();
        }
    }

    /** Why the execution is a finding, or null. */
    String failure() {
        return failure;
    }

    /** What was thrown, if that is why. */
    Throwable cause() {
        return cause;
    }

    int steps() {
        return course.steps;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    Schedule schedule() {
        return course.schedule(scenario.name(), bounds.model());
    }

    // ---- turns ----------------------------------------------------------------------------------------------------

    private void runTurn(ActorState actor) {
        actor.rewind();
        try {
            actor.role.program().run(new Turn(this, actor, scenario));
            if (actor.unwinding) {
                fail("actor " + actor.role.name() + " caught the signal that should have stopped it", null);
                return;
            }
            end(actor, Status.ENDED);
            stores.leave(actor);
        } catch (Signal e) {
            if (!actor.unwinding) {
                fail("a stray signal reached actor " + actor.role.name(), e);
            }
        } catch (NotDeterministicException e) {
            throw e;
        } catch (Throwable e) {
            fail("actor " + actor.role.name() + " failed with " + e, e);
        }
    }

    private void end(ActorState actor, Status status) {
        actor.status = status;
        ended |= 1 << actor.index;
        stores.change();
        if (course.isTraced()) {
            course.tell(actor, status == Status.DEAD ? "dies" : "ends");
        }
    }

    private void fail(String message, Throwable thrown) {
        if (failure == null) {
            failure = message;
            cause = thrown;
        }
    }

    /** Stops the running actor here. */
    private Signal stop(ActorState actor) {
        actor.unwinding = true;
        return actor.signal;
    }

    /** Who runs when nobody does; null when all have come to their end or something went wrong. */
    private ActorState chooseNext() {
        while (failure == null) {
            course.either();
            for (ActorState actor : actors) {
                if (actor.isRunnable(ended, stores.changes())) {
                    course.or(Action.of(Action.RUN, actor.index));
                }
            }
            if (course.isEmpty()) {
                if (!letTimePass()) {
                    return null;
                }
                continue;
            }
            ActorState actor = actors[Action.actor(course.decide())];
            actor.status = Status.READY;
            return actor;
        }
        return null;
    }

    /** Nobody can run: late stores arrive, then the earliest time limit is reached. False if there is none. */
    private boolean letTimePass() {
        boolean arrived = false;
        for (ActorState actor : actors) {
            arrived |= actor.buffer.count() > 0;
            stores.flush(actor);
        }
        if (arrived) {
            return true;
        }
        time.countIdleTurn(stores.changes());
        if (time.isStalled()) {
            fail("stall: everybody who is left waits, and nothing changes any more", null);
            return false;
        }
        ActorState first = time.first(stores.changes());
        if (first == null) {
            return false;
        }
        if (first.status == Status.ASLEEP && killed == 0 && !scenario.timeoutsExpected()) {
            fail(
                    "lost wake-up: actor " + first.role.name() + " sleeps on " + scenario.place(first.sleepsOn)
                            + " and nobody is left to wake it",
                    null);
            return false;
        }
        time.passUntil(first.wakeAt, stores.changes());
        return true;
    }

    // ---- decisions ------------------------------------------------------------------------------------------------

    /** A scheduling point: what happens before the running {@code actor} performs its next access. */
    void reach(ActorState actor, boolean worthwhile) {
        if (actor.unwinding) {
            throw actor.signal;
        }
        if (course.steps > MOST_STEPS) {
            fail("no end after " + course.steps + " accesses", null);
        }
        if (failure != null) {
            throw stop(actor);
        }
        if (!worthwhile) {
            return;
        }
        boolean mayYield = !actor.chosen;
        actor.chosen = false;
        while (true) {
            course.ordinarily(Action.of(Action.CONTINUE, actor.index));
            offerOthers(actor, mayYield);
            int action = course.decide();
            ActorState other = actors[Action.actor(action)];
            switch (Action.kind(action)) {
                case Action.CONTINUE -> {
                    return;
                }
                case Action.RUN -> {
                    course.preemptionsLeft--;
                    next = other;
                    next.status = Status.READY;
                    stores.leave(actor);
                    throw stop(actor);
                }
                case Action.FLUSH -> {
                    course.preemptionsLeft--;
                    stores.arrive(other, Action.argument(action));
                }
                case Action.KILL -> {
                    kill(other);
                    if (other == actor) {
                        throw stop(actor);
                    }
                }
                default -> throw new IllegalStateException(Action.text(action));
            }
        }
    }

    private void offerOthers(ActorState actor, boolean mayYield) {
        for (ActorState other : actors) {
            if (other != actor && course.preemptionsLeft > 0) {
                if (mayYield && other.isRunnable(ended, stores.changes())) {
                    course.or(Action.of(Action.RUN, other.index));
                }
                for (int entry = 0; entry < other.buffer.count(); entry++) {
                    if (stores.mayArrive(other.buffer, entry)) {
                        course.or(Action.of(Action.FLUSH, other.index, entry));
                    }
                }
            }
            if (course.killsLeft > 0
                    && other.role.killable()
                    && (other == actor || other.isBlocked(stores.changes()))) {
                course.or(Action.of(Action.KILL, other.index));
            }
        }
    }

    private void kill(ActorState actor) {
        course.killsLeft--;
        killed++;
        stores.bury(actor);
        events.add(new Event(actor.role.name(), Outcome.DIES, 0));
        end(actor, Status.DEAD);
    }

    // ---- accesses -------------------------------------------------------------------------------------------------

    long load(ActorState actor, int place, int size, boolean acquire) {
        reach(actor, footprint.touch(actor.index, place, size, false));
        course.steps++;
        long value = stores.load(actor, place, size, acquire);
        if (course.isTraced()) {
            trace(actor, acquire ? "load.acquire" : "load", place, value);
        }
        return value;
    }

    void store(ActorState actor, int place, int size, long value, boolean release) {
        reach(actor, footprint.touch(actor.index, place, size, true));
        course.steps++;
        stores.store(actor, place, size, value, release);
        if (course.isTraced()) {
            trace(actor, release ? "store.release" : "store", place, value);
        }
    }

    boolean compareAndSet(ActorState actor, int place, int size, long expected, long value) {
        reach(actor, footprint.touch(actor.index, place, size, true));
        course.steps++;
        stores.fence(actor);
        boolean equal = bytes.get(place, size) == expected;
        if (equal) {
            stores.makeVisible(actor, place, size, value);
            actor.floor = bytes.date();
        }
        if (course.isTraced()) {
            trace(actor, (equal ? "cas " : "cas FAILS ") + expected + " ->", place, value);
        }
        return equal;
    }

    long getAndAdd(ActorState actor, int place, long delta) {
        reach(actor, footprint.touch(actor.index, place, Long.BYTES, true));
        course.steps++;
        stores.fence(actor);
        long before = bytes.get(place, Long.BYTES);
        stores.makeVisible(actor, place, Long.BYTES, before + delta);
        actor.floor = bytes.date();
        if (course.isTraced()) {
            trace(actor, "add " + delta + " to", place, before);
        }
        return before;
    }

    void fullFence(ActorState actor) {
        reach(actor, actor.buffer.count() > 0);
        course.steps++;
        stores.fence(actor);
        if (course.isTraced()) {
            course.tell(actor, "fence");
        }
    }

    void heavyFence(ActorState actor) {
        reach(actor, true);
        course.steps++;
        for (ActorState other : actors) {
            stores.flush(other);
        }
        for (ActorState other : actors) {
            stores.fence(other);
        }
        if (course.isTraced()) {
            course.tell(actor, "heavy fence");
        }
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    /** Puts the actor to sleep if {@code place} holds {@code expected}; returns whether its turn is over. */
    boolean sleeps(ActorState actor, int place, int expected, long nanos) {
        reach(actor, footprint.touch(actor.index, place, Integer.BYTES, false));
        course.steps++;
        stores.fence(actor);
        boolean sleep = bytes.get(place, Integer.BYTES) == expected;
        if (course.isTraced()) {
            trace(actor, sleep ? "sleeps on" : "does not sleep on", place, expected);
        }
        if (sleep) {
            actor.status = Status.ASLEEP;
            actor.sleepsOn = place;
            actor.sleepsSince = course.steps;
            time.limit(actor, nanos);
        }
        return sleep;
    }

    int wake(ActorState actor, int place, int most) {
        reach(actor, footprint.touch(actor.index, place, Integer.BYTES, true));
        course.steps++;
        stores.fence(actor);
        int woken = 0;
        ActorState sleeper = time.longestAsleep(place);
        while (woken < most && sleeper != null) {
            sleeper.status = Status.READY;
            stores.change();
            woken++;
            sleeper = time.longestAsleep(place);
        }
        if (course.isTraced()) {
            trace(actor, "wakes", place, woken);
        }
        return woken;
    }

    /** A turn of a busy wait: pointless to go on before something has changed. Returns whether the turn is over. */
    boolean pauses(ActorState actor, long nanos) {
        reach(actor, false);
        course.steps++;
        if (actor.seenVersion != stores.changes()) {
            actor.seenVersion = stores.changes();
            return false;
        }
        time.limit(actor, nanos);
        actor.status = Status.SPINNING;
        return true;
    }

    /** After the log of an actor has the answer of the call in which it blocks. */
    Signal block(ActorState actor) {
        stores.leave(actor);
        return stop(actor);
    }

    long clock() {
        return time.now();
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    boolean isAlive(ActorState actor, long token) {
        reach(actor, scenario.kills() > 0);
        course.steps++;
        actor.buffer.settle();
        boolean alive = false;
        for (ActorState other : actors) {
            alive |= other.token == token && other.status != Status.DEAD;
        }
        if (course.isTraced()) {
            course.tell(actor, "probes " + token + (alive ? " alive" : " dead"));
        }
        return alive;
    }

    void note(ActorState actor, String what, long value) {
        actor.buffer.settle();
        events.add(new Event(actor.role.name(), what, value));
        if (course.isTraced()) {
            course.tell(actor, "notes " + what + " " + value);
        }
    }

    int memoryBytes() {
        return bytes.size();
    }

    private void trace(ActorState actor, String what, int place, long value) {
        course.tell(actor, what + " " + scenario.place(place) + " " + value);
    }
}
