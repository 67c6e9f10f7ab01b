package io.sluice.ringbuffer;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;
import java.util.HashMap;
import java.util.Map;

/** Memory of a process in front of whose loads something happens that others do, and whose clock goes on when told. */
public final class Moments extends ForwardingMemory {

    private final Map<Long, Runnable> next = new HashMap<>();
    private long ahead;

    /** The memory of the process that {@code target} is. */
    public Moments(RegionMemory target) {
        super(target);
    }

    /** Once, in front of the next acquiring load of a long from {@code offset}. */
    public void before(long offset, Runnable action) {
        next.put(offset, action);
    }

    /** Lets so much time go by. */
    public void pass(long nanos) {
        ahead += nanos;
    }

    @Override
    public long getLongAcquire(long offset) {
        Runnable action = next.remove(offset);
        if (action != null) {
            action.run();
        }
        return super.getLongAcquire(offset);
    }

    @Override
    public long nanoTime() {
        return super.nanoTime() + ahead;
    }
}
