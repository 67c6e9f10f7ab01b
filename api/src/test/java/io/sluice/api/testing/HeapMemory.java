package io.sluice.api.testing;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;

/**
 * A region that only this JVM has: no file, no header, all zero at first. Several "processes" share its bytes, each
 * through an instance of its own with its own token ({@link #newProcess()}); a {@link TestLiveness} judges over them.
 * Words are really atomic and futexes really sleep, so tests may use threads.
 */
public final class HeapMemory extends RegionMemory {

    private final String name;
    private final BytesStore<?, ?> store;
    private final WaitTable waits;
    private final TestLiveness liveness;
    private final long token;
    private volatile boolean detached;

    private HeapMemory(String name, BytesStore<?, ?> store, WaitTable waits, TestLiveness liveness) {
        this.name = name;
        this.store = store;
        this.waits = waits;
        this.liveness = liveness;
        this.token = liveness.start();
    }

    /** New memory of {@code size} zero bytes, seen by a new process. */
    public static HeapMemory allocate(String name, long size, TestLiveness liveness) {
        return new HeapMemory(name, BytesStore.nativeStoreWithFixedCapacity(size), new WaitTable(), liveness);
    }

    /** The same bytes as another, new process sees them. */
    public HeapMemory newProcess() {
        return new HeapMemory(name, store, waits, liveness);
    }

    /** How many threads sleep on the word at {@code offset} now. */
    public int sleepers(long offset) {
        return waits.sleepers(offset);
    }

    @Override
    public long size() {
        return store.realCapacity();
    }

    @Override
    public String name() {
        return name;
    }

    private void check(long offset, long length, int alignment) {
        if (detached) {
            throw new DetachedException(name);
        }
        Objects.checkFromIndexSize(offset, length, size());
        if (offset % alignment != 0) {
            throw new IllegalArgumentException(name + ": offset " + offset + " is not a multiple of " + alignment);
        }
    }

    private void checkInt(long offset) {
        check(offset, Integer.BYTES, Integer.BYTES);
    }

    private void checkLong(long offset) {
        check(offset, Long.BYTES, Long.BYTES);
    }

    // ---- words ----------------------------------------------------------------------------------------------------

    @Override
    public int getInt(long offset) {
        checkInt(offset);
        return store.readInt(offset);
    }

    @Override
    public int getIntAcquire(long offset) {
        checkInt(offset);
        return store.readVolatileInt(offset);
    }

    @Override
    public void setInt(long offset, int value) {
        checkInt(offset);
        store.writeInt(offset, value);
    }

    @Override
    public void setIntRelease(long offset, int value) {
        checkInt(offset);
        store.writeOrderedInt(offset, value);
    }

    @Override
    public boolean compareAndSetInt(long offset, int expected, int value) {
        checkInt(offset);
        return store.compareAndSwapInt(offset, expected, value);
    }

    @Override
    public long getLong(long offset) {
        checkLong(offset);
        return store.readLong(offset);
    }

    @Override
    public long getLongAcquire(long offset) {
        checkLong(offset);
        return store.readVolatileLong(offset);
    }

    @Override
    public void setLong(long offset, long value) {
        checkLong(offset);
        store.writeLong(offset, value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        checkLong(offset);
        store.writeOrderedLong(offset, value);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long value) {
        checkLong(offset);
        return store.compareAndSwapLong(offset, expected, value);
    }

    @Override
    public long getAndAddLong(long offset, long delta) {
        checkLong(offset);
        return store.addAndGetLong(offset, delta) - delta;
    }

    // ---- payload --------------------------------------------------------------------------------------------------

    @Override
    public byte readByte(long offset) {
        check(offset, Byte.BYTES, 1);
        return store.readByte(offset);
    }

    @Override
    public void writeByte(long offset, byte value) {
        check(offset, Byte.BYTES, 1);
        store.writeByte(offset, value);
    }

    @Override
    public short readShort(long offset) {
        check(offset, Short.BYTES, 1);
        return store.readShort(offset);
    }

    @Override
    public void writeShort(long offset, short value) {
        check(offset, Short.BYTES, 1);
        store.writeShort(offset, value);
    }

    @Override
    public int readInt(long offset) {
        check(offset, Integer.BYTES, 1);
        return store.readInt(offset);
    }

    @Override
    public void writeInt(long offset, int value) {
        check(offset, Integer.BYTES, 1);
        store.writeInt(offset, value);
    }

    @Override
    public long readLong(long offset) {
        check(offset, Long.BYTES, 1);
        return store.readLong(offset);
    }

    @Override
    public void writeLong(long offset, long value) {
        check(offset, Long.BYTES, 1);
        store.writeLong(offset, value);
    }

    @Override
    public void copyIn(long offset, byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        check(offset, length, 1);
        store.write(offset, source, from, length);
    }

    @Override
    public void copyOut(long offset, byte[] target, int to, int length) {
        Objects.checkFromIndexSize(to, length, target.length);
        check(offset, length, 1);
        for (int i = 0; i < length; i++) {
            target[to + i] = store.readByte(offset + i);
        }
    }

    @Override
    public void copyInFromAddress(long offset, long address, long length) {
        check(offset, length, 1);
        store.nativeWrite(address, offset, length);
    }

    @Override
    public void copyOutToAddress(long offset, long address, long length) {
        check(offset, length, 1);
        store.nativeRead(offset, address, length);
    }

    @Override
    public void zero(long offset, long length) {
        check(offset, length, 1);
        for (long i = 0; i < length; i++) {
            store.writeByte(offset + i, (byte) 0);
        }
    }

    @Override
    public void point(PointerBytesStore target, long offset, long length) {
        check(offset, length, 1);
        target.set(store.addressForRead(0) + offset, length);
    }

    // ---- fences, waiting ------------------------------------------------------------------------------------------

    @Override
    public void fullFence() {
        VarHandle.fullFence();
    }

    @Override
    public void fenceLight() {
        VarHandle.fullFence();
    }

    @Override
    public void fenceHeavy() {
        VarHandle.fullFence();
    }

    @Override
    public void futexWait(long offset, int expected, long timeoutNanos) {
        checkInt(offset);
        waits.await(offset, () -> store.readVolatileInt(offset), expected, timeoutNanos);
    }

    @Override
    public int futexWake(long offset, int count) {
        checkInt(offset);
        return waits.wake(offset, count);
    }

    @Override
    public void spinHint() {
        Thread.onSpinWait();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a hint by contract: nobody relies on it
    public void yieldHint() {
        Thread.yield();
    }

    @Override
    public void parkNanos(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    // ---- identity, life -------------------------------------------------------------------------------------------

    @Override
    public long selfToken() {
        return token;
    }

    @Override
    public boolean isAlive(long other) {
        return liveness.isAlive(other);
    }

    @Override
    public DeathNotice onDeath(long other, Runnable hint) {
        return liveness.onDeath(other, hint);
    }

    @Override
    public void detach() {
        detached = true;
    }

    @Override
    public boolean isDetached() {
        return detached;
    }
}
