package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.lane.RecordReader;
import io.sluice.ringbuffer.record.Records;

/**
 * What a consumer does with one lane: takes ranges of it. Confined to the consumer's thread. Lock-free: an attempt to
 * take fails only because another consumer succeeded.
 *
 * <p>A lane from which nothing can be taken because it is damaged is named once by an exception. From then on it is
 * passed over for as long as its TAKEN and TAIL are what they were; if they change, it is tried again, and the same
 * damage, in front of the same TAKEN, is not named again.
 */
final class LaneView {

    /** A consumer takes no more than this part of the capacity at once, if that is more than one message. */
    private static final int SHARES = 8;

    private static final long CHANGED = -1; // no position: they are multiples of 8

    private final RegionMemory memory;
    private final Slots slots;
    private final int index;
    private final Lane lane;
    private final long takenAt;
    private final long share;
    private final RecordReader records;
    private final WakeWord space;

    private long tailSeen; // TAIL as last loaded
    private long takenSeen; // TAKEN as last loaded to take from
    private CorruptRingException damage; // null if none is known
    private long damagedTaken; // TAKEN of the damage
    private long damagedTail; // TAIL when the damage was last met

    LaneView(RegionMemory memory, MpmcGeometry geometry, Slots slots, int index) {
        this.memory = memory;
        this.slots = slots;
        this.index = index;
        this.lane = geometry.lane(memory, index);
        this.takenAt = geometry.laneAt(index) + MpmcLayout.TAKEN;
        this.share = geometry.capacity() / SHARES;
        this.records = new RecordReader(lane);
        this.space = new WakeWord(memory, geometry.laneAt(index) + LaneLayout.SPACE);
    }

    RecordReader records() {
        return records;
    }

    /** Looks at TAIL, if everything was taken that was there at the last look; whether something is there to take. */
    boolean look() {
        if (damage != null && isPassedOver()) {
            return false;
        }
        if (TakenWord.distance(slots.lanes().taken(index), tailSeen) != 0) {
            // Something is left of what we know of; or TAIL has moved on without us, which take() will notice.
            return true;
        }
        tailSeen = slots.lanes().tail(index);
        return TakenWord.distance(slots.lanes().taken(index), tailSeen) != 0;
    }

    /**
     * Takes up to {@code limit} messages of what was there at the last look into {@code own}, which holds nothing.
     *
     * @return false if another consumer took the rest, or if a damage that was named is still there
     * @throws CorruptRingException if the lane's positions or records are impossible, and this is news; nothing was
     *     taken
     */
    boolean take(OwnSlot own, int limit) {
        if (damage != null) {
            // What is noted of this attempt if it fails, too.
            tailSeen = slots.lanes().tail(index);
        }
        try {
            return tryTake(own, limit);
        } catch (CorruptRingException e) {
            boolean known = damage != null && damagedTaken == takenSeen;
            damage = e;
            damagedTaken = takenSeen;
            damagedTail = tailSeen;
            if (known) {
                return false;
            }
            throw e;
        }
    }

    /** Whether this lane is damaged as it was when that was found out. */
    boolean isPassedOver() {
        if (damage == null) {
            return false;
        }
        if (slots.lanes().taken(index) != damagedTaken) {
            // Somebody could take from it, or has repaired it.
            damage = null;
            return false;
        }
        return slots.lanes().tail(index) == damagedTail;
    }

    /** Refuses to go on if there is something in this lane that nobody can take. */
    void checkWhole() {
        if (isPassedOver()) {
            throw damage;
        }
    }

    private boolean tryTake(OwnSlot own, int limit) {
        while (true) {
            long taken = slots.lanes().taken(index);
            takenSeen = taken;
            long distance = TakenWord.distance(taken, tailSeen);
            if (isImpossible(distance)) {
                // Others took what we have not seen yet, or a word is damaged.
                tailSeen = slots.lanes().tail(index);
                distance = TakenWord.distance(taken, tailSeen);
            }
            if (distance == 0) {
                own.forgo();
                return false;
            }
            long from = tailSeen - distance;
            long to = isImpossible(distance) ? overtaken(taken) : endOfRange(taken, from, limit);
            if (to == CHANGED) {
                continue;
            }
            own.intend(index, from, to);
            if (TakenWord.slot(taken) != own.index()) {
                slots.confirm(index, taken);
            }
            // full fence; pairs with Lanes.taken. While TAKEN was what we read, nothing behind it was acknowledged, so
            // the records that endOfRange() read are those that lie there now. A death above this line leaves an INTENT
            // that nobody will hold; below it the range is in our slot.
            if (memory.compareAndSetLong(takenAt, taken, TakenWord.of(to, own.index()))) {
                own.taken(from);
                damage = null;
                return true;
            }
        }
    }

    private boolean isImpossible(long distance) {
        return distance > lane.capacity() || (distance & (Records.ALIGNMENT - 1)) != 0;
    }

    /**
     * The end of the last complete message that belongs into a range from {@code from}.
     *
     * @return {@link #CHANGED} if somebody took it meanwhile: then what was read may be anything
     */
    private long endOfRange(long taken, long from, int limit) {
        long end = from;
        long position = from;
        int messages = 0;
        try {
            while (messages < limit && position != tailSeen) {
                long header = records.header(position);
                if (records.isPadding(position, header, tailSeen)) {
                    position = records.endOfPadding(position);
                    continue;
                }
                position = records.endOf(position, header, tailSeen);
                if (messages > 0 && position - from > share) {
                    break;
                }
                end = position;
                messages++;
            }
            return end;
        } catch (CorruptRingException e) {
            if (!isStillTaken(taken)) {
                return CHANGED;
            }
            if (messages == 0) {
                throw e;
            }
            // What is whole in front of it is for delivery; the damage comes first next time.
            return end;
        }
    }

    /** A TAKEN so far from TAIL is either damaged or was overwritten long ago. */
    private long overtaken(long taken) {
        if (isStillTaken(taken)) {
            throw slots.lanes().corruptTaken(index, taken);
        }
        return CHANGED;
    }

    private boolean isStillTaken(long taken) {
        // Full: what was read before this was read before the word that shows whether it counts.
        memory.fullFence();
        return slots.lanes().taken(index) == taken;
    }

    /** Wakes the producer if it waits for room. */
    void tellOfRoom() {
        space.wake();
    }
}
