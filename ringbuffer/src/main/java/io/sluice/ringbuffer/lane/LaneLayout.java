package io.sluice.ringbuffer.lane;

import io.sluice.ringbuffer.record.Records;

/**
 * Memory map of a lane: what one producer writes, with the positions of its bytes. Offsets in bytes from the start of
 * the lane, which is a multiple of 128.
 * <pre>
 *     0  TAIL        long  bytes ever published        written by the producer only
 *    +8  MAIL              a copy of the newest record, {@link Mail}    written by the producer only
 *  +128  HEAD        long  bytes ever acknowledged     written by the consumer only
 *  +136  OPENED            what the consumer took out of MAIL           written by the consumer only
 *  +256  PRODUCER    long  lease of the producer's role      written on joining, leaving, closing
 *  +264              long  free for the ring
 *  +272              int   free for the ring
 *  +276  SPACE       int   wake word of the producer         written by sleepers and wakers only
 *  +280  MAIL_WANTED int   whether the consumer reads MAIL   written by the consumer when its pace changes
 *  +384  RECORDS           capacity + {@link Records#SLACK} bytes of records
 * </pre>
 *
 * <p>TAIL and HEAD have a pair of cache lines each, because each is polled by the other side. What is behind them is
 * read by both sides and hardly ever written, so it shares one pair.
 *
 * <p>All zero is an empty lane that nobody writes.
 */
public final class LaneLayout {

    /** Bytes ever published. */
    public static final long TAIL = 0;

    /** 1 + position of the record that {@link Mail} holds a copy of. */
    public static final long MAIL_OF = 8;

    /** Header of that copy. */
    public static final long MAIL_HEADER = 16;

    /** Payload of that copy. */
    public static final long MAIL_PAYLOAD = 24;

    /** Bytes ever acknowledged. */
    public static final long HEAD = 128;

    /** The payload that the consumer took out of the mail. */
    public static final long OPENED = 136;

    /** Lease of the producer's role. */
    public static final long PRODUCER = 256;

    /** Wake word of the producer. */
    public static final long SPACE = 276;

    /** Whether the consumer reads the mail. */
    public static final long MAIL_WANTED = 280;

    /** First record. */
    public static final long RECORDS = 384;

    /** Longest payload that fits behind TAIL into its cache line. */
    public static final int MAIL_BYTES = 40;

    /** Lanes start at multiples of this: a pair of cache lines. */
    public static final int ALIGNMENT = 128;

    private LaneLayout() {}

    /** Bytes that a lane of {@code capacity} takes, up to where another may start. */
    public static long bytes(long capacity) {
        return align(RECORDS + capacity + Records.SLACK);
    }

    /** The first offset from {@code offset} on where a lane may start. */
    public static long align(long offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
