package io.sluice.ringbuffer.broadcast;

import io.sluice.api.memory.PrivateCopy;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.RingConsumer;
import io.sluice.ringbuffer.lane.Delivery;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.lane.Pace;
import io.sluice.ringbuffer.lane.RecordReader;
import io.sluice.ringbuffer.record.Records;
import io.sluice.ringbuffer.role.ConsumerRole;

/**
 * The messages of a lossy broadcast ring for one consumer, which keeps nobody waiting. It copies a stretch of the ring,
 * then looks whether the producer may have overwritten any of it meanwhile (see {@link OverwriteGate}), and delivers
 * from the copy: no handler ever sees a byte that could still change.
 *
 * <p>Behind a gap, and behind a record that is damaged, it goes on where a record is known to start. Damaged positions keep it
 * where it is: the producer stores them again.
 *
 * <p>Confined to the consumer's thread. Lock-free: copies again only if the producer has gone on by a stretch.
 */
final class LossyReader implements Delivery {

    /** Bytes copied at once, if so many are there; more if a record is longer. */
    private static final int STRETCH = 16 * 1024;

    /** So many messages in one drain are a stream. */
    private static final int STREAM = 4;

    private final Lane lane;
    private final RegionMemory memory;
    private final ConsumerRole role;
    private final long recordsAt;
    private final long tailAt;
    private final long goneAt;
    private final long olderAt;
    private final long newerAt;
    private final long positionAt;
    private final long missedAt;
    private final long capacity;
    private final PrivateCopy copy;
    private final RecordReader records;

    private long head; // next position to deliver
    private long tailSeen; // TAIL as last loaded
    private long copiedFrom;
    private long copiedTo; // end of the bytes that are copied
    private long startsTo; // records that start in front of this, from copiedFrom on, have their start in the copy
    private long stored; // POSITION as last stored
    private long missed;
    private boolean lapped; // and the consumer has not been told
    private boolean streaming; // the last drain found messages, and not one at a time

    /** Goes on at the POSITION of {@code place}, which {@code role} has. */
    LossyReader(RegionMemory memory, BroadcastGeometry geometry, int place, ConsumerRole role) {
        this.lane = geometry.lane(memory);
        this.memory = memory;
        this.role = role;
        this.recordsAt = geometry.laneAt(LaneLayout.RECORDS);
        this.tailAt = geometry.laneAt(LaneLayout.TAIL);
        this.goneAt = geometry.laneAt(BroadcastLayout.GONE);
        this.olderAt = geometry.laneAt(BroadcastLayout.OLDER);
        this.newerAt = geometry.laneAt(BroadcastLayout.NEWER);
        this.positionAt = BroadcastLayout.cursor(place, BroadcastLayout.POSITION);
        this.missedAt = BroadcastLayout.cursor(place, BroadcastLayout.MISSED);
        this.capacity = geometry.capacity();
        long longest = Records.recordLength(geometry.format().headerLength(), Records.maxPayload(capacity));
        this.copy = new PrivateCopy(memory, Math.max(STRETCH, longest));
        this.records = new RecordReader(lane, copy.memory());
        this.head = memory.getLong(positionAt);
        this.stored = head;
        memory.setLong(missedAt, 0);
        readTail();
    }

    @Override
    public boolean hasNext() {
        if (lapped || head != tailSeen) {
            return true;
        }
        if (streaming) {
            streaming = false;
            Pace.letTheProducersGetAhead();
        }
        return look();
    }

    @Override
    public boolean look() {
        return lapped || head != readTail();
    }

    @Override
    public int drain(MessageHandler handler, int limit) {
        int handled = 0;
        while (handled < limit && !lapped && head != tailSeen && !role.isClosed()) {
            long end = findNextOrPassOver();
            if (end == head) {
                continue;
            }
            deliver(head, end, handler);
            head = end;
            handled++;
        }
        streaming = handled >= STREAM;
        return handled > 0 ? handled : tellIfLapped();
    }

    @Override
    public int show(MessageHandler handler, int limit) {
        if (!lapped && copiedTo != tailSeen && !copy(head, STRETCH)) {
            resume();
        }
        int shown = 0;
        if (!lapped && head != tailSeen) {
            long end = findNext();
            long position = head;
            // What is shown comes again, so it must lie in one copy.
            while (end != position && shown < limit && !role.isClosed()) {
                deliver(position, head, handler);
                shown++;
                position = end;
                // Nobody asked for what is behind the limit: it may be damaged.
                end = shown < limit ? endInCopy(position) : position;
            }
        }
        return shown > 0 ? shown : tellIfLapped();
    }

    private int tellIfLapped() {
        if (lapped) {
            lapped = false;
            return RingConsumer.LAPPED;
        }
        return RingConsumer.EMPTY;
    }

    // ---- records --------------------------------------------------------------------------------------------------

    /** As {@link #findNext}; if a record is damaged, the next call goes on behind it. */
    private long findNextOrPassOver() {
        try {
            return findNext();
        } catch (CorruptRingException e) {
            if (records.isOwn(e)) {
                passOver();
            }
            throw e;
        }
    }

    /**
     * Has the next message in the copy as a whole, behind any padding.
     *
     * @return its end; or {@link #head} if there is none, perhaps because it was overwritten
     */
    private long findNext() {
        while (head != tailSeen) {
            if (!isInCopy(head) && !copy(head, STRETCH)) {
                return resume();
            }
            long header = records.header(head);
            if (!records.isPadding(head, header, tailSeen)) {
                long end = records.endOf(head, header, tailSeen);
                return end - copiedTo <= 0 || copy(head, end - head) ? end : resume();
            }
            head = records.endOfPadding(head);
        }
        return head;
    }

    /** End of the message at {@code position} if that is in the copy as a whole; else {@code position}. */
    private long endInCopy(long position) {
        if (!isInCopy(position)) {
            return position;
        }
        long header = records.header(position);
        if (records.isPadding(position, header, tailSeen)) {
            return position;
        }
        long end = records.endOf(position, header, tailSeen);
        return end - copiedTo <= 0 ? end : position;
    }

    private boolean isInCopy(long position) {
        return position - copiedFrom >= 0 && position - startsTo < 0;
    }

    private void deliver(long position, long next, MessageHandler handler) {
        long header = records.header(position);
        if (records.isChecksummed()) {
            verify(position, header, next);
        }
        records.deliver(position, header, 1, handler);
    }

    /** Checks a message's checksum; if it does not match, the next call goes on at {@code next}. */
    private void verify(long position, long header, long next) {
        try {
            records.verify(position, header);
        } catch (ChecksumException e) {
            head = next;
            throw e;
        }
    }

    /**
     * Copies from {@code from} on, at least {@code wanted} bytes if so many are published.
     *
     * @return whether they are what was published
     */
    private boolean copy(long from, long wanted) {
        long index = from & (capacity - 1);
        // A record that starts in front of the capacity may end behind it; what follows it starts in the next lap.
        long length = Math.min(Math.min(tailSeen - from, Math.max(wanted, STRETCH)), capacity + Records.SLACK - index);
        copiedFrom = from;
        copiedTo = from;
        startsTo = from;
        // C2 of OverwriteGate
        copy.copy(recordsAt + index, length);
        // C3; pairs with OverwriteGate.announce's fence: whatever we read of a later lap, we see that it was announced.
        memory.fullFence();
        // C4
        if (readGone() - from > 0) {
            return false;
        }
        copiedTo = from + length;
        startsTo = from + Math.min(length, capacity - index);
        records.readCopyFrom(from);
        return true;
    }

    // ---- gaps -----------------------------------------------------------------------------------------------------

    /** Goes on behind what was overwritten, where a record starts; returns {@link #head}. */
    private long resume() {
        // acquire; pairs with OverwriteGate.announce's release: NEWER is not below it.
        long gone = readGone();
        long older = memory.getLongAcquire(olderAt);
        long newer = memory.getLongAcquire(newerAt);
        long tail = readTail();
        long next = older - gone >= 0 ? older : newer;
        if (next - gone < 0 || next - head <= 0 || next - tail > 0 || (next & (Records.ALIGNMENT - 1)) != 0) {
            throw lane.corrupt(
                    "OLDER or NEWER",
                    next,
                    "a multiple of 8 from GONE " + gone + " to TAIL " + tail,
                    older + " and " + newer);
        }
        missUpTo(next);
        lapped = true;
        return head;
    }

    /**
     * Goes on behind a damaged record, whose end nobody knows: at the nearest place ahead that was ever TAIL. If that is
     * overwritten by then, the next copy finds that out. Stays where it is if none is ahead: TAIL was damaged, too.
     *
     * @throws CorruptRingException if TAIL or GONE is impossible
     */
    private void passOver() {
        // acquire, as in resume(), but each may be of another time: all that counts is that it was TAIL once.
        long older = memory.getLongAcquire(olderAt);
        long newer = memory.getLongAcquire(newerAt);
        long tail = readTail();
        // A TAIL that is not within a capacity behind GONE is none that ever was.
        readGone();
        missUpTo(isAhead(older, tail) ? older : isAhead(newer, tail) ? newer : tail);
    }

    private boolean isAhead(long place, long tail) {
        return place - head > 0 && place - tail <= 0 && (place & (Records.ALIGNMENT - 1)) == 0;
    }

    private void missUpTo(long next) {
        missed += next - head;
        head = next;
        // For people.
        memory.setLong(missedAt, missed);
    }

    @Override
    public long missedBytes() {
        return missed;
    }

    // ---- positions ------------------------------------------------------------------------------------------------

    @Override
    public void acknowledge() {
        if (head != stored) {
            role.checkLease();
            // For people: the producer does not look.
            memory.setLongRelease(positionAt, head);
            stored = head;
        }
    }

    @Override
    public long backlogBytes() {
        return readTail() - head;
    }

    private long readGone() {
        // acquire: what was stored before GONE is visible.
        long gone = memory.getLongAcquire(goneAt);
        // Published up to TAIL, so announced up to TAIL - capacity at least; and never further than to TAIL.
        long tail = memory.getLongAcquire(tailAt);
        if (gone < 0 || tailSeen - gone > capacity || (gone & (Records.ALIGNMENT - 1)) != 0 || gone - tail > 0) {
            throw lane.corrupt(
                    "GONE",
                    gone,
                    "a multiple of 8 from " + Math.max(0, tailSeen - capacity) + " to TAIL " + tail,
                    Long.toString(gone));
        }
        return gone;
    }

    private long readTail() {
        // acquire; pairs with LaneProducer.publish's release: records up to this position were complete.
        long tail = memory.getLongAcquire(tailAt);
        if (tail - head < 0 || (tail & (Records.ALIGNMENT - 1)) != 0) {
            // A producer that holds us for dead goes on without us: then it is our role that is wrong.
            role.checkLease();
            throw lane.corrupt("TAIL", tail, "a multiple of 8 from " + head + " on", Long.toString(tail));
        }
        tailSeen = tail;
        return tail;
    }
}
