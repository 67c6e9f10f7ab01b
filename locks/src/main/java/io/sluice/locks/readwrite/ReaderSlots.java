package io.sluice.locks.readwrite;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;

/**
 * The readers of a lock: one word per attachment, which says whose it is and whether it reads. An attachment takes
 * a free word, keeps it, and is from then on the only one to change it - except that the word of a dead
 * process may be taken by anybody.
 *
 * <pre>
 *   0                free
 *   token            attached
 *   token | READING  attached and reading
 * </pre>
 *
 * <p>Who reads and that it reads are one CAS, so there is no moment at which a killed reader leaves a hold without a
 * name. Callers serialise the calls of one
 * attachment.
 */
final class ReaderSlots {

    static final long FREE = 0;
    static final long READING = 1L << 60;

    private static final long TOKEN = READING - 1;

    private final RegionMemory memory;
    private final int count;
    private final long token;

    ReaderSlots(RegionMemory memory, int count) {
        this.memory = memory;
        this.count = count;
        this.token = memory.selfToken();
    }

    int count() {
        return count;
    }

    /**
     * Takes a slot that is free or whose process is dead.
     *
     * @return its index, or -1 if every slot belongs to a live process
     */
    int attach() {
        for (int slot = 0; slot < count; slot++) {
            if (attach(slot, false)) {
                return slot;
            }
        }
        for (int slot = 0; slot < count; slot++) {
            if (attach(slot, true)) {
                return slot;
            }
        }
        return -1;
    }

    private boolean attach(int slot, boolean fromDead) {
        long word = word(slot);
        if (word != FREE && !(fromDead && !memory.isAlive(word & TOKEN))) {
            return false;
        }
        // full fence; pairs with detach() and with others' attach(): one of them gets the slot.
        // A death above this line leaves what was there; below it, the slot of a dead process that does not read.
        if (!memory.compareAndSetLong(ReadWriteLayout.word(slot), word, token)) {
            return false;
        }
        // What the previous owner left. Until they are gone they count as ours, at worst as a wait that nobody is in.
        memory.setLong(ReadWriteLayout.wants(slot), ReadWriteLayout.WANTS_NOTHING);
        clearNumber(slot);
        return true;
    }

    /**
     * Takes whatever place in the queue out of a slot of ours. One who was held for dead wrongly, and whose slot is
     * another's by now, takes nothing: no two places have the same number.
     */
    private void clearNumber(int slot) {
        long number;
        do {
            number = memory.getLongAcquire(ReadWriteLayout.number(slot));
            // After the load: the next owner's number is not what was loaded while the slot was ours.
        } while (number != ArrivalOrder.NONE
                && owner(slot) == token
                // full fence; pairs with ArrivalOrder.isAhead()'s acquire. A death above leaves a dead process's
                // number.
                && !memory.compareAndSetLong(ReadWriteLayout.number(slot), number, ArrivalOrder.NONE));
    }

    /** Gives the slot back, reading or not; nothing if it is no longer ours. */
    void detach(int slot) {
        long word = word(slot);
        if ((word & TOKEN) == token) {
            memory.setLong(ReadWriteLayout.wants(slot), ReadWriteLayout.WANTS_NOTHING);
            clearNumber(slot);
            // full fence; pairs with isLeft(): what was read under the lock has been read before the word is free.
            memory.compareAndSetLong(ReadWriteLayout.word(slot), word, FREE);
        }
    }

    /** Says that the attachment reads; false if the slot was taken from it. */
    boolean begin(int slot) {
        // full fence; pairs with WriterGate.claim's CAS: either that writer sees this slot reading, or the load of
        // WRITER that follows here sees that writer. A death below this line leaves a hold that isLeft() removes.
        return replace(slot, token, token | READING);
    }

    /** Says that the attachment no longer reads; false if the slot was taken from it. */
    boolean end(int slot) {
        // full fence; pairs with isLeft()'s acquire: what was read under the lock has been read before it is left.
        return replace(slot, token | READING, token);
    }

    private boolean replace(int slot, long own, long next) {
        if (memory.compareAndSetLong(ReadWriteLayout.word(slot), own, next)) {
            return true;
        }
        // Refused, if it is nothing that another attachment would have left there.
        word(slot);
        return false;
    }

    /**
     * Whether nobody reads through {@code slot}; the hold of a dead process is removed.
     *
     * @param probe whether to find out if a reader is dead
     */
    boolean isLeft(int slot, boolean probe) {
        while (true) {
            // acquire; pairs with the CAS of end() and detach(): the reader's reads are before our writes.
            long word = word(slot);
            if ((word & READING) == 0) {
                return true;
            }
            if (!probe || memory.isAlive(word & TOKEN)) {
                return false;
            }
            // full fence; losing it means somebody else removed it or took the slot: look again.
            memory.compareAndSetLong(ReadWriteLayout.word(slot), word, FREE);
        }
    }

    /** Makes {@code slot} free if its process is dead; returns whether it is free now. A system call unless it was. */
    boolean removeDead(int slot) {
        while (true) {
            long word = word(slot);
            if (word == FREE) {
                return true;
            }
            if (memory.isAlive(word & TOKEN)) {
                return false;
            }
            // full fence; pairs with attach(). Losing it means somebody else removed it or took the slot: look again.
            memory.compareAndSetLong(ReadWriteLayout.word(slot), word, FREE);
        }
    }

    /** Token of the process that has {@code slot}; 0 if it is free. */
    long owner(int slot) {
        return word(slot) & TOKEN;
    }

    boolean isReading(int slot) {
        return (word(slot) & READING) != 0;
    }

    /** Whether {@code slot} says that this process reads. */
    boolean isOwnReading(int slot) {
        return word(slot) == (token | READING);
    }

    private long word(int slot) {
        long word = memory.getLongAcquire(ReadWriteLayout.word(slot));
        if ((word & ~(TOKEN | READING)) != 0 || word == READING) {
            throw new CorruptLockException(
                    memory.name(), "reader slot " + slot, "a token, reading or not", Long.toHexString(word));
        }
        return word;
    }
}
