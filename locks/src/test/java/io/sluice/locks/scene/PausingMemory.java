package io.sluice.locks.scene;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;

/** Memory of a process that is paused in front of one of its words' accesses while something else happens. */
public final class PausingMemory extends ForwardingMemory {

    private final long access;
    private final Runnable meanwhile;
    private boolean armed;
    private long accesses;

    /** Pauses in front of the {@code access}-th access after {@link #arm()} and runs {@code meanwhile}. */
    public PausingMemory(RegionMemory target, long access, Runnable meanwhile) {
        super(target);
        this.access = access;
        this.meanwhile = meanwhile;
    }

    /** Begins to count. */
    public void arm() {
        armed = true;
    }

    /** Ends counting. */
    public void disarm() {
        armed = false;
    }

    /** Whether it has come to its pause. */
    public boolean hasPaused() {
        return accesses >= access;
    }

    private void step() {
        if (armed && ++accesses == access) {
            meanwhile.run();
        }
    }

    @Override
    public long getLong(long offset) {
        step();
        return super.getLong(offset);
    }

    @Override
    public long getLongAcquire(long offset) {
        step();
        return super.getLongAcquire(offset);
    }

    @Override
    public void setLong(long offset, long value) {
        step();
        super.setLong(offset, value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        step();
        super.setLongRelease(offset, value);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long value) {
        step();
        return super.compareAndSetLong(offset, expected, value);
    }

    @Override
    public long getAndAddLong(long offset, long delta) {
        step();
        return super.getAndAddLong(offset, delta);
    }
}
