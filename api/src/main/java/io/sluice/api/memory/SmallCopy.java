package io.sluice.api.memory;

import net.openhft.chronicle.core.UnsafeMemory;

/**
 * Copies of fewer than {@link #LIMIT} bytes without a call and without a loop: one step per bit of the length. A copy
 * loop of a length that the JIT compiler does not know costs more than the few words that it moves. Each method stays
 * far below the size that the JIT compiler inlines at most ({@code FreqInlineSize}, 325 bytes of code).
 */
final class SmallCopy {

    /** Lengths from here on are left to the platform's bulk copy. */
    static final int LIMIT = 64;

    private static final UnsafeMemory MEMORY = UnsafeMemory.MEMORY;
    private static final long ARRAY_BASE = MEMORY.arrayBaseOffset(byte[].class);

    private SmallCopy() {}

    /** From native memory to native memory. */
    static void copy(long source, long target, int length) {
        long from = source;
        long to = target;
        if ((length & 32) != 0) {
            MEMORY.writeLong(to, MEMORY.readLong(from));
            MEMORY.writeLong(to + 8, MEMORY.readLong(from + 8));
            MEMORY.writeLong(to + 16, MEMORY.readLong(from + 16));
            MEMORY.writeLong(to + 24, MEMORY.readLong(from + 24));
            from += 32;
            to += 32;
        }
        if ((length & 31) != 0) {
            copyRest(from, to, length);
        }
    }

    private static void copyRest(long source, long target, int length) {
        long from = source;
        long to = target;
        if ((length & 16) != 0) {
            MEMORY.writeLong(to, MEMORY.readLong(from));
            MEMORY.writeLong(to + 8, MEMORY.readLong(from + 8));
            from += 16;
            to += 16;
        }
        if ((length & 8) != 0) {
            MEMORY.writeLong(to, MEMORY.readLong(from));
            from += 8;
            to += 8;
        }
        if ((length & 7) != 0) {
            copyLast(from, to, length);
        }
    }

    private static void copyLast(long source, long target, int length) {
        long from = source;
        long to = target;
        if ((length & 4) != 0) {
            MEMORY.writeInt(to, MEMORY.readInt(from));
            from += 4;
            to += 4;
        }
        if ((length & 2) != 0) {
            MEMORY.writeShort(to, MEMORY.readShort(from));
            from += 2;
            to += 2;
        }
        if ((length & 1) != 0) {
            MEMORY.writeByte(to, MEMORY.readByte(from));
        }
    }

    /** From an array to native memory; the caller has checked the array's bounds. */
    static void copy(byte[] source, int index, long target, int length) {
        long from = ARRAY_BASE + index;
        long to = target;
        if ((length & 32) != 0) {
            MEMORY.writeLong(to, MEMORY.readLong(source, from));
            MEMORY.writeLong(to + 8, MEMORY.readLong(source, from + 8));
            MEMORY.writeLong(to + 16, MEMORY.readLong(source, from + 16));
            MEMORY.writeLong(to + 24, MEMORY.readLong(source, from + 24));
            from += 32;
            to += 32;
        }
        if ((length & 31) != 0) {
            copyRest(source, from, to, length);
        }
    }

    private static void copyRest(byte[] source, long index, long target, int length) {
        long from = index;
        long to = target;
        if ((length & 16) != 0) {
            MEMORY.writeLong(to, MEMORY.readLong(source, from));
            MEMORY.writeLong(to + 8, MEMORY.readLong(source, from + 8));
            from += 16;
            to += 16;
        }
        if ((length & 8) != 0) {
            MEMORY.writeLong(to, MEMORY.readLong(source, from));
            from += 8;
            to += 8;
        }
        if ((length & 7) != 0) {
            copyLast(source, from, to, length);
        }
    }

    private static void copyLast(byte[] source, long index, long target, int length) {
        long from = index;
        long to = target;
        if ((length & 4) != 0) {
            MEMORY.writeInt(to, MEMORY.readInt(source, from));
            from += 4;
            to += 4;
        }
        if ((length & 2) != 0) {
            MEMORY.writeShort(to, MEMORY.readShort(source, from));
            from += 2;
            to += 2;
        }
        if ((length & 1) != 0) {
            MEMORY.writeByte(to, MEMORY.readByte(source, from));
        }
    }

    /** From native memory to an array; the caller has checked the array's bounds. */
    static void copy(long source, byte[] target, int index, int length) {
        long from = source;
        long to = ARRAY_BASE + index;
        if ((length & 32) != 0) {
            MEMORY.writeLong(target, to, MEMORY.readLong(from));
            MEMORY.writeLong(target, to + 8, MEMORY.readLong(from + 8));
            MEMORY.writeLong(target, to + 16, MEMORY.readLong(from + 16));
            MEMORY.writeLong(target, to + 24, MEMORY.readLong(from + 24));
            from += 32;
            to += 32;
        }
        if ((length & 31) != 0) {
            copyRest(from, target, to, length);
        }
    }

    private static void copyRest(long source, byte[] target, long index, int length) {
        long from = source;
        long to = index;
        if ((length & 16) != 0) {
            MEMORY.writeLong(target, to, MEMORY.readLong(from));
            MEMORY.writeLong(target, to + 8, MEMORY.readLong(from + 8));
            from += 16;
            to += 16;
        }
        if ((length & 8) != 0) {
            MEMORY.writeLong(target, to, MEMORY.readLong(from));
            from += 8;
            to += 8;
        }
        if ((length & 7) != 0) {
            copyLast(from, target, to, length);
        }
    }

    private static void copyLast(long source, byte[] target, long index, int length) {
        long from = source;
        long to = index;
        if ((length & 4) != 0) {
            MEMORY.writeInt(target, to, MEMORY.readInt(from));
            from += 4;
            to += 4;
        }
        if ((length & 2) != 0) {
            MEMORY.writeShort(target, to, MEMORY.readShort(from));
            from += 2;
            to += 2;
        }
        if ((length & 1) != 0) {
            MEMORY.writeByte(target, to, MEMORY.readByte(from));
        }
    }
}
