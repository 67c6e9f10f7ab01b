package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.ringbuffer.record.Records;

/**
 * Memory map of an SPSC ring; offsets in bytes from the start of the region.
 * <pre>
 *      0  header          {@link RegionHeaderLayout}
 *  BODY   TAIL      long  bytes ever published           written by the producer only
 *     +8  MAIL             a copy of the newest record, {@link Mail}   written by the producer only
 *   +128  HEAD      long  bytes ever acknowledged        written by the consumer only
 *   +136  OPENED           what the consumer took out of MAIL           written by the consumer only
 *   +256  PRODUCER  long  lease of the producer's role   written on joining, leaving, closing
 *   +264  CONSUMER  long  lease of the consumer's role   written on joining, leaving
 *   +272  DATA      int   wake word of the consumer      written by sleepers and wakers only
 *   +276  SPACE     int   wake word of the producer      written by sleepers and wakers only
 *   +280  MAIL_WANTED int whether the consumer reads MAIL   written by the consumer when its pace changes
 *   +384  RECORDS         capacity + {@link Records#SLACK} bytes of records
 * </pre>
 *
 * <p>TAIL and HEAD have a pair of cache lines each, because each is polled by the other side. What is behind them is
 * read by both sides and hardly ever written, so it shares one pair.
 *
 * <p>All zero is an empty ring.
 */
final class SpscLayout {

    static final long TAIL = RegionHeaderLayout.BODY;
    static final long MAIL_OF = RegionHeaderLayout.BODY + 8;
    static final long MAIL_HEADER = RegionHeaderLayout.BODY + 16;
    static final long MAIL_PAYLOAD = RegionHeaderLayout.BODY + 24;
    static final long HEAD = RegionHeaderLayout.BODY + 128;
    static final long OPENED = RegionHeaderLayout.BODY + 136;
    static final long PRODUCER = RegionHeaderLayout.BODY + 256;
    static final long CONSUMER = RegionHeaderLayout.BODY + 264;
    static final long DATA = RegionHeaderLayout.BODY + 272;
    static final long SPACE = RegionHeaderLayout.BODY + 276;
    static final long MAIL_WANTED = RegionHeaderLayout.BODY + 280;
    static final long RECORDS = RegionHeaderLayout.BODY + 384;

    /** Longest payload that fits behind TAIL into its cache line. */
    static final int MAIL_BYTES = 40;

    /** Index of the capacity in the region's geometry. */
    static final int GEOMETRY_CAPACITY = 0;

    /** Index of the option flags in the region's geometry. */
    static final int GEOMETRY_FLAGS = 1;

    /** Flag: each record has a checksum. */
    static final long FLAG_CHECKSUM = 1;

    private SpscLayout() {}

    /** Bytes behind the region's header for a ring of {@code capacity}. */
    static long bodyBytes(long capacity) {
        return RECORDS - RegionHeaderLayout.BODY + capacity + Records.SLACK;
    }

    /** Refuses a position at which no record can start. */
    static void checkAligned(RegionMemory memory, String field, long position) {
        if ((position & (Records.ALIGNMENT - 1)) != 0) {
            throw new CorruptRingException(
                    memory.name(), field, position, "a multiple of " + Records.ALIGNMENT, Long.toString(position));
        }
    }
}
