package io.sluice.ringbuffer.record;

/**
 * The format of a record in a ring: an 8-byte header, optionally 8 bytes with a checksum, the payload, zero to seven
 * unused bytes up to the next multiple of 8.
 *
 * <pre>
 *   0  length   int   payload bytes; of a padding record: bytes behind this header
 *   4  type     int   from 0 up: the user's; -1: padding to the end of the record area
 *   8  crc      int   CRC32C of the first 8 bytes and the payload   (only in rings with checksums)
 *  12  unused   int                                                 (only in rings with checksums)
 * </pre>
 *
 * <p>Header fields are written and read as one long, in the machine's byte order.
 *
 * <p>The record area is {@link #SLACK} bytes longer than the ring's capacity: a record that starts in front of the
 * capacity may end up to that much behind it before padding is needed. That makes room for a payload of exactly half
 * of the capacity wherever it falls.
 */
public final class Records {

    /** Bytes of a record's header without a checksum. */
    public static final int HEADER = 8;

    /** Bytes of a record's header with a checksum. */
    public static final int HEADER_WITH_CHECKSUM = 16;

    /** Offset of the checksum in a record that has one. */
    public static final int CHECKSUM = 8;

    /** Bytes of the record area behind the capacity. */
    public static final int SLACK = 64;

    /** Records start at multiples of this. */
    public static final int ALIGNMENT = 8;

    /** Type of a padding record. */
    public static final int PADDING = -1;

    private Records() {}

    /** Both header fields as one long. */
    public static long header(int type, int length) {
        return (long) type << 32 | Integer.toUnsignedLong(length);
    }

    /** Type field of a header. */
    public static int type(long header) {
        return (int) (header >> 32);
    }

    /** Length field of a header. */
    public static int length(long header) {
        return (int) header;
    }

    /** Bytes that a record takes. */
    public static long recordLength(int headerLength, int payloadLength) {
        return ((long) payloadLength + headerLength + (ALIGNMENT - 1)) & -ALIGNMENT;
    }

    /** Longest payload of a ring: half of its capacity, as far as an int goes. */
    public static int maxPayload(long capacity) {
        return (int) Math.min(capacity / 2, Integer.MAX_VALUE - 64);
    }
}
