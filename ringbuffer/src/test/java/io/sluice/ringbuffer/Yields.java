package io.sluice.ringbuffer;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;

/** Counts how often its process offers the processor to others. */
final class Yields extends ForwardingMemory {

    private int count;

    /** The memory of {@code target}'s process. */
    Yields(RegionMemory target) {
        super(target);
    }

    int count() {
        return count;
    }

    @Override
    public void yieldHint() {
        count++;
        super.yieldHint();
    }
}
