package io.sluice.api.testing;

import io.sluice.api.memory.RegionMemory;
import java.util.function.LongConsumer;

/** Memory that knows who has it open, as that of a region does: all processes that a {@link TestLiveness} judges alive. */
public final class AttachedMemory extends ForwardingMemory {

    private final TestLiveness liveness;

    /** The memory of the process that {@code target} is. */
    public AttachedMemory(RegionMemory target, TestLiveness liveness) {
        super(target);
        this.liveness = liveness;
    }

    @Override
    public boolean forEachUser(LongConsumer token) {
        liveness.forEachAlive(token);
        return true;
    }
}
