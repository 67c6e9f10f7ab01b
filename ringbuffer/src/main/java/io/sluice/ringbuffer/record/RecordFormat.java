package io.sluice.ringbuffer.record;

/**
 * What the records of a ring have between their header and their payload.
 *
 * @param checksummed a CRC32C
 * @param ticketed a number that orders records of several lanes
 */
public record RecordFormat(boolean checksummed, boolean ticketed) {

    /** Nothing but header and payload. */
    public static final RecordFormat PLAIN = new RecordFormat(false, false);

    /** With a checksum, or without. */
    public static RecordFormat of(boolean checksummed) {
        return checksummed ? new RecordFormat(true, false) : PLAIN;
    }

    /** Bytes in front of the payload. */
    public int headerLength() {
        return Records.HEADER + (checksummed ? Long.BYTES : 0) + (ticketed ? Long.BYTES : 0);
    }

    /** Offset of the ticket in a record that has one: its last 8 bytes in front of the payload. */
    public int ticketAt() {
        return headerLength() - Long.BYTES;
    }
}
