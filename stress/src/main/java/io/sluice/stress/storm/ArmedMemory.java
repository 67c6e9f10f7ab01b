package io.sluice.stress.storm;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;

/** Production memory in which a process can be stopped, and then killed, in front of a chosen access. */
final class ArmedMemory extends ForwardingMemory {

    private final Arming arming;

    ArmedMemory(RegionMemory memory, Arming arming) {
        super(memory);
        this.arming = arming;
    }

    @Override
    public int getIntAcquire(long offset) {
        arming.access();
        return target().getIntAcquire(offset);
    }

    @Override
    public void setInt(long offset, int value) {
        arming.access();
        target().setInt(offset, value);
    }

    @Override
    public boolean compareAndSetInt(long offset, int expected, int value) {
        arming.access();
        return target().compareAndSetInt(offset, expected, value);
    }

    // The plain loads that headers and handlers make, so that some die while they handle a message.
    @Override
    public long getLong(long offset) {
        arming.access();
        return target().getLong(offset);
    }

    @Override
    public long readLong(long offset) {
        arming.access();
        return target().readLong(offset);
    }

    @Override
    public long getLongAcquire(long offset) {
        arming.access();
        return target().getLongAcquire(offset);
    }

    @Override
    public void setLong(long offset, long value) {
        arming.access();
        target().setLong(offset, value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        arming.access();
        target().setLongRelease(offset, value);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long value) {
        arming.access();
        return target().compareAndSetLong(offset, expected, value);
    }

    @Override
    public long getAndAddLong(long offset, long delta) {
        arming.access();
        return target().getAndAddLong(offset, delta);
    }

    @Override
    public void writeLong(long offset, long value) {
        arming.access();
        target().writeLong(offset, value);
    }

    @Override
    public void copyIn(long offset, byte[] source, int from, int length) {
        arming.access();
        int half = length / 2;
        target().copyIn(offset, source, from, half);
        arming.access();
        target().copyIn(offset + half, source, from + half, length - half);
    }

    @Override
    public int futexWake(long offset, int count) {
        arming.access();
        return target().futexWake(offset, count);
    }

    @Override
    public DeathNotice onDeath(long token, Runnable hint) {
        return target().onDeath(token, hint);
    }
}
