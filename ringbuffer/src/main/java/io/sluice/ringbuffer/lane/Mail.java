package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;
import io.sluice.ringbuffer.record.Records;

/**
 * A copy of the newest record in the cache line of TAIL, for a consumer that waits for each message: it then gets
 * position and message with one line instead of two, one after the other. The record itself is in its place as always;
 * this copy may be missing, outdated or half-written, and is then passed over.
 *
 * <pre>
 *   MAIL_OF       long   1 + position of the record; 0: none
 *   MAIL_HEADER   long   the record's header
 *   MAIL_PAYLOAD         up to {@link LaneLayout#MAIL_BYTES} bytes
 * </pre>
 *
 * <p>It is a sequence lock (Lameter 2005) whose sequence is the position: the producer stores MAIL_OF, then the copy,
 * then TAIL; the consumer loads TAIL, the copy, then MAIL_OF once more. If that still is the position that it wants, no
 * later copy had been begun. A producer clears MAIL_OF when it takes its role: what a dead one left is of a record that
 * was perhaps never published.
 *
 * <p>The consumer asks for copies, through MAIL_WANTED, while it gets its messages one at a time; a stream pays nothing
 * but the load of that word.
 */
final class Mail {

    private final RegionMemory memory;
    private final long ofAt;
    private final long headerAt;
    private final long payloadAt;
    private final long openedAt;

    /** The mail of {@code lane}. */
    Mail(Lane lane) {
        this.memory = lane.memory();
        this.ofAt = lane.at(LaneLayout.MAIL_OF);
        this.headerAt = lane.at(LaneLayout.MAIL_HEADER);
        this.payloadAt = lane.at(LaneLayout.MAIL_PAYLOAD);
        this.openedAt = lane.at(LaneLayout.OPENED);
    }

    /** Forgets what a predecessor left. Before the first store of TAIL in a role, whose release orders it. */
    void clear() {
        memory.setLong(ofAt, 0);
    }

    /** Copies the complete record at {@code start}, which the next store of TAIL publishes, if its payload is short. */
    void put(long start, long header, long payload, int length) {
        if (length > LaneLayout.MAIL_BYTES) {
            return;
        }
        memory.setLong(ofAt, start + 1);
        // release, each word; pairs with take()'s acquires: who sees one of them sees that MAIL_OF has changed.
        // A death below this line leaves a copy of what was never published: TAIL does not cover it, clear()
        // removes it.
        memory.setLongRelease(headerAt, header);
        memory.copyLongs(payload, payloadAt, words(length));
    }

    private static int words(int length) {
        return (length + Long.BYTES - 1) >>> 3;
    }

    /**
     * Copies the mail out, if it is the record at {@code position} and TAIL covers that and nothing behind it.
     *
     * @param published bytes from {@code position} to TAIL
     * @return the record's header, with its payload at {@link LaneLayout#OPENED}; -1 if the record must be read in its
     *     place
     */
    long take(long position, long published) {
        if (memory.getLongAcquire(ofAt) != position + 1) {
            return -1;
        }
        long header = memory.getLongAcquire(headerAt);
        int length = Records.length(header);
        if (header < 0
                || length < 0
                || length > LaneLayout.MAIL_BYTES
                || Records.recordLength(Records.HEADER, length) != published) {
            return -1;
        }
        // acquire, each word; pairs with put()'s releases, and keeps the load of MAIL_OF below behind it.
        memory.copyLongs(payloadAt, openedAt, words(length));
        return memory.getLong(ofAt) == position + 1 ? header : -1;
    }

    /** Where {@link #take} puts the payload. */
    long opened() {
        return openedAt;
    }
}
