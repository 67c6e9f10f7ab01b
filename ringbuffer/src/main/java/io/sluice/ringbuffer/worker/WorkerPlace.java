package io.sluice.ringbuffer.worker;

import io.sluice.api.memory.RegionMemory;

/**
 * A thread's place among the figures: what it writes, and what the last owner left about the message that it had in
 * hand. Confined to that thread, but for {@link #leave}.
 */
final class WorkerPlace {

    private static final long NOBODY = 0;

    private final RegionMemory memory;
    private final long place;
    private final long token;

    private WorkerPlace(RegionMemory memory, long place) {
        this.memory = memory;
        this.place = place;
        this.token = memory.selfToken();
    }

    /**
     * Takes the first place that nobody has, or whose owner is dead.
     *
     * @return the place, or null if all are taken by live processes
     */
    static WorkerPlace take(RegionMemory memory) {
        for (int index = 0; index < WorkerLayout.PLACE_COUNT; index++) {
            long place = WorkerLayout.place(index);
            // acquire; pairs with the CAS of leave(), or the owner's death: its last figures are visible.
            long owner = memory.getLongAcquire(place + WorkerLayout.OWNER);
            // full fence; losing it means that another one came. A death below leaves a dead owner, as at any later
            // time.
            if ((owner == NOBODY || !memory.isAlive(owner))
                    && memory.compareAndSetLong(place + WorkerLayout.OWNER, owner, memory.selfToken())) {
                return new WorkerPlace(memory, place);
            }
        }
        return null;
    }

    /**
     * Begins to work on a ring.
     *
     * @param ring tells it from others that had its name before it
     */
    void begin(long ring) {
        if (memory.getLong(place + WorkerLayout.RING) != ring) {
            // What was in hand was a message of another ring. A death between the two leaves nothing in hand.
            set(WorkerLayout.IN_HAND, InHand.EMPTY);
            set(WorkerLayout.RING, ring);
        }
        memory.setLong(place + WorkerLayout.SINCE_MILLIS, System.currentTimeMillis());
        setState(WorkerState.RUNNING);
    }

    void setState(WorkerState state) {
        // release; pairs with WorkerFigures: what was counted before is visible.
        memory.setLongRelease(place + WorkerLayout.STATE, state.code());
    }

    long get(long figure) {
        return memory.getLongAcquire(place + figure);
    }

    /** Counts one up. */
    void count(long figure) {
        set(figure, memory.getLong(place + figure) + 1);
    }

    void set(long figure, long value) {
        // release; pairs with WorkerFigures. Only the owner stores here, so nothing is lost between load and store.
        memory.setLongRelease(place + figure, value);
    }

    /**
     * Notes that a delivery of {@code message} begins, in front of the handler; or, when all that was given is
     * acknowledged, what is left to say: see {@link InHand}.
     */
    void setInHand(long message, long tries) {
        // One word, in front of the handler; pairs with the look at it in WorkerThread of the next owner. A death above
        // leaves the message before, with its own count; below, this one with this delivery counted.
        set(WorkerLayout.IN_HAND, InHand.word(message, tries));
    }

    /** Leaves the place to whoever comes; the figures stay. */
    void leave(WorkerState last) {
        setState(last);
        memory.compareAndSetLong(place + WorkerLayout.OWNER, token, NOBODY);
    }
}
