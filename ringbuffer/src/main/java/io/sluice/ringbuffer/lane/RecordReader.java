package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.ringbuffer.record.RecordChecksum;
import io.sluice.ringbuffer.record.Records;

/**
 * Reads the records of a lane, trusting none of them: each length is checked against what was published and against the
 * record area before a byte of the payload is touched. Confined to one thread.
 */
public final class RecordReader {

    private final Lane lane;
    private final RegionMemory memory;
    private final long capacity;
    private final long mask;
    private final int headerLength;
    private final int maxMessageLength;
    private final RecordChecksum checksum;
    private final Message message;

    private long records; // offset of where a record at index 0 would be

    // The header found sound last, and the length of its record.
    private long lastHeader = -1;
    private long lastLength;

    private CorruptRingException damage;

    /** A reader of {@code lane}. */
    public RecordReader(Lane lane) {
        this(lane, lane.memory(), lane.at(LaneLayout.RECORDS));
    }

    /**
     * A reader of records that were copied out of {@code lane}.
     *
     * @param copy holds them; see {@link #readCopyFrom}
     */
    public RecordReader(Lane lane, RegionMemory copy) {
        this(lane, copy, 0);
    }

    private RecordReader(Lane lane, RegionMemory memory, long records) {
        this.lane = lane;
        this.memory = memory;
        this.records = records;
        this.capacity = lane.capacity();
        this.mask = capacity - 1;
        this.headerLength = lane.format().headerLength();
        this.maxMessageLength = Records.maxPayload(capacity);
        this.checksum = lane.format().checksummed() ? new RecordChecksum() : null;
        this.message = new Message(memory, lane.number());
    }

    /** From now on the first byte of the copy is that at {@code position}; what is read starts in the same lap. */
    public void readCopyFrom(long position) {
        records = -(position & mask);
    }

    /** The header of the record at {@code position}, which may be any number. Plain: behind an acquire of TAIL. */
    public long header(long position) {
        long header = memory.getLong(records + (position & mask));
        if (header == 0) {
            // An empty message of type 0, or the zeros that take the place of a memory that is detached under us.
            memory.checkAttached();
        }
        return header;
    }

    /**
     * Whether a header is that of padding.
     *
     * @param tail position up to which the lane was published
     * @throws CorruptRingException if it is neither padding that a record follows, nor the user's
     */
    public boolean isPadding(long position, long header, long tail) {
        return header < 0 && checkPadding(position, Records.type(header), Records.length(header), tail);
    }

    private boolean checkPadding(long position, int type, int length, long tail) {
        long rest = capacity - (position & mask);
        if (type != Records.PADDING || length != (int) (rest - Records.HEADER) || rest >= tail - position) {
            throw damaged(
                    "record type",
                    position,
                    "0 or above, or padding of " + (rest - Records.HEADER) + " bytes before a record",
                    "type " + type + " with " + length + " bytes");
        }
        return true;
    }

    /** Position behind the padding at {@code position}. */
    public long endOfPadding(long position) {
        return position + capacity - (position & mask);
    }

    /**
     * Position behind the record at {@code position}.
     *
     * @throws CorruptRingException if the record does not lie as a whole inside of what was published
     */
    public long endOf(long position, long header, long tail) {
        // A header like the one before is a branch that the processor predicts. So it goes on with the next record, and
        // asks for its cache line, before this header has come from the other core: streams of equal messages run at
        // one and a half times the speed.
        if (header == lastHeader
                && lastLength <= tail - position
                && lastLength <= capacity + Records.SLACK - (position & mask)) {
            return position + lastLength;
        }
        return endOfOther(position, header, tail);
    }

    private long endOfOther(long position, long header, long tail) {
        int length = Records.length(header);
        long recordLength = Records.recordLength(headerLength, length);
        if (length < 0
                || length > maxMessageLength
                || recordLength > tail - position
                || recordLength > capacity + Records.SLACK - (position & mask)) {
            throw damaged(
                    "record length",
                    position,
                    "0 to " + maxMessageLength + " and an end not behind TAIL " + tail + " nor the record area",
                    Integer.toString(length));
        }
        lastHeader = header;
        lastLength = recordLength;
        return position + recordLength;
    }

    /** Says that {@code field} of the lane is damaged, and remembers that it was said. */
    public CorruptRingException damaged(String field, long position, String expected, String found) {
        damage = lane.corrupt(field, position, expected, found);
        return damage;
    }

    /** Whether {@code e} was thrown by this reader, and not by a handler. */
    public boolean isOwn(CorruptRingException e) {
        return e == damage;
    }

    /** Whether {@link #verify} has anything to look at. */
    public boolean isChecksummed() {
        return checksum != null;
    }

    /** The ticket of the record at {@code position}. */
    long ticket(long position) {
        return memory.getLong(lane.ticketAt(position));
    }

    /**
     * Checks a record whose header was found sound.
     *
     * @throws ChecksumException if it does not match its checksum
     */
    public void verify(long position, long header) {
        long record = records + (position & mask);
        int expected = memory.getInt(record + Records.CHECKSUM);
        int found = checksum.of(memory, header, record + headerLength, Records.length(header));
        if (expected != found) {
            throw new ChecksumException(memory.name(), position, expected, found);
        }
    }

    /** Gives a record whose header was found sound to {@code handler}. */
    public void deliver(long position, long header, int deliveryCount, MessageHandler handler) {
        long payload = records + (position & mask) + headerLength;
        message.set(Records.type(header), position, deliveryCount, payload, Records.length(header));
        handler.onMessage(message);
    }

    /** As {@link #deliver}, with the payload at another place of the region. */
    void deliverFrom(long payload, long position, long header, MessageHandler handler) {
        message.set(Records.type(header), position, 1, payload, Records.length(header));
        handler.onMessage(message);
    }
}
