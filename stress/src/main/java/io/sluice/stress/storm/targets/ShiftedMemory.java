package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;

/**
 * Memory of which one part is further behind: for one of several small structures that share the rest of it. Words
 * only, which is all they use.
 */
final class ShiftedMemory extends ForwardingMemory {

    private final long from;
    private final long shift;

    /** What is at {@code from} or behind it is {@code shift} bytes further behind. */
    ShiftedMemory(RegionMemory memory, long from, long shift) {
        super(memory);
        this.from = from;
        this.shift = shift;
    }

    private long at(long offset) {
        return offset < from ? offset : offset + shift;
    }

    @Override
    public int getInt(long offset) {
        return target().getInt(at(offset));
    }

    @Override
    public int getIntAcquire(long offset) {
        return target().getIntAcquire(at(offset));
    }

    @Override
    public boolean compareAndSetInt(long offset, int expected, int value) {
        return target().compareAndSetInt(at(offset), expected, value);
    }

    @Override
    public long getLong(long offset) {
        return target().getLong(at(offset));
    }

    @Override
    public long getLongAcquire(long offset) {
        return target().getLongAcquire(at(offset));
    }

    @Override
    public void setLong(long offset, long value) {
        target().setLong(at(offset), value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        target().setLongRelease(at(offset), value);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long value) {
        return target().compareAndSetLong(at(offset), expected, value);
    }

    @Override
    public long getAndAddLong(long offset, long delta) {
        return target().getAndAddLong(at(offset), delta);
    }

    @Override
    public void futexWait(long offset, int expected, long timeoutNanos) {
        target().futexWait(at(offset), expected, timeoutNanos);
    }

    @Override
    public int futexWake(long offset, int count) {
        return target().futexWake(at(offset), count);
    }
}
