package io.sluice.locks.readwrite;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import java.util.function.LongConsumer;

/**
 * The queue of a fair lock: each waiting attachment has an arrival number in its own slot and goes when nobody live
 * whom it must not overtake has a lower one. There are no links between the waiting, so a dead one is simply not looked
 * at, and nothing needs repair: it is Lamport's bakery (1974) with the numbers from one counter.
 *
 * <pre>
 *   0             not in the queue
 *   1             taking a number: it may turn out to be lower than yours
 *   2n, 2n + 1    waits as the n-th to read, to write (n from 1)
 * </pre>
 *
 * <p>Readers overtake nobody but readers; writers nobody. A stopped process that waits keeps its place, and those
 * behind it wait for it; a dead one's slot is made free by the first of them, and what is in a free slot counts for
 * nothing. Callers serialise the calls of one attachment.
 */
final class ArrivalOrder {

    static final long NONE = 0;

    private static final long CHOOSING = 1;
    private static final long WRITES = 1;

    private final RegionMemory memory;
    private final ReaderSlots slots;
    private final WakeWord gate;

    ArrivalOrder(RegionMemory memory, ReaderSlots slots, WakeWord gate) {
        this.memory = memory;
        this.slots = slots;
        this.gate = gate;
    }

    /**
     * Joins the end of the queue through {@code own} slot; returns the place, or {@link #NONE} if the slot
     * was taken away.
     */
    long arrive(int own, boolean writes) {
        // full fence; pairs with isAhead(): whoever gets a higher number sees that we are choosing or have chosen.
        // A death anywhere below leaves the number of a dead process, which nobody waits for.
        if (!memory.compareAndSetLong(ReadWriteLayout.number(own), NONE, CHOOSING)) {
            checkNumber(own);
            return NONE;
        }
        long count = memory.getAndAddLong(ReadWriteLayout.ARRIVALS, 1) + 1;
        long number = 2 * count + (writes ? WRITES : 0);
        if (!memory.compareAndSetLong(ReadWriteLayout.number(own), CHOOSING, number)) {
            return NONE;
        }
        // Who saw us choosing may have fallen asleep over it, though its number is the lower one.
        gate.wake();
        return number;
    }

    /** Refuses a number that nobody was given. */
    private void checkNumber(int slot) {
        long number = memory.getLongAcquire(ReadWriteLayout.number(slot));
        // ARRIVALS comes second: it only grows, and before the number is in the slot.
        if (number < 0 || number >>> 1 > memory.getLongAcquire(ReadWriteLayout.ARRIVALS)) {
            throw corrupt(slot, number);
        }
    }

    private CorruptLockException corrupt(int slot, long number) {
        return new CorruptLockException(
                memory.name(), "number of slot " + slot, "one that was given out", Long.toHexString(number));
    }

    /**
     * Whether nobody is ahead of {@code number}.
     *
     * @param probe whether to find out if those ahead are dead
     */
    boolean mayGo(int own, long number, boolean probe) {
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slot != own && isAhead(slot, number) && !(probe && isDead(slot))) {
                return false;
            }
        }
        return true;
    }

    /** Names the processes of those ahead of {@code number}. */
    void forEachAhead(int own, long number, LongConsumer token) {
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slot != own && isAhead(slot, number)) {
                token.accept(slots.owner(slot));
            }
        }
    }

    private boolean isDead(int slot) {
        boolean dead = slots.removeDead(slot);
        if (dead) {
            // Others wait for the same one.
            gate.wake();
        }
        return dead;
    }

    private boolean isAhead(int slot, long number) {
        // acquire; pairs with arrive() and leave().
        long other = memory.getLongAcquire(ReadWriteLayout.number(slot));
        boolean bothRead = other != CHOOSING && ((other | number) & WRITES) == 0;
        if (other == NONE || other >= number || bothRead) {
            return false;
        }
        // acquire; pairs with the CASes that make a slot free or take it. The next owner clears the number first.
        if (slots.owner(slot) == ReaderSlots.FREE) {
            return false;
        }
        if (other < 0) {
            throw corrupt(slot, other);
        }
        return true;
    }

    /** Leaves the queue, having gone or having given up; nothing if the slot was taken away. */
    void leave(int own, long number) {
        // full fence; pairs with isAhead(): our claim of the lock is visible before our place is free.
        // A death between this and the wake leaves those behind us to their slices.
        if (memory.compareAndSetLong(ReadWriteLayout.number(own), number, NONE)) {
            gate.wake();
        }
    }
}
