package io.sluice.stress.explore;

import io.sluice.api.memory.RegionMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import net.openhft.chronicle.bytes.PointerBytesStore;

/**
 * Reduces {@link RegionMemory} to a handful of operations on places of 1, 2, 4 and 8 bytes. Copies are made eight bytes
 * at a time, each an access of its own, so that they can be seen half done.
 */
abstract class ModelMemory extends RegionMemory {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final PointerBytesStore outside = new PointerBytesStore();

    abstract int bytes();

    abstract long load(int place, int size, boolean acquire);

    abstract void store(int place, int size, long value, boolean release);

    abstract boolean cas(int place, int size, long expected, long value);

    abstract long add(int place, long delta);

    private int word(long offset, int size) {
        if (offset % size != 0) {
            throw new IllegalArgumentException(name() + ": offset " + offset + " is not a multiple of " + size);
        }
        return place(offset, size);
    }

    private int place(long offset, long length) {
        if (offset < 0 || length < 0 || offset > bytes() - length) {
            throw new IndexOutOfBoundsException(
                    name() + ": " + length + " bytes at offset " + offset + " are outside of its " + bytes());
        }
        return (int) offset;
    }

    /** Stands still, so that every execution of a schedule is the same. */
    @Override
    public final long coarseMillis() {
        return 1;
    }

    @Override
    public long size() {
        return bytes();
    }

    @Override
    public int getInt(long offset) {
        return (int) load(word(offset, Integer.BYTES), Integer.BYTES, false);
    }

    @Override
    public int getIntAcquire(long offset) {
        return (int) load(word(offset, Integer.BYTES), Integer.BYTES, true);
    }

    @Override
    public void setInt(long offset, int value) {
        store(word(offset, Integer.BYTES), Integer.BYTES, value, false);
    }

    @Override
    public void setIntRelease(long offset, int value) {
        store(word(offset, Integer.BYTES), Integer.BYTES, value, true);
    }

    @Override
    public boolean compareAndSetInt(long offset, int expected, int value) {
        return cas(word(offset, Integer.BYTES), Integer.BYTES, expected, value);
    }

    @Override
    public long getLong(long offset) {
        return load(word(offset, Long.BYTES), Long.BYTES, false);
    }

    @Override
    public long getLongAcquire(long offset) {
        return load(word(offset, Long.BYTES), Long.BYTES, true);
    }

    @Override
    public void setLong(long offset, long value) {
        store(word(offset, Long.BYTES), Long.BYTES, value, false);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        store(word(offset, Long.BYTES), Long.BYTES, value, true);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long value) {
        return cas(word(offset, Long.BYTES), Long.BYTES, expected, value);
    }

    @Override
    public long getAndAddLong(long offset, long delta) {
        return add(word(offset, Long.BYTES), delta);
    }

    @Override
    public byte readByte(long offset) {
        return (byte) load(place(offset, Byte.BYTES), Byte.BYTES, false);
    }

    @Override
    public void writeByte(long offset, byte value) {
        store(place(offset, Byte.BYTES), Byte.BYTES, value, false);
    }

    @Override
    public short readShort(long offset) {
        return (short) load(place(offset, Short.BYTES), Short.BYTES, false);
    }

    @Override
    public void writeShort(long offset, short value) {
        store(place(offset, Short.BYTES), Short.BYTES, value, false);
    }

    @Override
    public int readInt(long offset) {
        return (int) load(place(offset, Integer.BYTES), Integer.BYTES, false);
    }

    @Override
    public void writeInt(long offset, int value) {
        store(place(offset, Integer.BYTES), Integer.BYTES, value, false);
    }

    @Override
    public long readLong(long offset) {
        return load(place(offset, Long.BYTES), Long.BYTES, false);
    }

    @Override
    public void writeLong(long offset, long value) {
        store(place(offset, Long.BYTES), Long.BYTES, value, false);
    }

    @Override
    public void copyIn(long offset, byte[] source, int from, int length) {
        int place = place(offset, length);
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            store(place + done, Long.BYTES, (long) LONGS.get(source, from + done), false);
        }
        for (; done < length; done++) {
            store(place + done, Byte.BYTES, source[from + done], false);
        }
    }

    @Override
    public void copyOut(long offset, byte[] target, int to, int length) {
        int place = place(offset, length);
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            LONGS.set(target, to + done, load(place + done, Long.BYTES, false));
        }
        for (; done < length; done++) {
            target[to + done] = (byte) load(place + done, Byte.BYTES, false);
        }
    }

    @Override
    public void copyInFromAddress(long offset, long address, long length) {
        throw unsupported();
    }

    @Override
    public void copyOutToAddress(long offset, long address, long length) {
        int place = place(offset, length);
        outside.set(address, length);
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            outside.writeLong(done, load(place + done, Long.BYTES, false));
        }
        for (; done < length; done++) {
            outside.writeByte(done, (byte) load(place + done, Byte.BYTES, false));
        }
    }

    @Override
    public void point(PointerBytesStore store, long offset, long length) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("a modelled memory has no address");
    }

    @Override
    public void zero(long offset, long length) {
        copyIn(offset, new byte[Math.toIntExact(length)], 0, (int) length);
    }

    @Override
    public void detach() {
        throw new UnsupportedOperationException("a modelled memory cannot be detached");
    }

    @Override
    public boolean isDetached() {
        return false;
    }
}
