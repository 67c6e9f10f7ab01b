package io.sluice.locks.mutex;

import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.CarrierFriendly;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.Newcomer;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.support.LocalGate;
import io.sluice.locks.support.Notes;
import java.util.concurrent.TimeUnit;

/**
 * A mutex: a gate for the threads of this process, behind it one word in shared memory for the processes.
 *
 * <pre>
 *   lock     enter the gate; CAS word free -> me; else wait, and if the holder is proved dead
 *            CAS that very word -> me, inconsistent
 *   unlock   CAS word me -> free (me, inconsistent -> unusable); wake; leave the gate
 * </pre>
 *
 * <p>A process that dies leaves the word as one of its CASes left it, which names it or does not. Nothing else matters:
 * sleepers that a dead process should have woken are told of its death, or look for themselves after a slice. That the
 * word still is what was judged is part of the CAS that takes it from the dead, so of many who judge one wins; and
 * unlocking is a CAS too, so an owner that was judged wrongly finds out.
 */
public final class Mutex implements SharedMutex {

    private static final long NOT_DRAWN = 0;
    private static final long CLOSE_POLL_NANOS = 100_000;

    private final RegionMemory memory;
    private final Runnable detach;
    private final LocalGate gate;
    private final WakeWord wake;
    private final MutexQueue queue;
    private final long self;

    // Of the thread inside the gate:
    private int holds;
    private boolean inconsistent;
    private long fence;

    private volatile Repair repair;
    private volatile boolean closing;

    /**
     * The mutex in {@code memory}.
     *
     * @param strategy how to wait
     * @param detach ends the use of the memory, once, on closing
     */
    public Mutex(RegionMemory memory, WaitStrategy strategy, Runnable detach) {
        this.memory = memory;
        this.detach = detach;
        this.gate = new LocalGate(memory);
        this.wake = new WakeWord(memory, MutexLayout.WAKE);
        this.queue =
                new MutexQueue(memory, wake, new SlicedWait(memory, new CarrierFriendly(strategy)), this::checkOpen);
        this.self = MutexWord.heldBy(memory.selfToken());
        Newcomer.tell(memory, wake);
    }

    /** The mutex in a memory that is detached on closing; for tests. */
    public static Mutex over(RegionMemory memory, WaitStrategy strategy) {
        return new Mutex(memory, strategy, memory::detach);
    }

    /** Size of the memory that a mutex needs. */
    public static long memoryBytes() {
        return MutexLayout.WORD + MutexLayout.BODY_BYTES;
    }

    // ---- acquiring ------------------------------------------------------------------------------------------------

    @Override
    public void lock() {
        Thread me = Thread.currentThread();
        if (!lockAtOnce(me)) {
            lockUninterruptibly(me);
        }
    }

    /** The path without contention: true if this thread has the mutex. */
    private boolean lockAtOnce(Thread me) {
        if (!gate.tryEnter(me)) {
            return gate.isHeldBy(me) && reenter();
        }
        boolean acquired = false;
        try {
            // full fence; pairs with unlock(): what the last owner wrote is visible.
            // A death below this line leaves a dead owner's word, as a death at any moment until unlock() does.
            acquired = memory.compareAndSetLong(MutexLayout.WORD, MutexWord.FREE, self);
        } finally {
            // Gives the gate to whoever comes first; our turn to queue is next. Or the stack has come to its end.
            leaveUnless(acquired);
        }
        if (acquired) {
            own(me, false);
        }
        return acquired;
    }

    private boolean reenter() {
        long word = memory.getLong(MutexLayout.WORD);
        if (MutexWord.holder(word) != MutexWord.holder(self)) {
            throw fenced(word);
        }
        if (holds == Integer.MAX_VALUE) {
            throw new IllegalStateException(
                    name() + ": locked " + holds + " times by this thread, no more are counted");
        }
        holds++;
        return true;
    }

    private void own(Thread me, boolean ownerDied) {
        holds = 1;
        // Otherwise as unlock() left it. Few stores: the compare-and-set of unlock() waits for each.
        if (ownerDied) {
            inconsistent = true;
        }
        Notes.held(memory, MutexLayout.SINCE, MutexLayout.THREAD, me);
    }

    private void lockUninterruptibly(Thread me) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    lockBefore(me, Deadline.never(memory));
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                me.interrupt();
            }
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        Thread me = Thread.currentThread();
        if (Thread.interrupted()) {
            throw new InterruptedException(name() + ": interrupted before locking");
        }
        if (!lockAtOnce(me)) {
            lockBefore(me, Deadline.never(memory));
        }
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        Thread me = Thread.currentThread();
        if (Thread.interrupted()) {
            throw new InterruptedException(name() + ": interrupted before locking");
        }
        return lockAtOnce(me) || lockBefore(me, Deadline.after(memory, time, unit));
    }

    @Override
    public boolean tryLock() {
        Thread me = Thread.currentThread();
        if (lockAtOnce(me)) {
            return true;
        }
        checkOpen();
        if (!gate.tryEnter(me)) {
            return false;
        }
        boolean acquired = false;
        try {
            acquired = queue.tryOnce();
        } finally {
            leaveUnless(acquired);
        }
        if (acquired) {
            owned();
        }
        return acquired;
    }

    private boolean lockBefore(Thread me, long deadline) throws InterruptedException {
        checkOpen();
        if (!gate.enter(me, deadline)) {
            return false;
        }
        boolean acquired = false;
        try {
            acquired = queue.await(deadline);
        } finally {
            leaveUnless(acquired);
        }
        if (acquired) {
            owned();
        }
        return acquired;
    }

    private void leaveUnless(boolean acquired) {
        if (!acquired) {
            gate.leave();
        }
    }

    /** The queue has got the mutex for this thread: takes note, and tells of a death. */
    private void owned() {
        long deadOwner = queue.deadOwner();
        own(Thread.currentThread(), deadOwner != 0);
        if (deadOwner != 0) {
            tell(deadOwner);
        }
    }

    private void tell(long deadOwner) {
        boolean told = false;
        try {
            OwnerDiedException death = new OwnerDiedException(name(), this, deadOwner);
            Repair repairing = repair;
            if (repairing == null) {
                told = true;
                throw death;
            }
            repairing.repair(death);
            markConsistent();
            told = true;
        } finally {
            // Not repaired; or there is no memory for the exception, and this thread cannot know that it is the owner.
            if (!told) {
                unlockWithoutRepair();
            }
        }
    }

    /** Makes the mutex unusable, however often the callback that failed has locked it once more. */
    private void unlockWithoutRepair() {
        if (isHeldByCurrentThread()) {
            holds = 1;
            unlock();
        }
    }

    // ---- releasing ------------------------------------------------------------------------------------------------

    @Override
    public void unlock() {
        checkOwner();
        if (holds > 1) {
            holds--;
            return;
        }
        boolean unrepaired = inconsistent;
        holds = 0;
        if (unrepaired) {
            inconsistent = false;
        }
        if (fence != NOT_DRAWN) {
            fence = NOT_DRAWN;
        }
        try {
            // full fence; pairs with the CASes that acquire: what this owner wrote is visible to the next.
            // A death above this line is the death of an owner. Below it nobody need be told; sleepers find out.
            boolean released = memory.compareAndSetLong(
                    MutexLayout.WORD,
                    unrepaired ? self | MutexWord.INCONSISTENT : self,
                    unrepaired ? MutexWord.UNUSABLE : MutexWord.FREE);
            if (!released) {
                throw fenced(memory.getLongAcquire(MutexLayout.WORD));
            }
            wake.wake();
        } finally {
            // Not before the wake: close() takes the memory away once nobody is inside.
            gate.leave();
        }
    }

    @Override
    public void markConsistent() {
        checkOwner();
        if (!inconsistent) {
            return;
        }
        // full fence: the repair is visible before the word says so. A death above has the next one told again.
        if (!memory.compareAndSetLong(MutexLayout.WORD, self | MutexWord.INCONSISTENT, self)) {
            throw fenced(memory.getLongAcquire(MutexLayout.WORD));
        }
        inconsistent = false;
    }

    @Override
    public boolean reset() {
        checkOpen();
        // full fence; pairs with the CASes that acquire.
        boolean done = memory.compareAndSetLong(MutexLayout.WORD, MutexWord.UNUSABLE, MutexWord.FREE);
        if (done) {
            wake.wake();
        }
        return done;
    }

    @Override
    public void onOwnerDeath(Repair newRepair) {
        repair = newRepair;
    }

    // ---- asking ---------------------------------------------------------------------------------------------------

    @Override
    public boolean isHeldByCurrentThread() {
        // A thread inside the gate may still be waiting; but then it is not here.
        return gate.isHeldBy(Thread.currentThread()) && holds > 0;
    }

    @Override
    public int holdCount() {
        return isHeldByCurrentThread() ? holds : 0;
    }

    @Override
    public long fencingToken() {
        checkOwner();
        if (fence == NOT_DRAWN) {
            fence = drawFence();
        }
        return fence;
    }

    /** Numbers are drawn when first asked for, because most owners never do. */
    private long drawFence() {
        // full fence. Drawn before looking: if the mutex is still ours below, whoever gets it later draws a higher one.
        long drawn = memory.getAndAddLong(MutexLayout.FENCE, 1) + 1;
        long word = memory.getLongAcquire(MutexLayout.WORD);
        if (MutexWord.holder(word) != MutexWord.holder(self)) {
            throw fenced(word);
        }
        return drawn;
    }

    @Override
    public LockKind kind() {
        return LockKind.MUTEX;
    }

    @Override
    public String name() {
        return memory.name();
    }

    @Override
    public LockStat stat() {
        return MutexStat.of(memory);
    }

    private void checkOwner() {
        if (!isHeldByCurrentThread()) {
            checkOpen();
            throw new IllegalMonitorStateException(
                    name() + ": not held by " + Thread.currentThread() + " of this process through this attachment; "
                            + MutexWord.describe(memory.getLongAcquire(MutexLayout.WORD)));
        }
    }

    /**
     * Says that the word is not what this owner left there.
     *
     * @throws io.sluice.api.lock.CorruptLockException if it is nothing that another owner leaves there either
     */
    private FencedException fenced(long found) {
        MutexWord.check(name(), found);
        return new FencedException(
                name(), "held by " + Long.toHexString(MutexWord.holder(self)), MutexWord.describe(found));
    }

    private void checkOpen() {
        if (closing) {
            throw new DetachedException(name());
        }
    }

    // ---- closing --------------------------------------------------------------------------------------------------

    @Override
    public synchronized void close() {
        while (!gate.tryClose()) {
            // Whoever is inside holds the mutex, or waits for it and is about to see the flag. The CAS in tryClose()
            // orders this read after it.
            if (holds > 0) {
                closing = false;
                throw new IllegalStateException(
                        name() + ": a thread of this process holds it through this attachment: unlock it first");
            }
            closing = true;
            wake.wake();
            memory.parkNanos(CLOSE_POLL_NANOS);
        }
        closing = true;
        detach.run();
    }
}
