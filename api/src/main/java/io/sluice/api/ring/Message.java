package io.sluice.api.ring;

import io.sluice.api.memory.MemorySlice;
import io.sluice.api.memory.RegionMemory;

/**
 * One delivered message, in place: the bytes are those of the ring, valid until the handler returns. A flyweight that
 * the consumer points at the next message; copy what must outlive the handler.
 */
public final class Message extends MemorySlice {

    private final int lane;
    private int typeId;
    private long position;
    private int deliveryCount;

    /** A flyweight on messages of a lane in {@code memory}, see {@link #lane}; for implementations of rings. */
    public Message(RegionMemory memory, int lane) {
        super(memory);
        this.lane = lane;
    }

    /** Points this flyweight at a message; for implementations of rings. */
    public void set(int typeId, long position, int deliveryCount, long offset, int length) {
        this.typeId = typeId;
        this.position = position;
        this.deliveryCount = deliveryCount;
        wrap(offset, length);
    }

    /** The number that the producer gave, 0 unless it chose one. */
    public int typeId() {
        return typeId;
    }

    /**
     * Number of the lane that the message came through, from 0: in MPSC and MPMC rings there is one for each place for a
     * producer, in the others it is always 0. Lane and position together are unique in a ring.
     */
    public int lane() {
        return lane;
    }

    /** Position of the message in its lane: ever-growing, unique there, in bytes. */
    public long position() {
        return position;
    }

    /** How often this message has been given to a handler, this time included, as far as the ring keeps count. */
    public int deliveryCount() {
        return deliveryCount;
    }

    /** Whether the message was given before to a consumer that died or refused it. */
    public boolean isRedelivered() {
        return deliveryCount > 1;
    }

    /**
     * What to throw when this message does not have the form that its reader expects.
     *
     * @throws io.sluice.api.memory.DetachedException instead, if the ring was closed meanwhile: then the bytes are
     *     gone, not malformed
     */
    public MalformedMessageException malformed(String expected, String found) {
        return malformed(expected, found, null);
    }

    /** As {@link #malformed(String, String)}, because of another exception. */
    public MalformedMessageException malformed(String expected, String found, Throwable cause) {
        memory().checkAttached();
        return new MalformedMessageException(memory().name(), position, expected, found, cause);
    }
}
