package io.sluice.api.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A latch between processes, as {@link java.util.concurrent.CountDownLatch}: opens for ever once it was counted down as
 * often as its creator said.
 *
 * <p><b>Deaths</b>: a plain latch whose last counter was killed would keep everybody waiting for ever. So a process
 * that is going to count says so in advance with {@link #promise()}. If it dies before {@link #countDown()}, or closes
 * its attachment, the latch <em>breaks</em>: who waits, then or later, gets a {@link BrokenLatchException}. What nobody
 * has promised cannot be told from what somebody may still do, so it is waited for. A paused process is waited for.
 *
 * <p>Counting down is one compare-and-set: a crash leaves it done or not done. Memory consistency: what happens before
 * a {@code countDown} <em>happens-before</em> what follows an {@code await} that returned, in whatever process.
 * Everything that the process did which a {@link BrokenLatchException} names happens-before what follows that
 * exception.
 *
 * <p>Progress: but for {@code await} all methods are wait-free between processes, with at most as many steps as there
 * are counts; the threads of one attachment wait for each other for as long as these take. {@code await} waits for
 * every count, also for that of a paused process.
 *
 * <p>All methods throw {@link io.sluice.api.memory.DetachedException} when this attachment is closed, also while they
 * wait, and {@link CorruptLockException} when a shared word is none that this code writes.
 */
public interface SharedLatch extends Synchronizer {

    /** The greatest count of a latch. */
    int MAX_COUNT = 4096;

    /** How often it must still be counted down. */
    long getCount();

    /**
     * Takes one count upon this process: if it dies before counting down, the latch breaks. Several promises
     * make several counts.
     *
     * @throws IllegalStateException if every count is done or promised already; nothing changed
     */
    void promise();

    /**
     * Counts down by one: what this attachment promised if there is any of that, else what nobody has promised. Does
     * nothing if the count is zero.
     *
     * @throws IllegalStateException if all that is left was promised by others, or is broken; nothing changed
     * @throws FencedException if this process was held for dead, and so its promise for broken; nothing changed
     */
    void countDown();

    /**
     * Waits until the count is zero.
     *
     * @throws InterruptedException if interrupted before or while waiting
     * @throws BrokenLatchException if it will never be
     */
    void await() throws InterruptedException, BrokenLatchException;

    /**
     * Waits until the count is zero or the time has passed.
     *
     * @return whether the count is zero
     * @throws InterruptedException if interrupted before or while waiting
     * @throws BrokenLatchException if it never will be
     */
    boolean await(long timeout, TimeUnit unit) throws InterruptedException, BrokenLatchException;

    /** As {@link #await(long, TimeUnit)}. */
    default boolean await(Duration timeout) throws InterruptedException, BrokenLatchException {
        return await(Nanos.of(timeout), TimeUnit.NANOSECONDS);
    }

    /** Whether somebody did not keep a promise; costs a system call per promise. */
    boolean isBroken();
}
