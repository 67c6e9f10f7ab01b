package io.sluice.ringbuffer.worker;

import io.sluice.api.region.RegionHeaderLayout;

/**
 * Memory map of the figures of all workers on a ring; offsets in bytes from the start of the region.
 * <pre>
 *      0  header        {@link RegionHeaderLayout}
 *  BODY   PLACES              64 of 256 bytes, one for each thread at work
 *     0     OWNER         long  token of the process; 0 nobody        CAS by who comes, stored by who leaves
 *     8     STATE         long  code of {@link WorkerState}           written by the owner only, as all that follows
 *    16     SINCE_MILLIS  long  when the owner came, for people
 *   128     DELIVERED     long  messages handled and about to be acknowledged
 *   136     REDELIVERED   long  deliveries that were not the first of their message
 *   144     FAILED        long  deliveries that ended with an exception
 *   152     DEAD_LETTERED long  messages copied to the ring of dead letters
 *   160     DISCARDED     long  messages given up
 *   168     FULL_WAITS    long  waits for room in the ring of dead letters
 *   176     LAG           long  bytes in the ring behind the last batch
 *   184     IN_HAND       long  {@link InHand}: the message that was given to the handler last, and how often
 *   192     DAMAGED       long  places of the ring that were found damaged and passed over
 *   200     RING          long  tells the ring that IN_HAND is of from others that had its name before
 * </pre>
 *
 * <p>Figures go on with the next owner of a place, so their sums are of all time. All zero is a ring without workers.
 */
final class WorkerLayout {

    /** Kind of the region. */
    static final String KIND = "worker";

    static final int PLACE_COUNT = 64;
    static final long PLACE_BYTES = 256;

    static final long OWNER = 0;
    static final long STATE = 8;
    static final long SINCE_MILLIS = 16;
    static final long DELIVERED = 128;
    static final long REDELIVERED = 136;
    static final long FAILED = 144;
    static final long DEAD_LETTERED = 152;
    static final long DISCARDED = 160;
    static final long FULL_WAITS = 168;
    static final long LAG = 176;
    static final long IN_HAND = 184;
    static final long DAMAGED = 192;
    static final long RING = 200;

    static final long BODY_BYTES = PLACE_COUNT * PLACE_BYTES;

    private WorkerLayout() {}

    static long place(int index) {
        return RegionHeaderLayout.BODY + index * PLACE_BYTES;
    }
}
