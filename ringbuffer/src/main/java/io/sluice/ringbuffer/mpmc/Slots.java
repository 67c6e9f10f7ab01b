package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.waiting.WakeWord;
import java.util.function.LongConsumer;

/**
 * The slots of a ring and the TAKEN words of its lanes, as any participant reads them: which slot holds what.
 *
 * <p>A range of a lane is taken by one CAS of TAKEN, which names the slot; that slot said before, as an INTENT, what it
 * would hold. So the range is in one slot from the moment it is taken until it is acknowledged, whoever dies, and it
 * never moves to another slot: slots change their owner. Only the newest range of a lane is known to be held from TAKEN
 * alone, so whoever overwrites TAKEN first writes HELD over the INTENT behind it ({@link #confirm}). An INTENT that
 * TAKEN does not name is therefore not held, and its owner may be paused there for as long as it likes.
 *
 * <p>Any thread of any process. Wait-free; nothing is written but by {@link #confirm}, {@link #replaceOwner} and
 * {@link #raise}.
 */
final class Slots {

    /** OWNER of a slot that nobody owns. */
    static final long NOBODY = 0;

    /** OWNER of a slot whose contents were found impossible; it stays as it is. No process has this token. */
    static final long SET_ASIDE = 1;

    private final RegionMemory memory;
    private final long slotsAt;
    private final int count;
    private final Lanes lanes;
    private final WakeWord data;

    Slots(RegionMemory memory, MpmcGeometry geometry) {
        this.memory = memory;
        this.slotsAt = geometry.slotsAt();
        this.count = geometry.slots();
        this.lanes = new Lanes(memory, geometry);
        this.data = new WakeWord(memory, MpmcLayout.DATA);
    }

    // ---- words of one slot ----------------------------------------------------------------------------------------

    int count() {
        return count;
    }

    long at(int slot, long field) {
        return slotsAt + slot * MpmcLayout.SLOT_BYTES + field;
    }

    /** acquire; pairs with the releases of {@link OwnSlot}: what it says of TO and CURRENT is there. */
    long state(int slot) {
        return memory.getLongAcquire(at(slot, MpmcLayout.STATE));
    }

    /** acquire; keeps a second look at STATE behind it. */
    long to(int slot) {
        return memory.getLongAcquire(at(slot, MpmcLayout.TO));
    }

    /** acquire; pairs with {@link OwnSlot#acknowledge}: what is in front of it has been read. */
    long current(int slot) {
        return memory.getLongAcquire(at(slot, MpmcLayout.CURRENT));
    }

    /** acquire; pairs with {@link #replaceOwner}: the last owner's words are visible. */
    long owner(int slot) {
        return memory.getLongAcquire(at(slot, MpmcLayout.OWNER));
    }

    /** full fence. A death on either side of it leaves one owner or the other. */
    boolean replaceOwner(int slot, long from, long to) {
        return memory.compareAndSetLong(at(slot, MpmcLayout.OWNER), from, to);
    }

    // ---- ranges without an owner ----------------------------------------------------------------------------------

    /** How often a range was left without an owner; who sees this change looks for it. */
    long returned() {
        // acquire; pairs with tellOfReturn(): the OWNER word that was changed before is seen.
        return memory.getLongAcquire(MpmcLayout.RETURNED);
    }

    /** To be called after a slot with a range was left without an owner. */
    void tellOfReturn() {
        // full fence. A death above this line leaves the range to those who look at all slots when they have nothing to
        // do.
        memory.getAndAddLong(MpmcLayout.RETURNED, 1);
        data.wake();
    }

    /** Whether there is a slot without an owner that may hold a range. */
    boolean isAnythingReturned() {
        int used = used();
        for (int slot = 0; slot < used; slot++) {
            if (owner(slot) == NOBODY && !SlotState.isFree(state(slot))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes their slots from dead owners, for anybody to adopt what is in them. Costs a system call for each owner.
     */
    void disownTheDead() {
        long self = memory.selfToken();
        long alive = self;
        boolean returned = false;
        int used = used();
        for (int slot = 0; slot < used; slot++) {
            long owner = owner(slot);
            if (owner == NOBODY || owner == SET_ASIDE || owner == alive || owner == self) {
                continue;
            }
            if (memory.isAlive(owner)) {
                alive = owner;
            } else if (replaceOwner(slot, owner, NOBODY)) {
                returned |= !SlotState.isFree(state(slot));
            }
        }
        if (returned) {
            tellOfReturn();
        }
    }

    /** Names the processes that own slots, dead or alive, some perhaps more than once. */
    void forEachOwner(LongConsumer token) {
        int used = used();
        for (int slot = 0; slot < used; slot++) {
            long owner = owner(slot);
            if (owner != NOBODY && owner != SET_ASIDE) {
                token.accept(owner);
            }
        }
    }

    // ---- how many were ever used ----------------------------------------------------------------------------------

    /** Slots that ever had an owner are numbered below this. */
    int used() {
        // acquire; pairs with raise(): called behind an acquire of a TAKEN word, it covers the slot named there.
        int used = memory.getIntAcquire(MpmcLayout.SLOTS_USED);
        return used < 0 || used > count ? count : used;
    }

    /** To be called before {@code slot} gets an owner. */
    void raise(int slot) {
        raise(memory, MpmcLayout.SLOTS_USED, slot + 1);
    }

    /** Makes the int at {@code offset} at least {@code least}; a death in front of who needs it leaves it too high. */
    static void raise(RegionMemory memory, long offset, int least) {
        int seen = memory.getIntAcquire(offset);
        // full fence; pairs with the acquires of used(): nobody uses what the word does not cover.
        while (seen >= 0 && seen < least && !memory.compareAndSetInt(offset, seen, least)) {
            seen = memory.getIntAcquire(offset);
        }
    }

    // ---- ranges ---------------------------------------------------------------------------------------------------

    /**
     * Makes sure that the range that {@code taken}, read from {@code lane}, was CASed in for is known to be held
     * without it. To be called before that word is overwritten.
     */
    void confirm(int lane, long taken) {
        int slot = TakenWord.slot(taken);
        if (slot >= count) {
            throw lanes.corruptTaken(lane, taken);
        }
        long state = state(slot);
        if (SlotState.kind(state) == SlotState.INTENT
                && SlotState.lane(state) == lane
                && TakenWord.of(to(slot), slot) == taken) {
            // full fence. Fails if somebody else did this, or if the range is finished: the number of the use differs
            // then. A death above or below it leaves the next one to do it, or not to need to.
            memory.compareAndSetLong(at(slot, MpmcLayout.STATE), state, SlotState.held(state));
        }
    }

    /** Whether a slot that was seen in {@code state} holds a range, even if that is used up. */
    boolean isHeld(int slot, long state) {
        if (SlotState.isFree(state)) {
            return false;
        }
        if (SlotState.kind(state) != SlotState.INTENT) {
            return true;
        }
        // TAKEN first: whoever overwrites a TAKEN that names this slot has made the state HELD before.
        long taken = lanes.taken(laneOf(slot, state));
        return taken == TakenWord.of(to(slot), slot) || state(slot) == SlotState.held(state);
    }

    /** The lane that a state names. */
    int laneOf(int slot, long state) {
        int lane = SlotState.lane(state);
        if (lane >= lanes.count() || SlotState.kind(state) > SlotState.HELD) {
            throw corrupt(
                    "STATE",
                    slot,
                    "a lane below " + lanes.count() + " and FREE, INTENT or HELD",
                    Long.toHexString(state));
        }
        return lane;
    }

    /** Whether any slot holds bytes that are not acknowledged and not set aside. */
    boolean isAnythingHeld() {
        int used = used();
        for (int slot = 0; slot < used; slot++) {
            if (owner(slot) == SET_ASIDE) {
                continue;
            }
            long state = state(slot);
            if (isHeld(slot, state) && current(slot) != to(slot) && SlotState.isSameUse(state, state(slot))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses to go on if a range was set aside: nobody will deliver it.
     *
     * @throws CorruptRingException that names it
     */
    void checkNothingSetAside() {
        int used = used();
        for (int slot = 0; slot < used; slot++) {
            if (owner(slot) == SET_ASIDE) {
                throw corrupt(
                        "OWNER",
                        slot,
                        "no damaged messages in the ring at its end",
                        "those of lane " + SlotState.lane(state(slot)) + " from " + current(slot) + " to " + to(slot)
                                + " set aside");
            }
        }
    }

    /** Bytes that are taken and not acknowledged. */
    long heldBytes() {
        long bytes = 0;
        int used = used();
        for (int slot = 0; slot < used; slot++) {
            bytes += heldBytes(slot, state(slot));
        }
        return bytes;
    }

    /** The same of one lane. */
    long heldBytes(int lane) {
        long bytes = 0;
        int used = used();
        for (int slot = 0; slot < used; slot++) {
            long state = state(slot);
            if (SlotState.lane(state) == lane) {
                bytes += heldBytes(slot, state);
            }
        }
        return bytes;
    }

    private long heldBytes(int slot, long state) {
        long held = isHeld(slot, state) ? to(slot) - current(slot) : 0;
        return SlotState.isSameUse(state, state(slot)) ? held : 0;
    }

    /**
     * The position in front of which every byte of {@code lane} is acknowledged.
     *
     * <p>TAKEN is read first. A slot that took in front of it is then seen in that use, or in a later one; in a later
     * one it has finished that range, and what it took since lies behind. That is why a use that changes while it is
     * looked at does not count, nor an INTENT that TAKEN does not name.
     *
     * @param tail of the lane, at least what was published when TAKEN was stored
     */
    long freed(int lane, long tail) {
        long taken = lanes.taken(lane);
        long distance = TakenWord.distance(taken, tail);
        int used = used();
        for (int slot = 0; slot < used; slot++) {
            long state = state(slot);
            if (SlotState.isFree(state)
                    || SlotState.lane(state) != lane
                    || (SlotState.kind(state) == SlotState.INTENT && TakenWord.of(to(slot), slot) != taken)) {
                continue;
            }
            long held = tail - current(slot);
            if (SlotState.isSameUse(state, state(slot)) && Long.compareUnsigned(held, distance) > 0) {
                lanes.checkDistance(lane, slot, held, tail);
                distance = held;
            }
        }
        return tail - distance;
    }

    /** Says that a word of a slot is damaged, unless it only looks so because the memory was detached. */
    CorruptRingException corrupt(String field, int slot, String expected, String found) {
        memory.checkAttached();
        return new CorruptRingException(memory.name(), "slot " + slot + " " + field, slot, expected, found);
    }

    /** The lanes' words that slots are compared with. */
    Lanes lanes() {
        return lanes;
    }
}
