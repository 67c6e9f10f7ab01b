package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.RoleTakenException;

/**
 * The slot that a consumer owns, and the range that it holds there. A consumer owns one slot, and for a moment two,
 * while it goes from one to another: to adopt a range that somebody left, or to leave its own to others.
 *
 * <p>Confined to the consumer's thread, but for {@link #abandon}, which waits only for a change of slots.
 */
final class OwnSlot {

    private static final int NONE = -1;

    /** So many looks at all slots before a consumer with a role gives up finding a slot. */
    private static final int PASSES = 1000;

    private final RegionMemory memory;
    private final Slots slots;
    private final long token;

    private int index = NONE;
    private int other = NONE; // the second slot, inside of a change
    private long state; // STATE as last stored, but for a helper's HELD

    private int lane;
    private long current; // first byte that is not acknowledged
    private long to; // end of the range; nothing is held if that is current
    private int begun; // deliveries of the message at current that were begun, by whomever
    private boolean attemptSaysCurrent; // ATTEMPT speaks of the message at current
    private boolean attemptWritten; // ATTEMPT is not zero

    OwnSlot(RegionMemory memory, Slots slots) {
        this.memory = memory;
        this.slots = slots;
        this.token = memory.selfToken();
    }

    // ---- the range ------------------------------------------------------------------------------------------------

    /** Whether a range is held that is not used up. */
    boolean holds() {
        return current != to;
    }

    int lane() {
        return lane;
    }

    long current() {
        return current;
    }

    long to() {
        return to;
    }

    int index() {
        return index;
    }

    /** The number of the next delivery of the message at {@link #current}. */
    int nextDelivery() {
        return begun + 1;
    }

    /**
     * Announces that this slot is about to take a range: INTENT, with everything that others need to know once TAKEN
     * names this slot. Overwrites an earlier announcement that came to nothing.
     */
    void intend(int newLane, long from, long newTo) {
        checkOwner();
        if (SlotState.kind(state) == SlotState.INTENT && lane != newLane) {
            // So that nobody takes the new TO and CURRENT for those of the old announcement.
            free();
        }
        if (attemptWritten) {
            memory.setLongRelease(at(MpmcLayout.ATTEMPT), 0);
            attemptWritten = false;
        }
        // release, each; pairs with the acquires of Slots: who sees one of these sees that the use before is over.
        memory.setLongRelease(at(MpmcLayout.TO), newTo);
        memory.setLongRelease(at(MpmcLayout.CURRENT), from);
        state = SlotState.nextIntent(state, newLane);
        // release; pairs with Slots.state: TO and CURRENT are there. A death above this line leaves what was before;
        // below it and in front of the CAS of TAKEN, an INTENT that TAKEN does not name, which is nothing.
        memory.setLongRelease(at(MpmcLayout.STATE), state);
        lane = newLane;
        current = newTo;
        to = newTo;
    }

    /** The CAS of TAKEN has succeeded: what was announced is held, from {@code from} on. */
    void taken(long from) {
        current = from;
        begun = 0;
        attemptSaysCurrent = false;
    }

    /** Nothing came of the last announcement. */
    void forgo() {
        if (SlotState.kind(state) == SlotState.INTENT && !holds()) {
            free();
        }
    }

    /** The delivery of the message at {@link #current} begins; returns its number. */
    int begin() {
        begun++;
        if (begun > 1 || attemptSaysCurrent) {
            // release, in front of the handler: if it kills us, the next one counts it.
            memory.setLongRelease(at(MpmcLayout.ATTEMPT), Attempt.of(current, begun));
            attemptWritten = true;
            attemptSaysCurrent = true;
        }
        return begun;
    }

    /**
     * Acknowledges everything up to {@code end}.
     *
     * @throws LeaseLostException if the slot was taken away; nothing is acknowledged
     */
    void acknowledge(long end) {
        checkOwner();
        begun = 0;
        attemptSaysCurrent = false;
        current = end;
        if (end == to) {
            free();
        } else {
            // release; pairs with Slots.current: we have read what the producer may now overwrite. A death above this
            // line makes the message come again; below it, it does not.
            memory.setLongRelease(at(MpmcLayout.CURRENT), end);
        }
    }

    /** Whether the last acknowledgement counts, behind which the memory was found detached. */
    boolean isAcknowledged() {
        return holds()
                ? memory.isStored(at(MpmcLayout.CURRENT), current)
                : memory.isStored(at(MpmcLayout.STATE), state);
    }

    private void free() {
        state = SlotState.nextFree(state);
        // release; pairs with Slots.state, as that of CURRENT in acknowledge(). A helper's CAS to HELD comes before it
        // or fails.
        memory.setLongRelease(at(MpmcLayout.STATE), state);
    }

    /** Refuses to go on when this slot was given to somebody else. Plain: it orders nothing, see RoleLease.check. */
    void checkOwner() {
        long owner = memory.getLong(at(MpmcLayout.OWNER));
        if (owner != token) {
            throw lost(owner);
        }
    }

    private LeaseLostException lost(long owner) {
        memory.checkAttached();
        return new LeaseLostException(memory.name(), "consumer", token, owner);
    }

    // ---- from slot to slot ----------------------------------------------------------------------------------------

    /**
     * Takes a slot for a consumer that joins.
     *
     * @throws RoleTakenException if there is none: the ring is damaged, or too many slots were set aside
     */
    synchronized void join() {
        for (int pass = 0; pass < PASSES; pass++) {
            int slot = takeVacant();
            if (slot != NONE) {
                enter(slot);
                return;
            }
            if (adopt()) {
                return;
            }
            memory.yieldHint();
        }
        throw new RoleTakenException(memory.name(), "consumer", token);
    }

    /** Makes a slot ours that nobody owns and that holds nothing; {@link #other} until it is entered. */
    private int takeVacant() {
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slots.owner(slot) == Slots.NOBODY && SlotState.isFree(slots.state(slot))) {
                slots.raise(slot);
                if (own(slot)) {
                    if (SlotState.isFree(slots.state(slot))) {
                        return slot;
                    }
                    // It was used and left between our two looks, and who was told of it may have seen us in it.
                    disownOther();
                    slots.tellOfReturn();
                }
            }
        }
        return NONE;
    }

    /** Makes a slot that nobody owns our second one. A death below this leaves two slots of a dead owner. */
    private boolean own(int slot) {
        if (slots.replaceOwner(slot, Slots.NOBODY, token)) {
            other = slot;
            return true;
        }
        return false;
    }

    private void disownOther() {
        int slot = other;
        other = NONE;
        slots.replaceOwner(slot, token, Slots.NOBODY);
    }

    /** Goes to a slot that is ours and FREE. */
    private void enter(int slot) {
        index = slot;
        other = NONE;
        state = slots.state(slot);
        attemptWritten = true;
        current = to;
    }

    /**
     * Goes to a slot with a range that somebody returned, or that was taken from the dead. Only when nothing is held.
     *
     * @return whether there is something to deliver now
     * @throws CorruptRingException if a slot without an owner cannot be what a consumer left; it is set aside
     */
    synchronized boolean adopt() {
        int used = slots.used();
        for (int slot = 0; slot < used; slot++) {
            if (slots.owner(slot) == Slots.NOBODY && !SlotState.isFree(slots.state(slot)) && own(slot)) {
                if (open(slot)) {
                    return true;
                }
                disownOther();
            }
        }
        return false;
    }

    /** Looks into a slot that has just become ours; goes there if it holds something, else makes it FREE. */
    private boolean open(int slot) {
        long found = slots.state(slot);
        long foundCurrent = slots.current(slot);
        long foundTo = slots.to(slot);
        // Its last owner stores nothing more, so an INTENT that is not held by now will never be.
        if (!isHeldSoundly(slot, found, foundCurrent, foundTo)) {
            if (!SlotState.isFree(found)) {
                memory.setLongRelease(slots.at(slot, MpmcLayout.STATE), SlotState.nextFree(found));
            }
            return false;
        }
        // The old slot becomes the second one for as long as it takes to leave it.
        other = index;
        index = slot;
        if (other != NONE) {
            disownOther();
        }
        state = SlotState.held(found);
        lane = SlotState.lane(found);
        current = foundCurrent;
        to = foundTo;
        long attempt = memory.getLongAcquire(at(MpmcLayout.ATTEMPT));
        attemptWritten = true;
        attemptSaysCurrent = Attempt.isOf(attempt, current);
        begun = attemptSaysCurrent ? Attempt.begun(attempt) : 1;
        return true;
    }

    private boolean isHeldSoundly(int slot, long found, long foundCurrent, long foundTo) {
        try {
            if (!slots.isHeld(slot, found) || foundCurrent == foundTo) {
                return false;
            }
            slots.lanes().checkRange(slots.laneOf(slot, found), slot, foundCurrent, foundTo);
            return true;
        } catch (CorruptRingException e) {
            other = NONE;
            slots.replaceOwner(slot, token, Slots.SET_ASIDE);
            throw e;
        }
    }

    /**
     * Leaves the range to whoever comes, and goes on in another slot; stays where it is if there is none.
     *
     * @param heir {@link Slots#NOBODY}, or {@link Slots#SET_ASIDE}
     */
    synchronized void leaveRange(long heir) {
        checkOwner();
        int next = takeVacant();
        if (next == NONE) {
            return;
        }
        try {
            resign(heir);
        } catch (LeaseLostException e) {
            disownOther();
            throw e;
        }
        enter(next);
    }

    /** Leaves slot and range to whoever comes. */
    synchronized void leave() {
        resign(Slots.NOBODY);
    }

    private void resign(long heir) {
        int slot = index;
        boolean holds = holds();
        if (holds) {
            checkOwner();
            // release; what an heir would have to guess otherwise, see open().
            memory.setLongRelease(at(MpmcLayout.ATTEMPT), Attempt.of(current, begun));
        }
        // full fence; pairs with own(): the range is as we leave it.
        if (!slots.replaceOwner(slot, token, heir)) {
            throw lost(slots.owner(slot));
        }
        index = NONE;
        current = to;
        if (holds) {
            slots.tellOfReturn();
        }
    }

    /** Gives up what is owned through another mapping, after {@link #memory} was detached. */
    synchronized void abandon(Slots control) {
        for (int slot : new int[] {index, other}) {
            if (slot != NONE && control.replaceOwner(slot, token, Slots.NOBODY)) {
                control.tellOfReturn();
            }
        }
        // They stay what they are: the consumer's thread may be about to ask isAcknowledged(). It can store nothing
        // more.
    }

    private long at(long field) {
        return slots.at(index, field);
    }
}
