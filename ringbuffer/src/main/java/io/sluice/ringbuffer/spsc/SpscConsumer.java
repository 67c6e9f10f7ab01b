package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.record.RecordChecksum;
import io.sluice.ringbuffer.record.Records;
import io.sluice.ringbuffer.role.RoleLease;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Consumer of an SPSC ring; see {@link SpscProducer} for the algorithm and its sources.
 *
 * <p>HEAD moves only after handlers returned, once per call and at least every quarter of the capacity. A consumer that
 * dies leaves HEAD where it last acknowledged, and the next one starts there: everything behind it comes again, nothing
 * before it does.
 *
 * <p>{@code poll} and {@code peek}: wait-free but for the handler and the wake of a sleeping producer.
 */
final class SpscConsumer implements RingConsumer {

    /** So many empty polls in a row are followed by one probe of the producer's life, a system call. */
    private static final int EMPTY_POLLS_PER_PROBE = 4096;

    /** So many polls in a row that found one message make the consumer ask for {@link Mail}. */
    private static final int SINGLES_FOR_MAIL = 16;

    /** A poll that finds so many messages makes it stop asking. */
    private static final int BATCH_WITHOUT_MAIL = 4;

    /** Spin hints between draining a stream and looking at TAIL again: with 16 it carries 85 % of what it does with these. */
    private static final int TURNS_BEHIND_A_STREAM = 64;

    private final RegionMemory memory;
    private final long capacity;
    private final long mask;
    private final int headerLength;
    private final int maxMessageLength;
    private final long acknowledgeEvery;
    private final RecordChecksum checksum;
    private final long token;
    private final RoleLease lease;
    private final RoleLease producer;
    private final WakeWord data;
    private final WakeWord space;
    private final WaitStrategy strategy;
    private final Message message;
    private final BooleanSupplier isReadable = this::isReadable;

    private long head; // next position to deliver; HEAD is this or behind it
    private long acknowledged; // HEAD as last stored
    private long tailSeen; // TAIL as last loaded
    private int emptyPolls;
    private int singles; // polls that found one message
    private boolean wantsMail;
    private boolean streaming; // the last poll found messages, and not one at a time

    private boolean busy; // inside a handler
    private boolean closed;
    private volatile boolean released; // also read by whoever closes the ring

    /** Takes the consumer's role of the ring in {@code memory}. */
    SpscConsumer(RegionMemory memory, long capacity, boolean checksummed, WaitStrategy strategy) {
        this.memory = memory;
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.headerLength = checksummed ? Records.HEADER_WITH_CHECKSUM : Records.HEADER;
        this.maxMessageLength = Records.maxPayload(capacity);
        this.acknowledgeEvery = capacity / 4;
        this.checksum = checksummed ? new RecordChecksum() : null;
        this.data = new WakeWord(memory, SpscLayout.DATA);
        this.space = new WakeWord(memory, SpscLayout.SPACE);
        this.strategy = strategy;
        this.message = new Message(memory);
        this.producer = new RoleLease(memory, SpscLayout.PRODUCER, "producer");
        this.lease = new RoleLease(memory, SpscLayout.CONSUMER, "consumer");
        this.token = memory.selfToken();
        lease.take();
        this.head = memory.getLongAcquire(SpscLayout.HEAD);
        this.acknowledged = head;
        try {
            SpscLayout.checkAligned(memory, "HEAD", head);
            readTail();
            wantsMail = checksum == null && memory.getInt(SpscLayout.MAIL_WANTED) != 0;
        } catch (CorruptRingException e) {
            lease.leave();
            throw e;
        }
    }

    // ---- polling --------------------------------------------------------------------------------------------------

    @Override
    public int poll(MessageHandler handler, int limit) {
        checkUse(limit);
        if (head == tailSeen) {
            if (streaming) {
                letTheProducerGetAhead();
            }
            if (head == readTail()) {
                return nothing();
            }
        }
        checkLease();
        emptyPolls = 0;
        busy = true;
        int handled;
        try {
            handled = drain(handler, limit);
            choosePace(handled);
            streaming = !wantsMail;
        } catch (Throwable e) {
            try {
                endPoll();
            } catch (RuntimeException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
        endPoll();
        return handled;
    }

    private int drain(MessageHandler handler, int limit) {
        int handled = wantsMail ? openMail(handler) : 0;
        long tail = tailSeen;
        long position = head;
        while (handled < limit && position != tail && !closed) {
            long record = SpscLayout.RECORDS + (position & mask);
            long header = memory.getLong(record);
            if (isPadding(position, header)) {
                position += paddingAt(position);
                head = position;
                continue;
            }
            long end = endOf(position, header);
            if (checksum != null) {
                verify(position, record, header, end);
            }
            deliver(position, record, header, handler);
            position = end;
            head = end;
            handled++;
            if (end - acknowledged >= acknowledgeEvery) {
                acknowledge();
            }
        }
        return handled;
    }

    /**
     * Leaves the lines of TAIL and of the newest records to the producer for a moment. A consumer that has just drained a
     * stream and looks again at once takes them away after every few messages, and both sides then wait for lines most of
     * the time. This costs about 3 microseconds, once per drained batch, and nothing when messages come one at a time.
     */
    private void letTheProducerGetAhead() {
        streaming = false;
        for (int turn = 0; turn < TURNS_BEHIND_A_STREAM; turn++) {
            Thread.onSpinWait();
        }
    }

    /** Handles the next message from its copy behind TAIL, if that is one; returns how many that were. */
    private int openMail(MessageHandler handler) {
        long position = head;
        long header = Mail.take(memory, position, tailSeen - position);
        if (header < 0) {
            return 0;
        }
        int length = Records.length(header);
        message.set(Records.type(header), position, 1, SpscLayout.OPENED, length);
        handler.onMessage(message);
        head = position + Records.recordLength(headerLength, length);
        return 1;
    }

    /** Asks for mail when messages come one at a time, and stops asking when they come in crowds. */
    private void choosePace(int handled) {
        if (handled >= BATCH_WITHOUT_MAIL) {
            singles = 0;
            if (wantsMail) {
                setWantsMail(false);
            }
        } else if (handled == 1 && !wantsMail && ++singles >= SINGLES_FOR_MAIL && checksum == null) {
            setWantsMail(true);
        }
    }

    private void setWantsMail(boolean wanted) {
        wantsMail = wanted;
        // Plain: a hint that the producer may see late.
        memory.setInt(SpscLayout.MAIL_WANTED, wanted ? 1 : 0);
    }

    /** Acknowledges what was handled, and leaves the role if a handler closed this consumer. */
    private void endPoll() {
        busy = false;
        if (head != acknowledged) {
            acknowledge();
        }
        if (closed) {
            release();
        }
    }

    @Override
    public int peek(MessageHandler handler, int limit) {
        checkUse(limit);
        if (head == readTail()) {
            return nothing();
        }
        checkLease();
        busy = true;
        try {
            return show(handler, limit);
        } finally {
            busy = false;
            if (closed) {
                release();
            }
        }
    }

    private int show(MessageHandler handler, int limit) {
        int shown = 0;
        long position = head;
        while (shown < limit && position != tailSeen && !closed) {
            long record = SpscLayout.RECORDS + (position & mask);
            long header = memory.getLong(record);
            if (isPadding(position, header)) {
                position += paddingAt(position);
                continue;
            }
            long end = endOf(position, header);
            if (checksum != null) {
                verify(position, record, header, head);
            }
            deliver(position, record, header, handler);
            position = end;
            shown++;
        }
        return shown;
    }

    @Override
    public int take(MessageHandler handler, int limit) throws InterruptedException {
        return take(handler, limit, Duration.ofNanos(Long.MAX_VALUE));
    }

    @Override
    public int take(MessageHandler handler, int limit, Duration timeout) throws InterruptedException {
        int result = poll(handler, limit);
        if (result != EMPTY) {
            return result;
        }
        long deadline = Deadline.after(memory, timeout);
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = Deadline.nanosLeft(memory, deadline);
            if (strategy.await(data, isReadable, Math.max(0, Math.min(left, WaitStrategy.SLICE_NANOS)))) {
                result = poll(handler, limit);
                if (result != EMPTY) {
                    return result;
                }
            }
            if (left <= 0) {
                return EMPTY;
            }
            if (producer.state() == PeerState.DEAD && head == readTail()) {
                return PEER_DEAD;
            }
        }
    }

    private boolean isReadable() {
        return head != readTail() || producer.isClosed();
    }

    /** Why a poll found nothing. */
    private int nothing() {
        // Closed or dead first, then the tail once more: what was committed before that is delivered first.
        if (producer.isClosed()) {
            return head == readTail() ? CLOSED : EMPTY;
        }
        if (++emptyPolls >= EMPTY_POLLS_PER_PROBE) {
            emptyPolls = 0;
            if (producer.state() == PeerState.DEAD) {
                return head == readTail() ? PEER_DEAD : EMPTY;
            }
        }
        return EMPTY;
    }

    // ---- the algorithm --------------------------------------------------------------------------------------------

    /** Position behind the record at {@code position}, which lies as a whole inside of what was published. */
    private long endOf(long position, long header) {
        int length = Records.length(header);
        long recordLength = Records.recordLength(headerLength, length);
        if (length < 0
                || length > maxMessageLength
                || recordLength > tailSeen - position
                || recordLength > capacity + Records.SLACK - (position & mask)) {
            throw corruptLength(position, length);
        }
        return position + recordLength;
    }

    private void deliver(long position, long record, long header, MessageHandler handler) {
        message.set(Records.type(header), position, 1, record + headerLength, Records.length(header));
        handler.onMessage(message);
    }

    private boolean isPadding(long position, long header) {
        return header < 0 && checkPadding(position, Records.type(header), Records.length(header));
    }

    private boolean checkPadding(long position, int type, int length) {
        long rest = capacity - (position & mask);
        if (type != Records.PADDING || length != (int) (rest - Records.HEADER) || rest >= tailSeen - position) {
            throw new CorruptRingException(
                    memory.name(),
                    "record type",
                    position,
                    "0 or above, or padding of " + (rest - Records.HEADER) + " bytes before a record",
                    "type " + type + " with " + length + " bytes");
        }
        return true;
    }

    private long paddingAt(long position) {
        return capacity - (position & mask);
    }

    /** Checks a message's checksum; if it does not match, the next call goes on at {@code next}. */
    private void verify(long position, long record, long header, long next) {
        int expected = memory.getInt(record + Records.CHECKSUM);
        int found = checksum.of(memory, header, record + headerLength, Records.length(header));
        if (expected != found) {
            head = next;
            throw new ChecksumException(memory.name(), position, expected, found);
        }
    }

    private CorruptRingException corruptLength(long position, int length) {
        return new CorruptRingException(
                memory.name(),
                "record length",
                position,
                "0 to " + maxMessageLength + " and an end not behind TAIL " + tailSeen + " nor the record area",
                Integer.toString(length));
    }

    private void acknowledge() {
        checkLease();
        // release; pairs with SpscProducer.readLimit's acquire: we have read what it may now overwrite.
        // A death above this line makes these messages come again; below it, they do not.
        memory.setLongRelease(SpscLayout.HEAD, head);
        acknowledged = head;
        if (WakeWord.hasSleepers(memory, SpscLayout.SPACE)) {
            space.wake();
        }
    }

    private void checkLease() {
        if (memory.getLong(SpscLayout.CONSUMER) != token) {
            lease.check();
        }
    }

    private long readTail() {
        // acquire; pairs with SpscProducer.publish's release: records up to this position are complete.
        long tail = memory.getLongAcquire(SpscLayout.TAIL);
        if (Long.compareUnsigned(tail - head, capacity) > 0 || (tail & (Records.ALIGNMENT - 1)) != 0) {
            memory.checkAttached();
            throw new CorruptRingException(
                    memory.name(),
                    "TAIL",
                    tail,
                    "a multiple of 8 from " + head + " to " + (head + capacity),
                    Long.toString(tail));
        }
        tailSeen = tail;
        return tail;
    }

    // ---- state and life -------------------------------------------------------------------------------------------

    @Override
    public PeerState producerState() {
        checkOpen();
        return producer.state();
    }

    @Override
    public long backlogBytes() {
        checkOpen();
        return readTail() - head;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // Inside a handler the role is kept until the messages before it are acknowledged.
            if (!busy) {
                release();
            }
        }
    }

    private void release() {
        lease.leave();
        released = true;
    }

    /** Gives the role up through another mapping, after {@code memory} was detached. */
    void abandon(RegionMemory control) {
        closed = true;
        if (!released) {
            released = true;
            lease.leaveThrough(control);
        }
    }

    boolean isReleased() {
        return released;
    }

    private void checkUse(int limit) {
        checkOpen();
        if (busy) {
            throw new IllegalStateException(memory.name() + ": this consumer is used inside of its own handler");
        }
        if (limit <= 0) {
            throw new IllegalArgumentException(memory.name() + ": limit " + limit + " is not above 0");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(memory.name() + ": this consumer");
        }
    }
}
