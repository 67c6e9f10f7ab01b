package io.sluice.ringbuffer.role;

import io.sluice.api.memory.RegionMemory;

/** A producer or consumer handle, as the ring that gave it out sees it. */
public interface RoleHandle extends AutoCloseable {

    /** Whether the handle has given its role up. Any thread. */
    boolean isReleased();

    /**
     * Gives the role up through another mapping, after the handle's memory was detached. Called once, by whatever
     * thread closes the ring.
     */
    void abandon(RegionMemory control);

    @Override
    void close();
}
