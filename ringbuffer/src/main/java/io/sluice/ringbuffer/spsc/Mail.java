package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.ringbuffer.record.Records;

/**
 * A copy of the newest record in the cache line of TAIL, for a consumer that waits for each message: it then gets position
 * and message with one line instead of two, one after the other. The record itself is in its place as always; this copy
 * may be missing, outdated or half-written, and is then passed over.
 *
 * <pre>
 *   MAIL_OF       long   1 + position of the record; 0: none
 *   MAIL_HEADER   long   the record's header
 *   MAIL_PAYLOAD         up to {@link SpscLayout#MAIL_BYTES} bytes
 * </pre>
 *
 * <p>It is a sequence lock (Lameter 2005) whose sequence is the position: the producer stores MAIL_OF, then the copy, then
 * TAIL; the consumer loads TAIL, the copy, then MAIL_OF once more. If that still is the position that it wants, no later
 * copy had been begun. A producer clears MAIL_OF when it takes its role: what a dead one left is of a record that was
 * perhaps never published.
 *
 * <p>The consumer asks for copies, through MAIL_WANTED, while it gets its messages one at a time; a stream pays nothing but
 * the load of that word.
 */
final class Mail {

    private Mail() {}

    /** Forgets what a predecessor left. Before the first store of TAIL in a role, whose release orders it. */
    static void clear(RegionMemory memory) {
        memory.setLong(SpscLayout.MAIL_OF, 0);
    }

    /** Copies the complete record at {@code start}, which the next store of TAIL publishes, if its payload is short. */
    static void put(RegionMemory memory, long start, long header, long payload, int length) {
        if (length > SpscLayout.MAIL_BYTES) {
            return;
        }
        memory.setLong(SpscLayout.MAIL_OF, start + 1);
        // release, each; pairs with take()'s acquires: who sees one of these words sees that MAIL_OF has changed.
        // A death below this line leaves a copy of what was never published: TAIL does not cover it, clear() removes
        // it.
        memory.setLongRelease(SpscLayout.MAIL_HEADER, header);
        for (int index = 0; index < length; index += Long.BYTES) {
            memory.setLongRelease(SpscLayout.MAIL_PAYLOAD + index, memory.getLong(payload + index));
        }
    }

    /**
     * Copies the mail out, if it is the record at {@code position}, which TAIL covers.
     *
     * @param room bytes from {@code position} to TAIL
     * @return the record's header, with its payload at {@link SpscLayout#OPENED}; -1 if the record must be read in its place
     */
    static long take(RegionMemory memory, long position, long room) {
        if (memory.getLongAcquire(SpscLayout.MAIL_OF) != position + 1) {
            return -1;
        }
        long header = memory.getLongAcquire(SpscLayout.MAIL_HEADER);
        int length = Records.length(header);
        if (header < 0
                || length < 0
                || length > SpscLayout.MAIL_BYTES
                || Records.recordLength(Records.HEADER, length) > room) {
            return -1;
        }
        for (int index = 0; index < length; index += Long.BYTES) {
            // acquire; pairs with put()'s releases, and keeps the load of MAIL_OF below behind it.
            memory.setLong(SpscLayout.OPENED + index, memory.getLongAcquire(SpscLayout.MAIL_PAYLOAD + index));
        }
        return memory.getLong(SpscLayout.MAIL_OF) == position + 1 ? header : -1;
    }
}
