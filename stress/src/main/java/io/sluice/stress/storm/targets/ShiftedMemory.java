package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;

/** Memory from a later place on: for one of several small structures in a region. Words only, which is all they use. */
final class ShiftedMemory extends ForwardingMemory {

    private final long shift;

    ShiftedMemory(RegionMemory memory, long shift) {
        super(memory);
        this.shift = shift;
    }

    @Override
    public int getInt(long offset) {
        return target().getInt(offset + shift);
    }

    @Override
    public int getIntAcquire(long offset) {
        return target().getIntAcquire(offset + shift);
    }

    @Override
    public boolean compareAndSetInt(long offset, int expected, int value) {
        return target().compareAndSetInt(offset + shift, expected, value);
    }

    @Override
    public long getLong(long offset) {
        return target().getLong(offset + shift);
    }

    @Override
    public long getLongAcquire(long offset) {
        return target().getLongAcquire(offset + shift);
    }

    @Override
    public void setLong(long offset, long value) {
        target().setLong(offset + shift, value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        target().setLongRelease(offset + shift, value);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long value) {
        return target().compareAndSetLong(offset + shift, expected, value);
    }

    @Override
    public void futexWait(long offset, int expected, long timeoutNanos) {
        target().futexWait(offset + shift, expected, timeoutNanos);
    }

    @Override
    public int futexWake(long offset, int count) {
        return target().futexWake(offset + shift, count);
    }
}
