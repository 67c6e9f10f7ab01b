package io.sluice.stress.explore;

import io.sluice.api.memory.RegionMemory;

/**
 * One actor's memory during one run of its program: answers from the log first, and from the {@link Machine} once the
 * log is used up.
 */
final class Turn extends ModelMemory implements Actor {

    private static final int LOAD = 1 << 24;
    private static final int STORE = 2 << 24;
    private static final int CAS = 3 << 24;
    private static final int ADD = 4 << 24;
    private static final int FULL_FENCE = 5 << 24;
    private static final int LIGHT_FENCE = 6 << 24;
    private static final int HEAVY_FENCE = 7 << 24;
    private static final int SLEEP = 8 << 24;
    private static final int WAKE = 9 << 24;
    private static final int PAUSE = 10 << 24;
    private static final int CLOCK = 11 << 24;
    private static final int PROBE = 12 << 24;
    private static final int NOTE = 13 << 24;

    private static final long SPIN_NANOS = 100;
    private static final long YIELD_NANOS = 1_000;

    private final Machine machine;
    private final ActorState actor;
    private final RegionMemory door;

    Turn(Machine machine, ActorState actor, Scenario scenario) {
        this.machine = machine;
        this.actor = actor;
        this.door = scenario.mutate(this);
    }

    // ---- the actor ------------------------------------------------------------------------------------------------

    @Override
    public RegionMemory memory() {
        return door;
    }

    @Override
    public void note(String what, long value) {
        if (actor.isReplaying()) {
            actor.replay(NOTE);
            return;
        }
        if (actor.unwinding) {
            throw actor.signal;
        }
        machine.note(actor, what, value);
        actor.record(NOTE, 0);
    }

    // ---- accesses -------------------------------------------------------------------------------------------------

    @Override
    int bytes() {
        return machine.memoryBytes();
    }

    @Override
    long load(int place, int size, boolean acquire) {
        int question = LOAD | place;
        return actor.isReplaying()
                ? actor.replay(question)
                : actor.record(question, machine.load(actor, place, size, acquire));
    }

    @Override
    void store(int place, int size, long value, boolean release) {
        int question = STORE | place;
        if (actor.isReplaying()) {
            actor.replay(question);
            return;
        }
        machine.store(actor, place, size, value, release);
        actor.record(question, 0);
    }

    @Override
    boolean cas(int place, int size, long expected, long value) {
        int question = CAS | place;
        if (actor.isReplaying()) {
            return actor.replay(question) != 0;
        }
        boolean done = machine.compareAndSet(actor, place, size, expected, value);
        actor.record(question, done ? 1 : 0);
        return done;
    }

    @Override
    long add(int place, long delta) {
        int question = ADD | place;
        return actor.isReplaying()
                ? actor.replay(question)
                : actor.record(question, machine.getAndAdd(actor, place, delta));
    }

    // ---- fences ---------------------------------------------------------------------------------------------------

    @Override
    public void fullFence() {
        if (actor.isReplaying()) {
            actor.replay(FULL_FENCE);
            return;
        }
        machine.fullFence(actor);
        actor.record(FULL_FENCE, 0);
    }

    @Override
    public void fenceLight() {
        if (actor.isReplaying()) {
            actor.replay(LIGHT_FENCE);
            return;
        }
        // Orders nothing by itself: the model's heavy fence does the work of both.
        machine.reach(actor, false);
        actor.record(LIGHT_FENCE, 0);
    }

    @Override
    public void fenceHeavy() {
        if (actor.isReplaying()) {
            actor.replay(HEAVY_FENCE);
            return;
        }
        machine.heavyFence(actor);
        actor.record(HEAVY_FENCE, 0);
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    @Override
    public void futexWait(long offset, int expected, long timeoutNanos) {
        int question = SLEEP | (int) offset;
        if (actor.isReplaying()) {
            actor.replay(question);
            return;
        }
        boolean asleep = machine.sleeps(actor, (int) offset, expected, timeoutNanos);
        actor.record(question, 0);
        if (asleep) {
            throw machine.block(actor);
        }
    }

    @Override
    public int futexWake(long offset, int count) {
        int question = WAKE | (int) offset;
        return (int)
                (actor.isReplaying()
                        ? actor.replay(question)
                        : actor.record(question, machine.wake(actor, (int) offset, count)));
    }

    @Override
    public void spinHint() {
        pause(SPIN_NANOS);
    }

    @Override
    public void yieldHint() {
        pause(YIELD_NANOS);
    }

    @Override
    public void parkNanos(long nanos) {
        pause(nanos);
    }

    private void pause(long nanos) {
        if (actor.isReplaying()) {
            actor.replay(PAUSE);
            return;
        }
        boolean pauses = machine.pauses(actor, nanos);
        actor.record(PAUSE, 0);
        if (pauses) {
            throw machine.block(actor);
        }
    }

    @Override
    public long nanoTime() {
        if (actor.isReplaying()) {
            return actor.replay(CLOCK);
        }
        machine.reach(actor, false);
        return actor.record(CLOCK, machine.clock());
    }

    // ---- identity -------------------------------------------------------------------------------------------------

    @Override
    public long selfToken() {
        return actor.token;
    }

    @Override
    public boolean isAlive(long token) {
        if (actor.isReplaying()) {
            return actor.replay(PROBE) != 0;
        }
        boolean alive = machine.isAlive(actor, token);
        actor.record(PROBE, alive ? 1 : 0);
        return alive;
    }

    @Override
    public String name() {
        return actor.role.name();
    }
}
