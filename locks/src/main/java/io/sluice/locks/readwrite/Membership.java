package io.sluice.locks.readwrite;

import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.LockFullException;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * An attachment's slot among the others: taken, kept, perhaps lost to a wrong verdict, given back; and its place in the
 * queue. Each change of shared memory by the attachment is made between {@link #begin} and {@link #end}, which are
 * never apart for longer than a few loads and stores. So none comes late: after {@link #close} there is none.
 */
final class Membership {

    private static final int NO_SLOT = -1;

    private final RegionMemory memory;
    private final boolean fair;
    private final ReaderSlots slots;
    private final ArrivalOrder order;
    private final ReentrantLock steps = new ReentrantLock();
    private int slot; // guarded by steps
    private volatile boolean closed; // changed in steps

    Membership(RegionMemory memory, boolean fair, ReaderSlots slots, ArrivalOrder order) {
        this.memory = memory;
        this.fair = fair;
        this.slots = slots;
        this.order = order;
        this.slot = attach();
    }

    private int attach() {
        int found = slots.attach();
        if (found < 0) {
            throw new LockFullException(memory.name(), "attachments", slots.count());
        }
        return found;
    }

    /** Begins a step of this attachment, to be followed by {@link #end} in any case, also when this throws. */
    void begin() {
        steps.lock();
        if (closed) {
            throw new DetachedException(memory.name());
        }
        if (slot == NO_SLOT) {
            slot = attach();
        }
    }

    /** As {@link #begin()}; returns false if this attachment is closed, so that there is nothing to do. */
    boolean beginUnlessClosed() {
        steps.lock();
        return !closed;
    }

    /** Whether this attachment is closed; for those who wait. */
    boolean isClosed() {
        return closed;
    }

    /** Ends a step. */
    void end() {
        steps.unlock();
    }

    /** Index of the slot, inside a step. */
    int slot() {
        return slot;
    }

    /** The slot was given to others: forget it and take another one on the next use. Inside a step. */
    FencedException lost(String what) {
        slot = NO_SLOT;
        return new FencedException(memory.name(), "own " + what, "another's");
    }

    /** Gives the slot back; inside a step, the last one. */
    void close() {
        if (slot != NO_SLOT) {
            slots.detach(slot);
        }
        closed = true;
    }

    /** A place in the queue of a fair lock, and what people see of a wait. */
    final class Place {

        private final int own;
        private long number = ArrivalOrder.NONE;

        private Place(int own) {
            this.own = own;
        }

        /** Whether nobody is ahead whom this one must not overtake. */
        boolean mayGo(boolean probe) {
            return !fair || order.mayGo(own, number, probe);
        }

        /** Names the processes of those ahead whom this one must not overtake. */
        void forEachAhead(LongConsumer token) {
            if (fair) {
                order.forEachAhead(own, number, token);
            }
        }

        /** Gives the place up, having gone or not. */
        void leave() {
            try {
                if (beginUnlessClosed() && own == slot) {
                    memory.setLong(ReadWriteLayout.wants(own), ReadWriteLayout.WANTS_NOTHING);
                    if (fair) {
                        order.leave(own, number);
                    }
                }
            } finally {
                end();
            }
        }
    }

    /**
     * Queues up. One thread of the attachment at a time.
     *
     * @param reads whether the attachment reads meanwhile, so that "since" is about that
     */
    Place queue(long wants, boolean reads) {
        try {
            begin();
            // Before it arrives: without memory for it nobody is to wait for a place that nobody leaves.
            Place place = new Place(slot);
            if (fair) {
                place.number = order.arrive(slot, wants == ReadWriteLayout.WANTS_WRITING);
                if (place.number == ArrivalOrder.NONE) {
                    throw lost("place in the queue");
                }
            }
            if (!reads) {
                memory.setLong(ReadWriteLayout.since(slot), memory.coarseMillis());
            }
            memory.setLong(ReadWriteLayout.wants(slot), wants);
            return place;
        } finally {
            end();
        }
    }
}
