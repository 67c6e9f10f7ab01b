package io.sluice.api.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A counting semaphore between processes, with the methods of {@link java.util.concurrent.Semaphore}.
 *
 * <p>There are two kinds. A {@link SignallingSemaphore} is a plain count that anybody releases; what a dead process had
 * acquired stays gone. In an {@link AccountableSemaphore} permits have holders and a dead holder's come back.
 *
 * <p>Either is <em>barging</em> (the default: whoever finds enough permits takes them) or <em>fair</em>: those who wait
 * are served in the order in which they began to, and nobody overtakes but through what takes permits without waiting:
 * an untimed {@code tryAcquire}, {@link #drainPermits()}, {@link SignallingSemaphore#reducePermits}. A waiter whose
 * process died is skipped; one whose process is paused keeps its place, and those behind it wait. Up to
 * {@value #FAIR_WAITERS} threads queue in order; more wait for a place in the queue.
 *
 * <p>Acquiring several permits is all or nothing, also when the process dies in the middle of it.
 *
 * <p>Progress: what does not wait is lock-free: an attempt is made again only where another thread or process got on,
 * and none that is stopped or killed anywhere keeps the others from it. {@code acquire} and the timed
 * {@code tryAcquire} wait for permits, also for those of a paused process; in a barging semaphore perhaps while others
 * get them again and again.
 *
 * <p>Memory consistency: what a thread does before a release <em>happens-before</em> what another thread, in whatever
 * process, does after an acquisition that the release made possible.
 *
 * <p>All methods throw {@link io.sluice.api.memory.DetachedException} when this attachment is closed, also while they
 * wait, {@link CorruptLockException} when the shared state is none that this code writes, and
 * {@link IllegalArgumentException} for a negative number of permits or, where they would wait forever, more than
 * {@link #maximumPermits()}.
 */
public interface SharedSemaphore extends Synchronizer {

    /** How many threads a fair semaphore keeps in order. */
    int FAIR_WAITERS = 128;

    /**
     * Takes a permit, waiting for it.
     *
     * @throws InterruptedException if interrupted before or while waiting; nothing was taken
     */
    default void acquire() throws InterruptedException {
        acquire(1);
    }

    /** As {@link #acquire()} for several permits at once. */
    void acquire(int permits) throws InterruptedException;

    /** As {@link #acquire()}, remembering an interrupt. */
    default void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    /**
     * As {@link #acquire(int)}, remembering an interrupt. In a fair semaphore an interrupt costs the thread its turn: it
     * goes on waiting behind those who wait by then.
     */
    void acquireUninterruptibly(int permits);

    /** Takes a permit if there is one now, whoever waits. */
    default boolean tryAcquire() {
        return tryAcquire(1);
    }

    /** Takes {@code permits} if there are as many now, whoever waits. */
    boolean tryAcquire(int permits);

    /** As {@link #tryAcquire(int, long, TimeUnit)} for one permit. */
    default boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    /**
     * Takes {@code permits}, waiting for them until the time has passed.
     *
     * @return whether they were taken
     * @throws InterruptedException if interrupted before or while waiting; nothing was taken
     */
    boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException;

    /** As {@link #tryAcquire(int, long, TimeUnit)}. */
    default boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
        return tryAcquire(permits, Nanos.of(timeout), TimeUnit.NANOSECONDS);
    }

    /** Gives a permit back. */
    default void release() {
        release(1);
    }

    /**
     * Gives {@code permits} back and wakes who waits for them.
     *
     * @throws IllegalStateException if there would be more than {@link #maximumPermits()}; nothing changed
     */
    void release(int permits);

    /** Permits that are there now. */
    int availablePermits();

    /** Takes all permits that are there now; returns how many. */
    int drainPermits();

    /** The most permits that there can be. */
    int maximumPermits();

    /** Whether waiters are served in order. */
    boolean isFair();
}
