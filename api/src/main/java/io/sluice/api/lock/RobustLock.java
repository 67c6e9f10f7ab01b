package io.sluice.api.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A reentrant, exclusive lock between the threads of many processes that survives the death of its owner, after POSIX's
 * robust mutexes.
 *
 * <p><b>When an owner dies</b>, exactly one of those who want the lock gets it next, and cannot overlook that what the
 * lock protects may be half-written: every method that acquires throws {@link OwnerDiedException} <em>with the lock
 * held</em>. That thread repairs the state, calls {@link #markConsistent()} and goes on as the owner. If it dies, the
 * next one is told. If it unlocks without having marked the state consistent, the lock is unusable: everybody gets
 * {@link UnusableLockException} until somebody who knows calls {@link #reset()}.
 *
 * <pre>{@code
 * try {
 *     lock.lock();
 * } catch (OwnerDiedException e) {
 *     account.rebuildFromLog();
 *     lock.markConsistent();
 * }
 * try {
 *     account.add(amount);
 * } finally {
 *     lock.unlock();
 * }
 * }</pre>
 *
 * With {@link #onOwnerDeath} the repair is said once, and the methods that acquire call it instead of throwing.
 *
 * <p><b>A paused owner</b> keeps the lock however long the pause. Should its process ever be held for dead wrongly and
 * the lock be given on, its unlock throws {@link FencedException} and changes nothing. Hand {@link #fencingToken()} to
 * what the lock protects to have late writes refused there.
 *
 * <p><b>Threads</b>: the owner is a thread of a process; a thread that terminates without unlocking leaves the
 * lock held as long as its process lives, as with {@link java.util.concurrent.locks.ReentrantLock}. Virtual
 * threads may use it.
 *
 * <p><b>Progress</b>: {@link #tryLock()} and {@link #unlock()} wait for no other process. They are lock-free: what they
 * try is tried again only where another process got on. They cost a system call where they ask who is dead or wake who
 * sleeps. The other methods that acquire wait for the owner, also for one that is paused. Who is to be next is not
 * settled but in a fair {@link SharedReadWriteLock}: elsewhere a thread may wait while others get the lock again and
 * again.
 *
 * <p><b>Memory consistency</b>: an unlock <em>happens-before</em> every later lock, in whatever process, of the same
 * lock; so does everything that an owner did that died.
 *
 * <p>Expected outcomes are values, the rest are exceptions: every method that acquires throws
 * {@link OwnerDiedException}, {@link UnusableLockException}, {@link CorruptLockException} when the shared word is none
 * that this code writes, {@link FencedException} when the lock that this thread holds, or was about to get, was given
 * to another process because this one was held for dead, and {@link io.sluice.api.memory.DetachedException} when the
 * attachment is closed, also while it waits. A thread that has locked a mutex {@link Integer#MAX_VALUE} times gets an
 * {@link IllegalStateException} for once more. But for {@link OwnerDiedException}, nothing was acquired.
 */
public interface RobustLock extends Lock {

    /** Repairs what a dead owner may have left half-written; called by the thread that has got its lock. */
    @FunctionalInterface
    interface Repair {

        /**
         * Makes the protected state whole. The lock is held by this thread. If this throws, the lock is unlocked
         * without repair, so unusable, and the exception is thrown on to who wanted the lock.
         */
        void repair(OwnerDiedException death);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Uninterruptible: an interrupt is remembered.
     *
     * @throws OwnerDiedException if the previous owner died; the lock <em>is held</em> by this thread
     */
    @Override
    void lock();

    /**
     * {@inheritDoc}
     *
     * @throws InterruptedException if interrupted before or while waiting; nothing is held and nobody's turn is lost
     * @throws OwnerDiedException if the previous owner died; the lock <em>is held</em> by this thread
     */
    @Override
    void lockInterruptibly() throws InterruptedException;

    /**
     * {@inheritDoc}
     *
     * <p>If the lock is held, one system call tells whether its owner is dead.
     *
     * @throws OwnerDiedException if the previous owner died; the lock <em>is held</em> by this thread
     */
    @Override
    boolean tryLock();

    /**
     * {@inheritDoc}
     *
     * @throws OwnerDiedException if the previous owner died; the lock <em>is held</em> by this thread
     */
    @Override
    boolean tryLock(long time, TimeUnit unit) throws InterruptedException;

    /** As {@link #tryLock(long, TimeUnit)}. */
    default boolean tryLock(Duration timeout) throws InterruptedException {
        return tryLock(Nanos.of(timeout), TimeUnit.NANOSECONDS);
    }

    /**
     * {@inheritDoc}
     *
     * <p>If this thread was told of an owner's death and has not called {@link #markConsistent()}, the lock becomes
     * unusable.
     *
     * @throws IllegalMonitorStateException if this thread is not the owner; nothing changed
     * @throws FencedException if the lock was given to another process; nothing changed there, here it is forgotten
     */
    @Override
    void unlock();

    /**
     * Refused: a condition queue cannot survive the death of those in it.
     *
     * @throws UnsupportedOperationException always; use an event count instead ({@link LockKind#EVENT_COUNT})
     */
    @Override
    default Condition newCondition() {
        throw new UnsupportedOperationException(
                "a condition would not survive kill -9: wait on an event count instead, see LockKind.EVENT_COUNT");
    }

    /**
     * Says that what the lock protects is whole again. Does nothing if it was not in doubt.
     *
     * @throws IllegalMonitorStateException if this thread is not the owner
     * @throws FencedException if the lock was given to another process
     */
    void markConsistent();

    /**
     * Sets what repairs the state after an owner's death, for all threads of this attachment: the methods that acquire
     * then call it and {@link #markConsistent()} and return normally. {@code null} goes back to the exception.
     */
    void onOwnerDeath(Repair repair);

    /**
     * Makes an unusable lock usable again, and free. The caller vouches for what the lock protects.
     *
     * @return false if it was not unusable; nothing changed
     * @throws io.sluice.api.memory.DetachedException if the attachment is closed
     */
    boolean reset();

    /** Whether this thread is the owner. */
    boolean isHeldByCurrentThread();

    /** How many times this thread has locked without unlocking. */
    int holdCount();

    /**
     * A number of this acquisition, higher than that of every earlier one by any process: whoever stores on
     * behalf of the owner can refuse smaller ones than it has seen.
     *
     * @throws IllegalMonitorStateException if this thread is not the owner
     * @throws FencedException if the lock was given to another process, where the number is drawn when it is first
     *     asked for, as in a mutex
     */
    long fencingToken();
}
