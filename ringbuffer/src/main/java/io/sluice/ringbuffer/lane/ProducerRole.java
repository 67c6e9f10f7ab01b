package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.role.RoleHandle;
import io.sluice.ringbuffer.role.RoleLease;

/**
 * The end of a producer's role: given up once, by its handle or by whoever closes the ring. Confined to the handle's
 * thread, but for {@link #isReleased} and {@link #abandon}.
 */
final class ProducerRole {

    private final RoleLease lease;
    private final WakeWord data;
    private volatile boolean released; // also read by whoever closes the ring

    /** The role that {@code lease}, already taken, gives the right to; readers sleep at {@code data}. */
    ProducerRole(RoleLease lease, WakeWord data) {
        this.lease = lease;
        this.data = data;
    }

    /** See {@link RoleLease#leave}. */
    void leave() {
        // One step for who closes the ring, see abandon().
        synchronized (this) {
            lease.leave();
            released = true;
        }
        tellOfLeaving();
    }

    /** See {@link RoleLease#close}. */
    void close() {
        synchronized (this) {
            lease.close();
            released = true;
        }
        tellOfLeaving();
    }

    /** Whoever closed the ring before us may have waited for us to be gone. */
    private void tellOfLeaving() {
        try {
            data.wake();
        } catch (DetachedException e) {
            // Another thread closes the ring, and wakes everybody. We have left.
        }
    }

    /**
     * See {@link RoleHandle#abandon}. Comes before or behind a leave or close that is under way: the role that it has given
     * up may be another handle's of this process by now, whose word is the same as ours was.
     */
    synchronized void abandon(RegionMemory control) {
        if (!released) {
            released = true;
            lease.leaveThrough(control);
        }
    }

    /** See {@link RoleHandle#isReleased}. */
    boolean isReleased() {
        return released;
    }
}
