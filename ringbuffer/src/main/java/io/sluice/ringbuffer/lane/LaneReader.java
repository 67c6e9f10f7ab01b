package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.record.Records;
import io.sluice.ringbuffer.role.ConsumerRole;

/**
 * What a consumer does with one lane; see {@link LaneProducer} for the algorithm and its sources.
 *
 * <p>HEAD moves only after handlers returned, once per batch and at least every quarter of the capacity. A consumer that
 * dies leaves HEAD where it last acknowledged, and the next one starts there: everything behind it comes again, nothing
 * before it does.
 *
 * <p>Confined to the consumer's thread. Wait-free but for the handler and the wake of a sleeping producer.
 */
public final class LaneReader {

    /** Instead of a ticket: there is no message. */
    public static final long NO_TICKET = Long.MAX_VALUE;

    /** So many times that one message was all there was make the consumer ask for {@link Mail}. */
    private static final int SINGLES_FOR_MAIL = 16;

    private final Lane lane;
    private final RegionMemory memory;
    private final ConsumerRole role;
    private final long tailAt;
    private final long headAt;
    private final long capacity;
    private final long acknowledgeEvery;
    private final RecordReader records;
    private final WakeWord space;
    private final Mail mail;
    private final boolean mayAskForMail;

    private long head; // next position to deliver; HEAD is this or behind it
    private long acknowledged; // HEAD as last stored
    private long tailSeen; // TAIL as last loaded
    private int singles; // batches that were one message
    private boolean wantsMail;

    private long nextAt = -1; // position of which the fields below are, -1 none
    private long nextHeader;
    private long nextEnd;
    private long nextTicket;
    private long lastTicket; // of the message handled last
    private long lookedAt; // position up to which messages were there at the look that was noted
    private long certain; // position up to which messages are certain

    /**
     * Goes on with {@code lane} where its last consumer stopped.
     *
     * @param role of the consumer, already taken
     * @throws CorruptRingException if the lane's positions are impossible
     */
    public LaneReader(Lane lane, ConsumerRole role) {
        this(lane, lane.at(LaneLayout.HEAD), role, lane.format().headerLength() == Records.HEADER);
    }

    /**
     * As the other, for one of several consumers of the same lane.
     *
     * @param headAt offset in the region of this consumer's HEAD
     */
    public static LaneReader withHeadAt(long headAt, Lane lane, ConsumerRole role) {
        return new LaneReader(lane, headAt, role, false);
    }

    private LaneReader(Lane lane, long headAt, ConsumerRole role, boolean mayAskForMail) {
        this.lane = lane;
        this.memory = lane.memory();
        this.role = role;
        this.tailAt = lane.at(LaneLayout.TAIL);
        this.headAt = headAt;
        this.capacity = lane.capacity();
        this.acknowledgeEvery = capacity / 4;
        this.records = new RecordReader(lane);
        this.space = new WakeWord(memory, lane.at(LaneLayout.SPACE));
        this.mail = new Mail(lane);
        this.mayAskForMail = mayAskForMail;
        this.head = memory.getLongAcquire(headAt);
        this.acknowledged = head;
        this.lookedAt = head;
        this.certain = head;
        lane.checkAligned("HEAD", head);
        readTail();
        this.wantsMail = mayAskForMail && memory.getInt(lane.at(LaneLayout.MAIL_WANTED)) != 0;
    }

    /** Whether everything was handled that was there at the last look. */
    public boolean isDrained() {
        return head == tailSeen;
    }

    /** Looks at TAIL; whether there is something to handle. */
    public boolean look() {
        return head != readTail();
    }

    /** Bytes that are committed and not handled. */
    public long backlogBytes() {
        return readTail() - head;
    }

    /** Whether {@code e} says that this lane is damaged, and is none of a handler's own. */
    public boolean isDamaged(CorruptRingException e) {
        return records.isOwn(e);
    }

    /** Whether this lane's messages come one at a time. */
    public boolean getsSingles() {
        return wantsMail;
    }

    // ---- delivering -----------------------------------------------------------------------------------------------

    /** Handles up to {@code limit} of the messages that were there at the last look; returns how many. */
    public int drain(MessageHandler handler, int limit) {
        if (wantsMail && openMail(handler)) {
            return 1;
        }
        int handled = 0;
        long start = head;
        long tail = tailSeen;
        long position = head;
        while (handled < limit && position != tail && !role.isClosed()) {
            long header = records.header(position);
            if (records.isPadding(position, header, tail)) {
                position = records.endOfPadding(position);
                head = position;
                continue;
            }
            long end = records.endOf(position, header, tail);
            if (records.isChecksummed()) {
                verify(position, header, end);
            }
            records.deliver(position, header, 1, handler);
            position = end;
            head = end;
            handled++;
            if (end - acknowledged >= acknowledgeEvery) {
                storeHead();
            }
        }
        choosePace(handled, position - start, tail - position);
        return handled;
    }

    /** Shows up to {@code limit} of the messages that were there at the last look, and keeps them. */
    public int show(MessageHandler handler, int limit) {
        int shown = 0;
        long position = head;
        while (shown < limit && position != tailSeen && !role.isClosed()) {
            long header = records.header(position);
            if (records.isPadding(position, header, tailSeen)) {
                position = records.endOfPadding(position);
                continue;
            }
            long end = records.endOf(position, header, tailSeen);
            if (records.isChecksummed()) {
                verify(position, header, head);
            }
            records.deliver(position, header, 1, handler);
            position = end;
            shown++;
        }
        return shown;
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

    // ---- one by one, in the order of tickets ----------------------------------------------------------------------

    /**
     * The ticket of the next of the messages that were there at the last look; {@link #NO_TICKET} if there is none.
     *
     * @throws CorruptRingException if the record is damaged, or its ticket below that of the one before
     */
    public long nextTicket() {
        if (nextAt == head) {
            return nextTicket;
        }
        if (head == tailSeen) {
            return NO_TICKET;
        }
        long header = records.header(head);
        while (records.isPadding(head, header, tailSeen)) {
            head = records.endOfPadding(head);
            header = records.header(head);
        }
        nextEnd = records.endOf(head, header, tailSeen);
        long ticket = records.ticket(head);
        if (ticket < lastTicket || ticket == NO_TICKET) {
            throw records.damaged(
                    "ticket", head, lastTicket + " or above, as the record before", Long.toString(ticket));
        }
        nextHeader = header;
        nextTicket = ticket;
        nextAt = head;
        return ticket;
    }

    /** Handles the message that {@link #nextTicket} found; to be acknowledged by the caller. */
    public void deliverNext(MessageHandler handler) {
        if (records.isChecksummed()) {
            verify(head, nextHeader, nextEnd);
        }
        records.deliver(head, nextHeader, 1, handler);
        lastTicket = nextTicket;
        head = nextEnd;
    }

    /** Acknowledges what was handled if that is a good deal. */
    public void acknowledgeIfFar() {
        if (head - acknowledged >= acknowledgeEvery) {
            storeHead();
        }
    }

    /** Position of the next message, padding in front of it included. */
    public long position() {
        return head;
    }

    /** Notes what was there at the last look, for {@link #makeCertain}. */
    public void noteLook() {
        lookedAt = tailSeen;
    }

    /** From now on what was there at the look that was noted is certain: see {@code TicketOrder} of the MPSC ring. */
    public void makeCertain() {
        certain = lookedAt;
    }

    /** Whether everything is certain that was there at the last look. */
    public boolean isAllCertain() {
        return certain == tailSeen;
    }

    /** Whether the next message is certain. */
    public boolean isCertain() {
        return certain - head > 0;
    }

    /** Goes back to {@code position}, which was this reader's since its last acknowledgement. */
    public void rewind(long position, long ticketBefore) {
        head = position;
        lastTicket = ticketBefore;
    }

    /** The ticket of the message handled last; 0 before that. */
    public long lastTicket() {
        return lastTicket;
    }

    // ---- mail -----------------------------------------------------------------------------------------------------

    /** Handles the only message there was at the last look from its copy behind TAIL; whether that held it. */
    private boolean openMail(MessageHandler handler) {
        long position = head;
        long tail = tailSeen;
        long header = mail.take(position, tail - position);
        if (header < 0) {
            return false;
        }
        records.deliverFrom(mail.opened(), position, header, handler);
        head = tail;
        return true;
    }

    /**
     * Asks for mail when messages come one at a time, and stops asking when they come in crowds, be they handled together or
     * one by one.
     *
     * @param bytes of what was handled
     * @param left bytes that were there, too
     */
    private void choosePace(int handled, long bytes, long left) {
        if (handled >= Pace.CROWD || (handled > 0 && left >= Pace.CROWD * bytes)) {
            singles = 0;
            if (wantsMail) {
                setWantsMail(false);
            }
        } else if (handled == 1 && left == 0 && !wantsMail && ++singles >= SINGLES_FOR_MAIL && mayAskForMail) {
            setWantsMail(true);
        }
    }

    private void setWantsMail(boolean wanted) {
        wantsMail = wanted;
        try {
            // Plain: a hint that the producer may see late.
            memory.setInt(lane.at(LaneLayout.MAIL_WANTED), wanted ? 1 : 0);
        } catch (DetachedException e) {
            // Not the place to fail: what was handled may be acknowledged already. If it is not, acknowledging fails.
        }
    }

    // ---- positions ------------------------------------------------------------------------------------------------

    /** Acknowledges what was handled. */
    public void acknowledge() {
        if (head != acknowledged) {
            storeHead();
        }
    }

    private void storeHead() {
        role.checkLease();
        // release; pairs with HeadGate.freed's acquire: we have read what it may now overwrite.
        // A death above this line makes these messages come again; below it, they do not.
        memory.setLongRelease(headAt, head);
        acknowledged = head;
        try {
            space.wake();
        } catch (DetachedException e) {
            // What is acknowledged comes to nobody else.
            lane.checkStored(headAt, head, e);
        }
    }

    private long readTail() {
        // acquire; pairs with LaneProducer.publish's release: records up to this position are complete.
        long tail = memory.getLongAcquire(tailAt);
        if (Long.compareUnsigned(tail - head, capacity) > 0 || (tail & (Records.ALIGNMENT - 1)) != 0) {
            // A producer that holds us for dead goes on without us: then it is our role that is wrong.
            role.checkLease();
            throw records.damaged(
                    "TAIL", tail, "a multiple of 8 from " + head + " to " + (head + capacity), Long.toString(tail));
        }
        tailSeen = tail;
        return tail;
    }
}
