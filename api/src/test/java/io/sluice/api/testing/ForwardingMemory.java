package io.sluice.api.testing;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.RegionMemory;
import java.util.Objects;
import java.util.function.LongConsumer;
import net.openhft.chronicle.bytes.PointerBytesStore;

/** Hands every call on to another memory; decorators override what they change. */
public abstract class ForwardingMemory extends RegionMemory {

    private final RegionMemory target;

    /** Forwards to {@code target}. */
    protected ForwardingMemory(RegionMemory target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    /** The decorated memory. */
    public final RegionMemory target() {
        return target;
    }

    @Override
    public long size() {
        return target.size();
    }

    @Override
    public int getInt(long offset) {
        return target.getInt(offset);
    }

    @Override
    public int getIntAcquire(long offset) {
        return target.getIntAcquire(offset);
    }

    @Override
    public void setInt(long offset, int value) {
        target.setInt(offset, value);
    }

    @Override
    public void setIntRelease(long offset, int value) {
        target.setIntRelease(offset, value);
    }

    @Override
    public boolean compareAndSetInt(long offset, int expected, int value) {
        return target.compareAndSetInt(offset, expected, value);
    }

    @Override
    public long getLong(long offset) {
        return target.getLong(offset);
    }

    @Override
    public long getLongAcquire(long offset) {
        return target.getLongAcquire(offset);
    }

    @Override
    public void setLong(long offset, long value) {
        target.setLong(offset, value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        target.setLongRelease(offset, value);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long value) {
        return target.compareAndSetLong(offset, expected, value);
    }

    @Override
    public long getAndAddLong(long offset, long delta) {
        return target.getAndAddLong(offset, delta);
    }

    @Override
    public byte readByte(long offset) {
        return target.readByte(offset);
    }

    @Override
    public void writeByte(long offset, byte value) {
        target.writeByte(offset, value);
    }

    @Override
    public short readShort(long offset) {
        return target.readShort(offset);
    }

    @Override
    public void writeShort(long offset, short value) {
        target.writeShort(offset, value);
    }

    @Override
    public int readInt(long offset) {
        return target.readInt(offset);
    }

    @Override
    public void writeInt(long offset, int value) {
        target.writeInt(offset, value);
    }

    @Override
    public long readLong(long offset) {
        return target.readLong(offset);
    }

    @Override
    public void writeLong(long offset, long value) {
        target.writeLong(offset, value);
    }

    @Override
    public void copyIn(long offset, byte[] source, int from, int length) {
        target.copyIn(offset, source, from, length);
    }

    @Override
    public void copyOut(long offset, byte[] target, int to, int length) {
        this.target.copyOut(offset, target, to, length);
    }

    @Override
    public void copyInFromAddress(long offset, long address, long length) {
        target.copyInFromAddress(offset, address, length);
    }

    @Override
    public void copyOutToAddress(long offset, long address, long length) {
        target.copyOutToAddress(offset, address, length);
    }

    @Override
    public void zero(long offset, long length) {
        target.zero(offset, length);
    }

    @Override
    public void point(PointerBytesStore store, long offset, long length) {
        target.point(store, offset, length);
    }

    @Override
    public void fullFence() {
        target.fullFence();
    }

    @Override
    public void fenceLight() {
        target.fenceLight();
    }

    @Override
    public void fenceHeavy() {
        target.fenceHeavy();
    }

    @Override
    public void futexWait(long offset, int expected, long timeoutNanos) {
        target.futexWait(offset, expected, timeoutNanos);
    }

    @Override
    public int futexWake(long offset, int count) {
        return target.futexWake(offset, count);
    }

    @Override
    public void spinHint() {
        target.spinHint();
    }

    @Override
    public void yieldHint() {
        target.yieldHint();
    }

    @Override
    public void parkNanos(long nanos) {
        target.parkNanos(nanos);
    }

    @Override
    public long coarseMillis() {
        return target.coarseMillis();
    }

    @Override
    public long nanoTime() {
        return target.nanoTime();
    }

    @Override
    public long selfToken() {
        return target.selfToken();
    }

    @Override
    public boolean isAlive(long token) {
        return target.isAlive(token);
    }

    @Override
    public DeathNotice onDeath(long token, Runnable hint) {
        return target.onDeath(token, hint);
    }

    @Override
    public boolean forEachUser(LongConsumer token) {
        return target.forEachUser(token);
    }

    @Override
    public void detach() {
        target.detach();
    }

    @Override
    public boolean isDetached() {
        return target.isDetached();
    }

    @Override
    public boolean isStored(long offset, long value) {
        return target.isStored(offset, value);
    }

    @Override
    public String name() {
        return target.name();
    }
}
