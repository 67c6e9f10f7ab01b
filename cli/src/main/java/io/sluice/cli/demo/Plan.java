package io.sluice.cli.demo;

/**
 * What both ends of a link do, in this order: round trips, a stream to warm up, a stream that is measured. After each
 * stream the receiver sends back a message that begins with the stream's CRC32C.
 *
 * @param transport over what
 * @param size bytes of a message
 * @param messages messages of the measured stream
 * @param roundTrips round trips, of which the first half is not measured
 */
public record Plan(Transport transport, int size, long messages, int roundTrips) {

    /** Shortest message: it must hold a checksum. */
    public static final int MIN_SIZE = 4;

    /** Longest message. */
    public static final int MAX_SIZE = 256 << 10;

    long warmUpMessages() {
        return Math.max(1, messages / 4);
    }
}
