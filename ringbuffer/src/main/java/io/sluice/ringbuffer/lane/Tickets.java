package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;

/**
 * Numbers that order the records of several lanes: drawn from one counter when records are complete and about to be
 * published, and stored in them. Confined to the producer's thread. Wait-free.
 *
 * <p>What is published together gets one number. A number that was drawn and never published, because its drawer died
 * or has not gone on yet, is simply missing; nobody waits for it.
 */
public final class Tickets {

    private final Lane lane;
    private final RegionMemory memory;
    private final RecordReader records;
    private final long counterAt;

    /** For the producer of {@code lane}; the counter is at offset {@code counterAt} of the region. */
    public Tickets(Lane lane, long counterAt) {
        this.lane = lane;
        this.memory = lane.memory();
        this.records = new RecordReader(lane);
        this.counterAt = counterAt;
    }

    /** Draws a ticket for the complete records from {@code from} up to {@code to}. */
    void stamp(long from, long to) {
        // full fence; pairs with itself in other producers: what was published before this got a lower ticket, if it
        // was known here, and what learns of our publication gets a higher one.
        // A death below this line leaves a ticket that nobody has.
        long ticket = memory.getAndAddLong(counterAt, 1) + 1;
        long position = from;
        while (position != to) {
            long header = records.header(position);
            if (records.isPadding(position, header, to)) {
                position = records.endOfPadding(position);
                continue;
            }
            memory.setLong(lane.ticketAt(position), ticket);
            position = records.endOf(position, header, to);
        }
    }
}
