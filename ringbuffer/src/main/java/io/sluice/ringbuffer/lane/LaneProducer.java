package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageTooLargeException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.record.RecordChecksum;
import io.sluice.ringbuffer.record.Records;
import io.sluice.ringbuffer.role.RoleHandle;
import io.sluice.ringbuffer.role.RoleLease;
import io.sluice.ringbuffer.role.Vain;
import java.time.Duration;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * Producer of a lane, the whole of an SPSC ring and one of many in others: Lamport's bounded queue (1983) with
 * positions published by one release store, each side caching the other's position as in FastForward, MCRingBuffer and
 * rigtorp's SPSCQueue.
 *
 * <p>A record is written behind the published tail, where nobody looks, and becomes visible with its position. So there
 * is nothing to mark, nothing to zero and nothing to repair: whatever a dead producer had not published is as if it had
 * never been.
 *
 * <p>{@code offer}, {@code claim}, {@code stage}: wait-free but for the wake of a sleeping consumer.
 */
public final class LaneProducer implements RingProducer, RoleHandle {

    private static final long REFUSED = -1;
    private static final int NONE = -1;

    private final Lane lane;
    private final RegionMemory memory;
    private final long tailAt;
    private final long mailWantedAt;
    private final long records;
    private final long dataAt;
    private final long capacity;
    private final long mask;
    private final int headerLength;
    private final long wrapAt; // largest index where a record may end
    private final int maxMessageLength;
    private final RecordChecksum checksum;
    private final Tickets tickets; // null where records have none
    private final long leaseAt;
    private final boolean plain; // whether records are a header and a payload and nothing else
    private final long token;
    private final RoleLease lease;
    private final ProducerRole role;
    private final Gate gate;
    private final WakeWord data;
    private final RoomWait room;
    private final Mail mail;
    private final Vain vain;
    private final LaneClaim claim;

    private long tail; // end of what was written, staged records included
    private long unstamped; // end of what was published, kept only where records have tickets
    private long limit; // position behind which we must not write: HEAD as last loaded, plus the capacity
    private long easyEnd; // a record that ends up to here needs neither padding nor another look at the readers
    private int longestNow; // longest message taken at the moment: none while a claim is open or once closed
    private boolean staged; // whether there may be records behind TAIL; set for longer than that is so
    private int wanted; // length of the message that hasRoom waits for room for
    private boolean closed;

    /**
     * Goes on with {@code lane}, whose records have no tickets, where its last producer stopped.
     *
     * @param lease that of {@link LaneLayout#PRODUCER}, already taken; left again if this throws
     * @param gate the lane's readers
     * @param dataAt offset in the region of the wake word of the readers
     * @throws CorruptRingException if the lane's positions are impossible
     */
    public LaneProducer(Lane lane, RoleLease lease, Gate gate, long dataAt, WaitStrategy strategy) {
        this(lane, lease, gate, dataAt, null, strategy);
    }

    /**
     * As the other, for records with tickets.
     *
     * @param tickets where they come from; null if the records have none
     */
    public LaneProducer(Lane lane, RoleLease lease, Gate gate, long dataAt, Tickets tickets, WaitStrategy strategy) {
        this.lane = lane;
        this.tickets = tickets;
        this.memory = lane.memory();
        this.tailAt = lane.at(LaneLayout.TAIL);
        this.mailWantedAt = lane.at(LaneLayout.MAIL_WANTED);
        this.records = lane.at(LaneLayout.RECORDS);
        this.dataAt = dataAt;
        this.capacity = lane.capacity();
        this.mask = capacity - 1;
        this.headerLength = lane.format().headerLength();
        this.wrapAt = capacity + Records.SLACK;
        this.maxMessageLength = Records.maxPayload(capacity);
        this.checksum = lane.format().checksummed() ? new RecordChecksum() : null;
        this.data = new WakeWord(memory, dataAt);
        this.room = new RoomWait(memory, lane.at(LaneLayout.SPACE), gate, strategy, this::hasRoom);
        this.gate = gate;
        this.vain = new Vain(memory);
        this.claim = new LaneClaim(this, memory);
        this.lease = lease;
        this.role = new ProducerRole(lease, data);
        this.leaseAt = lane.at(LaneLayout.PRODUCER);
        this.token = memory.selfToken();
        // A predecessor's published tail is where we go on; what it had written behind it is overwritten.
        this.tail = memory.getLongAcquire(tailAt);
        this.plain = headerLength == Records.HEADER && tickets == null;
        this.unstamped = tail;
        this.easyEnd = tail;
        this.longestNow = maxMessageLength;
        this.mail = new Mail(lane);
        mail.clear();
        try {
            lane.checkAligned("TAIL", tail);
            readLimit(tail);
            this.limit = tail; // asked again with the first record: readers may want to know how far
        } catch (CorruptRingException e) {
            lease.leave();
            throw e;
        }
    }

    @Override
    public int maxMessageLength() {
        return maxMessageLength;
    }

    // ---- offering -------------------------------------------------------------------------------------------------

    @Override
    public OfferResult offer(int typeId, byte[] source, int from, int length) {
        // What nearly every offer of a stream needs and nothing else: the code that the compiler makes of it must stay
        // below InlineSmallCode, 2500 bytes, to become part of the caller's loop, or small messages lose a third.
        long start = tail;
        long end = start + Records.recordLength(headerLength, length);
        if (isAllowed(typeId, length)) {
            if (end - easyEnd <= 0) {
                long record = records + (start & mask);
                long header = Records.header(typeId, length);
                memory.copyInFramed(record, header, source, from, length);
                if (memory.getInt(mailWantedAt) != 0) {
                    mail.put(start, header, record + Records.HEADER, length);
                }
                tail = end;
                publishTail();
                return OfferResult.ACCEPTED;
            }
            if (end - limit > 0 && end - readLimit(end) > 0) {
                full();
                return refusal();
            }
        }
        return offerAnyhow(typeId, source, from, length);
    }

    private OfferResult offerAnyhow(int typeId, byte[] source, int from, int length) {
        OfferResult result = stage(typeId, source, from, length);
        if (result == OfferResult.ACCEPTED) {
            publish();
        }
        return result;
    }

    /** Whether there is nothing to say against such a message now but that the ring may be full. */
    private boolean isAllowed(int typeId, int length) {
        // Any length is too long while longestNow is NONE.
        return (length | typeId) >= 0 && length <= longestNow && memory.getLong(leaseAt) == token;
    }

    @Override
    public OfferResult offer(int typeId, BytesStore<?, ?> source, long from, int length) {
        long start = reserve(typeId, length);
        if (start == REFUSED) {
            return refusal();
        }
        Source.copyIn(memory, payloadOf(start), source, from, length);
        complete(start, typeId, length);
        publish();
        return OfferResult.ACCEPTED;
    }

    @Override
    public OfferResult stage(int typeId, byte[] source, int from, int length) {
        long start = reserve(typeId, length);
        if (start == REFUSED) {
            return refusal();
        }
        memory.copyIn(payloadOf(start), source, from, length);
        complete(start, typeId, length);
        staged = true;
        return OfferResult.ACCEPTED;
    }

    @Override
    public void flush() {
        checkOpen();
        // First, because TAIL is ours to compare with only as long as the role is.
        lease.check();
        if (tail != memory.getLong(tailAt)) {
            publish();
        }
    }

    // ---- putting --------------------------------------------------------------------------------------------------

    @Override
    public OfferResult put(byte[] source) throws InterruptedException {
        return put(0, source, 0, source.length, Duration.ofNanos(Long.MAX_VALUE));
    }

    @Override
    public OfferResult put(int typeId, byte[] source, int from, int length, Duration timeout)
            throws InterruptedException {
        OfferResult result = offer(typeId, source, from, length);
        if (result == OfferResult.ACCEPTED) {
            return result;
        }
        result = awaitRoom(length, timeout);
        return result == OfferResult.ACCEPTED ? offer(typeId, source, from, length) : result;
    }

    @Override
    public OfferResult put(int typeId, BytesStore<?, ?> source, long from, int length, Duration timeout)
            throws InterruptedException {
        OfferResult result = offer(typeId, source, from, length);
        if (result == OfferResult.ACCEPTED) {
            return result;
        }
        result = awaitRoom(length, timeout);
        return result == OfferResult.ACCEPTED ? offer(typeId, source, from, length) : result;
    }

    @Override
    public Claim awaitClaim(int typeId, int length, Duration timeout) throws InterruptedException {
        Claim claimed = claim(typeId, length);
        if (claimed != null) {
            return claimed;
        }
        return awaitRoom(length, timeout) == OfferResult.ACCEPTED ? claim(typeId, length) : null;
    }

    /** Waits until a record for {@code length} bytes fits; nobody but this producer can take that room away again. */
    private OfferResult awaitRoom(int length, Duration timeout) throws InterruptedException {
        wanted = length;
        return room.await(timeout);
    }

    /** Bytes from the tail to the end of a record for {@code length} bytes, padding included. */
    private long roomFor(int length) {
        long record = Records.recordLength(headerLength, length);
        long index = tail & mask;
        return index + record > wrapAt ? capacity - index + record : record;
    }

    private boolean hasRoom() {
        // Anew each time: the tail moves if this producer is used while it waits, and with it the padding.
        long bytes = roomFor(wanted);
        return closed || bytes <= limit - tail || bytes <= readLimit(tail + bytes) - tail;
    }

    // ---- claiming -------------------------------------------------------------------------------------------------

    @Override
    public Claim claim(int typeId, int length) {
        long start = reserve(typeId, length);
        if (start == REFUSED) {
            return null;
        }
        claim.open(start, typeId, payloadOf(start), length);
        longestNow = NONE;
        return claim;
    }

    void commit(long start, int typeId, int length) {
        checkOpen();
        lease.check();
        longestNow = maxMessageLength;
        complete(start, typeId, length);
        publish();
    }

    void abort() {
        longestNow = closed ? NONE : maxMessageLength;
    }

    // ---- the algorithm --------------------------------------------------------------------------------------------

    /**
     * Makes sure that a record for {@code length} bytes fits behind the tail, padding up to the end of the record area
     * if it does not fit in front of that.
     *
     * @return the record's position, or {@link #REFUSED}
     */
    private long reserve(int typeId, int length) {
        if (!isAllowed(typeId, length)) {
            refuse(typeId, length);
        }
        long record = Records.recordLength(headerLength, length);
        long start = tail;
        long index = start & mask;
        if (index + record > wrapAt) {
            return reserveAfterPadding(start, index, record);
        }
        // Not ahead of the consumer by more than the capacity, or we would overwrite what it has not read.
        if (start + record - limit > 0 && start + record - readLimit(start + record) > 0) {
            return full();
        }
        setEasyEnd(start - index);
        return start;
    }

    /** Notes how far records may be written from now on without a look at anything, in the lap that begins at {@code lap}. */
    private void setEasyEnd(long lap) {
        // Never for the lap behind padding before a record is in it: until then the tail is in front of the padding.
        if (plain) {
            easyEnd = limit - lap > wrapAt ? lap + wrapAt : limit;
        }
    }

    private long reserveAfterPadding(long position, long index, long record) {
        long rest = capacity - index;
        long start = position + rest;
        if (start + record - limit > 0 && start + record - readLimit(start + record) > 0) {
            return full();
        }
        // Not visible before the record that follows it; if that is given up, the next one writes it again.
        memory.setLong(records + index, Records.header(Records.PADDING, (int) (rest - Records.HEADER)));
        return start;
    }

    private long payloadOf(long start) {
        return records + (start & mask) + headerLength;
    }

    /** Says why a message is not allowed. */
    private void refuse(int typeId, int length) {
        checkOpen();
        if (claim.isOpen()) {
            throw new IllegalStateException(memory.name() + ": the previous claim is neither committed nor aborted");
        }
        if (typeId < 0) {
            throw new IllegalArgumentException(memory.name() + ": type id " + typeId + " is below 0");
        }
        if (length < 0 || length > maxMessageLength) {
            throw new MessageTooLargeException(memory.name(), length, maxMessageLength);
        }
        lease.check();
    }

    /** Finishes the record around a payload that is in place; not yet visible to the consumer. */
    private void complete(long start, int typeId, int length) {
        long record = records + (start & mask);
        long header = Records.header(typeId, length);
        memory.writeLong(record, header);
        if (checksum != null) {
            memory.setInt(record + Records.CHECKSUM, checksum.of(memory, header, record + headerLength, length));
        }
        if (memory.getInt(mailWantedAt) != 0 && headerLength == Records.HEADER) {
            mail.put(start, header, record + headerLength, length);
        }
        tail = start + Records.recordLength(headerLength, length);
    }

    private void publish() {
        staged = false;
        if (tickets != null) {
            tickets.stamp(unstamped, tail);
            unstamped = tail;
        }
        publishTail();
    }

    private void publishTail() {
        // release; pairs with LaneReader.readTail's acquire: records and padding are visible before their position.
        // A death above this line loses what was not published and nothing else; below it, nothing.
        memory.setLongRelease(tailAt, tail);
        try {
            // The cheap half of WakeWord.wake(), without the detour through another object.
            if (WakeWord.hasSleepers(memory, dataAt)) {
                data.wake();
            }
        } catch (DetachedException e) {
            lane.checkStored(tailAt, tail, e);
        }
    }

    /**
     * Looks how far the readers have come.
     *
     * @param wanted where we want to write to
     * @return the position behind which we must not write
     */
    private long readLimit(long wanted) {
        long freed = gate.freed(tail, wanted);
        // Unsigned, what is negative is huge; rotated, so is what is no multiple of 8, as the tail is one.
        if (Long.compareUnsigned(Long.rotateRight(tail - freed, 3), capacity >>> 3) > 0) {
            throw lane.corrupt(
                    "HEAD", freed, "a multiple of 8 from " + (tail - capacity) + " to " + tail, Long.toString(freed));
        }
        limit = freed + capacity;
        return limit;
    }

    /** Lets the consumer see what is staged: it takes up room that only the consumer can give back. */
    private long full() {
        if (staged) {
            publish();
        }
        return REFUSED;
    }

    private OfferResult refusal() {
        gate.refused(tail);
        return vain.note() ? refusalForLong() : OfferResult.FULL;
    }

    private OfferResult refusalForLong() {
        if (!vain.pause()) {
            return OfferResult.FULL;
        }
        long before = limit;
        // The consumer may have made room before it died: look again behind the verdict.
        return gate.readers() == PeerState.DEAD && readLimit(tail) == before ? OfferResult.PEER_DEAD : OfferResult.FULL;
    }

    // ---- state and life -------------------------------------------------------------------------------------------

    @Override
    public PeerState consumerState() {
        checkOpen();
        return gate.readers();
    }

    @Override
    public long backlogBytes() {
        checkOpen();
        return capacity - (readLimit(tail) - memory.getLong(tailAt));
    }

    @Override
    public void leave() {
        if (end()) {
            role.leave();
        }
    }

    @Override
    public void close() {
        if (end()) {
            role.close();
        }
    }

    /**
     * Publishes what is staged and marks this handle closed, even if publishing fails: a lost lease is told once.
     *
     * @return false if it was closed already
     */
    private boolean end() {
        if (closed) {
            return false;
        }
        claim.abort();
        try {
            flush();
        } finally {
            closed = true;
            longestNow = NONE;
            room.close();
            lane.space().wake(); // a queue's other thread may wait for room
        }
        return true;
    }

    @Override
    public void abandon(RegionMemory control) {
        closed = true;
        longestNow = NONE;
        room.close();
        role.abandon(control);
    }

    @Override
    public boolean isReleased() {
        return role.isReleased();
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(memory.name() + ": this producer");
        }
    }
}
