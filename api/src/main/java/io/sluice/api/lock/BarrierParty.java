package io.sluice.api.lock;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A place at a {@link SharedBarrier}; confined to one thread at a time, except that any thread may close it.
 *
 * <p>Progress: to arrive is one compare-and-set and a look at each place, which is wait-free; {@code await} then waits
 * for all parties, paused ones included. {@link SharedBarrier} says what orders memory.
 */
public interface BarrierParty extends AutoCloseable {

    /**
     * Waits until all parties have arrived.
     *
     * @return whether this party is the one that ended the generation: true for exactly one of them, or for none if
     *     that one was killed on the way out
     * @throws InterruptedException if interrupted before or while waiting; the barrier is broken
     * @throws BrokenBarrierException if it is or becomes broken
     * @throws FencedException if this process was held for dead and its place is no longer its own; nothing changed
     * @throws CorruptLockException if the word of a place is none that this code writes
     * @throws io.sluice.api.memory.DetachedException if this place or the barrier is closed, also while waiting
     */
    boolean await() throws InterruptedException, BrokenBarrierException;

    /**
     * As {@link #await()}, giving up when the time has passed.
     *
     * @throws TimeoutException if it has; the barrier is broken
     */
    boolean await(long timeout, TimeUnit unit) throws InterruptedException, BrokenBarrierException, TimeoutException;

    /** Gives the place up for somebody else to take; breaks the barrier if this party is waiting at it. Idempotent. */
    @Override
    void close();
}
