package io.sluice.locks.support;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Deadline;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of this process at a time through to a lock in shared memory, so that processes contend and not their
 * threads. Not in shared memory: it ends with its process.
 *
 * <p>Free, it costs one CAS to enter and a release store to leave, which is what is left of a budget of twice a
 * {@link ReentrantLock} after the shared word has had its share. Those who find it taken queue on a
 * {@code ReentrantLock}, whose head alone waits for the gate: virtual threads give up their carriers in both places.
 *
 * <pre>
 *   leaving                          waiting, as head of the queue
 *   L1 holder := null (release)      E1 next := me
 *   L2 light fence                   E2 heavy fence
 *   L3 read next; unpark it          E3 CAS holder null -> me, else park and repeat
 * </pre>
 *
 * Either L3 sees E1, or E3 sees L1.
 */
public final class LocalGate {

    private static final Object CLOSED = new Object();
    private static final VarHandle HOLDER;

    static {
        try {
            HOLDER = MethodHandles.lookup().findVarHandle(LocalGate.class, "holder", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final RegionMemory memory;
    private final ReentrantLock queue = new ReentrantLock();
    // A Thread, CLOSED, or null.
    private volatile Object holder;
    private volatile Thread next;

    /** A gate in front of something in {@code memory}, which lends it fences and clock. */
    public LocalGate(RegionMemory memory) {
        this.memory = memory;
    }

    /** Enters if the gate is free. */
    public boolean tryEnter(Thread me) {
        // full fence; pairs with leave(): what the last holder wrote to the fields that the gate protects is visible.
        return HOLDER.compareAndSet(this, null, me);
    }

    /** Whether {@code me} is inside. */
    public boolean isHeldBy(Thread me) {
        // Only the thread itself writes its own name here, so a plain read suffices.
        return HOLDER.get(this) == me;
    }

    /** Leaves. The caller is inside. */
    public void leave() {
        // release; pairs with tryEnter().
        HOLDER.setRelease(this, null);
        // Pairs with the heavy fence in awaitTurn().
        memory.fenceLight();
        Thread waiting = next;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /**
     * Enters, waiting until {@code deadline}.
     *
     * @return false if the deadline passed
     * @throws InterruptedException if interrupted before or while waiting; not inside then
     * @throws DetachedException if the gate is closed
     */
    public boolean enter(Thread me, long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(memory.name() + ": interrupted before waiting");
        }
        if (tryEnter(me)) {
            return true;
        }
        checkOpen();
        // Not to be negative: ReentrantLock takes that for "do not wait", as we do.
        if (!queue.tryLock(Math.max(0, Deadline.nanosLeft(memory, deadline)), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            return awaitTurn(me, deadline);
        } finally {
            queue.unlock();
        }
    }

    private boolean awaitTurn(Thread me, long deadline) throws InterruptedException {
        next = me;
        try {
            // Pairs with the light fence in leave().
            memory.fenceHeavy();
            while (!tryEnter(me)) {
                checkOpen();
                long left = Deadline.nanosLeft(memory, deadline);
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException(memory.name() + ": interrupted while waiting");
                }
            }
            return true;
        } finally {
            next = null;
        }
    }

    private void checkOpen() {
        if (holder == CLOSED) {
            throw new DetachedException(memory.name());
        }
    }

    /** Closes the gate for good if it is free; those who wait for it get {@link DetachedException}. */
    public boolean tryClose() {
        if (!HOLDER.compareAndSet(this, null, CLOSED)) {
            return holder == CLOSED;
        }
        Thread waiting = next;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
        return true;
    }
}
