package io.sluice.locks.readwrite;

import io.sluice.api.region.RegionHeaderLayout;

/**
 * Memory map of a read-write lock; offsets in bytes from the start of the region.
 * <pre>
 *      0  header               {@link RegionHeaderLayout}
 *  BODY   WRITER         long  who writes or is about to, see {@link WriterWord}
 *   +128  INTENT         long  token of one writer that waits; 0: none
 *   +136  ARRIVALS       long  arrival numbers ever given out; fair locks only
 *   +144  ACQUISITIONS   long  write acquisitions ever: the fencing token
 *   +152  WRITING_SINCE  long  milliseconds since 1970 of the writer's hold, or of its wait for readers, for people
 *   +160  DEAD_WRITER    long  token of the last writer that died while writing, for people
 *   +168  GATE           int   wake word of those who wait to get in
 *   +172  DRAIN          int   wake word of the writer that waits for readers to leave
 *   +256  SLOTS                one of 128 bytes per attachment
 *           0  WORD      long  0: free; else token of the attachment's process, with {@link ReaderSlots#READING}
 *           8  NUMBER    long  place in the queue of a fair lock, see {@link ArrivalOrder}
 *          16  WANTS     long  0 nothing, 1 reading, 2 writing: what the attachment waits for; for people
 *          24  SINCE     long  milliseconds since 1970 of the hold or the wait, for people
 * </pre>
 *
 * <p>Every reader looks at WRITER and writes its own slot only, so WRITER and each slot have a pair of cache lines.
 *
 * <p>All zero is a free lock that nobody is attached to.
 */
final class ReadWriteLayout {

    static final long WRITER = RegionHeaderLayout.BODY;
    static final long INTENT = RegionHeaderLayout.BODY + 128;
    static final long ARRIVALS = RegionHeaderLayout.BODY + 136;
    static final long ACQUISITIONS = RegionHeaderLayout.BODY + 144;
    static final long WRITING_SINCE = RegionHeaderLayout.BODY + 152;
    static final long DEAD_WRITER = RegionHeaderLayout.BODY + 160;
    static final long GATE = RegionHeaderLayout.BODY + 168;
    static final long DRAIN = RegionHeaderLayout.BODY + 172;
    private static final long SLOTS = RegionHeaderLayout.BODY + 256;
    private static final int SLOT_BYTES = 128;
    private static final int NUMBER = 8;
    private static final int WANTS = 16;
    private static final int SINCE = 24;

    static final long WANTS_NOTHING = 0;
    static final long WANTS_READING = 1;
    static final long WANTS_WRITING = 2;

    /** Index of the number of slots in the region's geometry. */
    static final int GEOMETRY_ATTACHMENTS = 0;

    /** Index of "is it fair" in the region's geometry: 0 or 1. */
    static final int GEOMETRY_FAIR = 1;

    private ReadWriteLayout() {}

    static long word(int slot) {
        return SLOTS + (long) slot * SLOT_BYTES;
    }

    static long number(int slot) {
        return word(slot) + NUMBER;
    }

    static long wants(int slot) {
        return word(slot) + WANTS;
    }

    static long since(int slot) {
        return word(slot) + SINCE;
    }

    /** Bytes behind the region's header for a lock with {@code attachments} slots. */
    static long bodyBytes(int attachments) {
        return word(attachments) - RegionHeaderLayout.BODY;
    }
}
