package io.sluice.ringbuffer.broadcast;

import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.ringbuffer.lane.LaneLayout;

/**
 * Memory map of a broadcast ring; offsets in bytes from the start of the region.
 * <pre>
 *      0  header          {@link RegionHeaderLayout}
 *  BODY   PRODUCER  long  lease of the producer's role       written on joining, leaving, closing
 *     +8  DATA      int   wake word of the consumers         written by sleepers and wakers only
 *   +128  CURSORS         128 bytes each: one for each place for a consumer
 *         LANE            {@link LaneLayout}, without HEAD, MAIL, OPENED
 *   +128  GONE      long  in a lossy ring: bytes that may be overwritten   written by the producer only
 *   +136  OLDER     long  in a lossy ring: a former NEWER                  written by the producer only
 *   +144  NEWER     long  in a lossy ring: what was TAIL a while ago       written by the producer only
 * </pre>
 *
 * <p>A cursor:
 * <pre>
 *     0  POSITION   long  bytes that this consumer has handled   written by the consumer only
 *    +8  LEASE      long  lease of its role; settled once POSITION counts
 *   +16  MISSED     long  in a lossy ring: bytes missed, for people     written by the consumer only
 * </pre>
 *
 * <p>All zero is an empty ring that nobody listens to.
 */
final class BroadcastLayout {

    static final long PRODUCER = RegionHeaderLayout.BODY;
    static final long DATA = RegionHeaderLayout.BODY + 8;
    static final long CURSORS = RegionHeaderLayout.BODY + 128;

    static final long CURSOR_BYTES = 128;
    static final long POSITION = 0;
    static final long LEASE = 8;
    static final long MISSED = 16;

    // Of the lane, in the place of words that one consumer would write.
    static final long GONE = LaneLayout.HEAD;
    static final long OLDER = LaneLayout.OPENED;
    static final long NEWER = LaneLayout.OPENED + 8;

    private BroadcastLayout() {}

    /** Offset of a field of a cursor. */
    static long cursor(int place, long field) {
        return CURSORS + place * CURSOR_BYTES + field;
    }

    /** Offset of the lane behind so many cursors. */
    static long lane(int places) {
        return LaneLayout.align(cursor(places, 0));
    }

    /** Bytes behind the region's header. */
    static long bodyBytes(int places, long capacity) {
        return lane(places) + LaneLayout.bytes(capacity) - RegionHeaderLayout.BODY;
    }
}
