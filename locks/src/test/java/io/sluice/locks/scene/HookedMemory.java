package io.sluice.locks.scene;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;
import java.util.function.LongConsumer;

/** Memory of a process whose threads a test can hold up around its read-modify-writes, and before it looks for
 * sleepers. */
public class HookedMemory extends ForwardingMemory {

    /** Every access goes on to {@code target}. */
    public HookedMemory(RegionMemory target) {
        super(target);
    }

    /** Called before a thread changes the long at {@code offset}. */
    protected void before(long offset) {}

    /** Called after a thread has changed the long at {@code offset}. */
    protected void after(long offset) {}

    /** Called when a thread is about to look for sleepers, or has left a gate. */
    protected void beforeLookForSleepers() {}

    /** Called when a thread is about to sleep without being woken. */
    protected void beforeParking() {}

    /** Not known, so that no attachment looks for sleepers when it comes. */
    @Override
    public final boolean forEachUser(LongConsumer token) {
        return false;
    }

    @Override
    public final boolean compareAndSetLong(long offset, long expected, long value) {
        before(offset);
        boolean done = super.compareAndSetLong(offset, expected, value);
        after(offset);
        return done;
    }

    @Override
    public final long getAndAddLong(long offset, long delta) {
        before(offset);
        long found = super.getAndAddLong(offset, delta);
        after(offset);
        return found;
    }

    @Override
    public final int getInt(long offset) {
        beforeLookForSleepers();
        return super.getInt(offset);
    }

    @Override
    public final void parkNanos(long nanos) {
        beforeParking();
        super.parkNanos(nanos);
    }
}
