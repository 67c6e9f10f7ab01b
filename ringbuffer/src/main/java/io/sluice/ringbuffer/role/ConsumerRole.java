package io.sluice.ringbuffer.role;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;

/**
 * The life of a consumer handle: it holds a lease from its creation until it is closed, and while it is inside of a
 * handler until that has returned. Confined to the handle's thread, but for {@link #isReleased} and {@link #abandon}.
 */
public final class ConsumerRole {

    private final RegionMemory memory;
    private final RoleLease lease;
    private final Runnable leaving;
    private final Runnable left;
    private boolean busy; // inside a handler
    private boolean closed;
    private volatile boolean released; // also read by whoever closes the ring

    /** The role that {@code lease}, already taken, gives the right to. */
    public ConsumerRole(RegionMemory memory, RoleLease lease) {
        this(memory, lease, () -> {}, () -> {});
    }

    /** As the other, with something to be done before the lease is left, and something behind that. */
    public ConsumerRole(RegionMemory memory, RoleLease lease, Runnable leaving, Runnable left) {
        this.memory = memory;
        this.lease = lease;
        this.leaving = leaving;
        this.left = left;
    }

    /** Refuses a call of {@code poll}, {@code take} or {@code peek} that cannot be. */
    public void checkUse(int limit) {
        checkOpen();
        if (busy) {
            throw new IllegalStateException(memory.name() + ": this consumer is used inside of its own handler");
        }
        if (limit <= 0) {
            throw new IllegalArgumentException(memory.name() + ": limit " + limit + " is not above 0");
        }
    }

    /** Refuses to go on when the handle was closed. */
    public void checkOpen() {
        if (closed) {
            throw new DetachedException(memory.name() + ": this consumer");
        }
    }

    /** Refuses to go on when the role was given to somebody else; see {@link RoleLease#check}. */
    public void checkLease() {
        lease.check();
    }

    /** From here to {@link #endHandling} handlers run. */
    public void beginHandling() {
        busy = true;
    }

    /** No handler runs any more, but the role is still held: to acknowledge what they handled. */
    public void endHandling() {
        busy = false;
    }

    /** Whether the handle was closed, perhaps by a handler that has not returned yet. */
    public boolean isClosed() {
        return closed;
    }

    /** Gives the role up, but not inside of a handler: then {@link #releaseIfClosed} does. */
    public void close() {
        if (!closed) {
            closed = true;
            // Inside a handler the role is kept until the messages before it are acknowledged.
            if (!busy) {
                release();
            }
        }
    }

    /** Gives the role up if a handler closed the consumer, and nobody has done so yet. */
    public void releaseIfClosed() {
        if (closed) {
            release();
        }
    }

    private synchronized void release() {
        if (released) {
            return;
        }
        try {
            leaving.run();
        } finally {
            lease.leave();
            released = true;
            tellOfLeaving();
        }
    }

    private void tellOfLeaving() {
        try {
            left.run();
        } catch (DetachedException e) {
            // Another thread closes the ring, and wakes everybody. We have left.
        }
    }

    /**
     * See {@link RoleHandle#abandon}. Comes before or behind a release that is under way: the role that it has given up may
     * be another handle's of this process by now, whose word is the same as ours was.
     */
    public synchronized void abandon(RegionMemory control) {
        closed = true;
        if (!released) {
            released = true;
            lease.leaveThrough(control);
        }
    }

    /** See {@link RoleHandle#isReleased}. */
    public boolean isReleased() {
        return released;
    }
}
