package io.sluice.api.memory;

/**
 * The bounds of a {@link MappedRegionMemory}: each access is checked with one comparison, which the compiler folds away
 * where the offset is a constant, and copies with two. A detached memory has bounds of zero, a read-only one has write
 * bounds of zero.
 */
abstract class BoundedMemory extends RegionMemory {

    /** What {@link #index} gives for offset 0: adding it makes a signed comparison an unsigned one. */
    private static final long FIRST = Long.MIN_VALUE;

    // How many bytes, how many payload longs one after the other from byte to byte, and how many aligned words may be
    // accessed; none once detached. All but the first as index() counts them.
    // Plain on purpose: a racing reader that misses the change is caught by the replaced pages.
    private long readLimit;
    private long payloadReadLimit = FIRST;
    private long longReadLimit = FIRST;
    private long intReadLimit = FIRST;
    private long writeLimit;
    private long payloadWriteLimit = FIRST;
    private long longWriteLimit = FIRST;
    private long intWriteLimit = FIRST;

    /** From now on that many bytes may be read and written. */
    final void setLimits(long readable, long writable) {
        readLimit = readable;
        payloadReadLimit = payloadLimit(readable);
        longReadLimit = FIRST + readable / Long.BYTES;
        intReadLimit = FIRST + readable / Integer.BYTES;
        writeLimit = writable;
        payloadWriteLimit = payloadLimit(writable);
        longWriteLimit = FIRST + writable / Long.BYTES;
        intWriteLimit = FIRST + writable / Integer.BYTES;
    }

    private static long payloadLimit(long bytes) {
        return FIRST + Math.max(bytes - Long.BYTES + 1, 0);
    }

    /** Whether nothing may be read, as that is once detached. */
    final boolean hasNoBytes() {
        return readLimit == 0;
    }

    /**
     * The number of the aligned word at {@code offset}, counted from {@link #FIRST}: so one comparison finds offsets
     * that are negative, misaligned or too large. The rotation turns the first two into huge numbers, the sum makes the
     * comparison an unsigned one.
     */
    private static long index(long offset, int shift) {
        return Long.rotateRight(offset, shift) + FIRST;
    }

    final void checkIntRead(long offset) {
        if (index(offset, 2) >= intReadLimit) {
            refuse(offset, Integer.BYTES, Integer.BYTES, false);
        }
    }

    final void checkIntWrite(long offset) {
        if (index(offset, 2) >= intWriteLimit) {
            refuse(offset, Integer.BYTES, Integer.BYTES, true);
        }
    }

    final void checkLongRead(long offset) {
        if (index(offset, 3) >= longReadLimit) {
            refuse(offset, Long.BYTES, Long.BYTES, false);
        }
    }

    final void checkLongWrite(long offset) {
        if (index(offset, 3) >= longWriteLimit) {
            refuse(offset, Long.BYTES, Long.BYTES, true);
        }
    }

    /** As {@link #checkRead} of eight bytes: messages are mostly read in these. */
    final void checkPayloadRead(long offset) {
        if (index(offset, 0) >= payloadReadLimit) {
            refuse(offset, Long.BYTES, 1, false);
        }
    }

    /** As {@link #checkWrite} of eight bytes. */
    final void checkPayloadWrite(long offset) {
        if (index(offset, 0) >= payloadWriteLimit) {
            refuse(offset, Long.BYTES, 1, true);
        }
    }

    final void checkRead(long offset, long length) {
        if ((offset | length) < 0 || offset > readLimit - length) {
            refuse(offset, length, 1, false);
        }
    }

    final void checkWrite(long offset, long length) {
        if ((offset | length) < 0 || offset > writeLimit - length) {
            refuse(offset, length, 1, true);
        }
    }

    /**
     * Says why an access is out of bounds.
     *
     * @param alignment what {@code offset} must be a multiple of
     */
    abstract void refuse(long offset, long length, int alignment, boolean write);
}
