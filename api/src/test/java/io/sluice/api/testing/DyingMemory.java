package io.sluice.api.testing;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.RegionMemory;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.PointerBytesStore;

/**
 * Memory as a process sees it that is about to be killed. It counts every access to what processes share - loads,
 * stores, copies, fences, futex calls, liveness probes - and at a chosen one throws {@link ProcessDied} instead. From
 * then on every use throws and has no effect, whichever thread it comes from.
 *
 * <p>Accesses of the threads of this one process are serialised, so that once the process counts as dead none of its
 * stores is still under way: that is what a proof of death means.
 */
public final class DyingMemory extends ForwardingMemory {

    private static final AtomicLong CLOCK = new AtomicLong();

    private static final long NEVER = -1;

    private final Runnable onDeath;
    private long accesses;
    private long fatalAccess = NEVER;
    private long lateAccess = NEVER;
    private Runnable onDetach;
    private boolean dieInside;
    private boolean diedInside;
    private ProcessDied death;

    /**
     * Memory of a process that lives until told otherwise.
     *
     * @param onDeath told at the moment of death, usually to have the liveness oracle know
     */
    public DyingMemory(RegionMemory target, Runnable onDeath) {
        super(target);
        this.onDeath = Objects.requireNonNull(onDeath, "onDeath");
    }

    /** The memory of the process that {@code target} stands for; its death is known to {@code liveness}. */
    public static DyingMemory over(RegionMemory target, TestLiveness liveness) {
        long token = target.selfToken();
        return new DyingMemory(target, () -> liveness.kill(token));
    }

    /** Lets the process die in front of the {@code access}-th access from now, counted from 1. */
    public synchronized void dieAt(long access) {
        fatalAccess = accesses + access;
        dieInside = false;
    }

    /**
     * Lets the process die half-way through the {@code access}-th access from now: of a copy into the region or a zeroing
     * its first half has happened. Any other access has not happened, as with {@link #dieAt}.
     */
    public synchronized void dieInside(long access) {
        fatalAccess = accesses + access;
        dieInside = true;
    }

    /**
     * Has another thread of the process, which lives on, detach this memory in front of the {@code access}-th access from
     * now, counted from 1.
     *
     * @param then what that thread does next
     */
    public synchronized void detachAt(long access, Runnable then) {
        lateAccess = accesses + access;
        onDetach = then;
    }

    /** Kills the process now. A thread of it that sleeps dies when it wakes. */
    public synchronized void kill() {
        if (death == null) {
            die("death after access " + accesses);
        }
    }

    /** Whether the process is dead. */
    public synchronized boolean isDead() {
        return death != null;
    }

    /** Accesses so far. */
    public synchronized long accesses() {
        return accesses;
    }

    /** Whether the process died with an access half done. */
    public synchronized boolean diedInside() {
        return diedInside;
    }

    /** Where the process died; "no death" while it lives. */
    public synchronized String epitaph() {
        return death == null ? "no death" : death.getMessage();
    }

    /** Counts an access that happens as a whole or not at all. */
    private void step(String what, long offset) {
        if (isFatal()) {
            die("death in front of access " + accesses + ", " + what + " at " + offset);
            throw death;
        }
    }

    /** Counts a copy; true if its first half is to happen, followed by {@link #dieAfterHalf}. */
    private boolean isCutShort(String what, long offset) {
        if (!isFatal()) {
            return false;
        }
        if (!dieInside) {
            die("death in front of access " + accesses + ", " + what + " at " + offset);
            throw death;
        }
        return true;
    }

    private boolean isFatal() {
        checkAlive();
        accesses++;
        if (accesses == lateAccess) {
            super.detach();
            onDetach.run();
        }
        return accesses == fatalAccess;
    }

    private void dieAfterHalf(String what, long offset) {
        diedInside = true;
        die("death half-way through access " + accesses + ", " + what + " at " + offset);
        throw death;
    }

    private void die(String how) {
        death = new ProcessDied(how);
        onDeath.run();
    }

    private synchronized void checkAlive() {
        if (death != null) {
            throw new ProcessDied("used after death: " + death.getMessage());
        }
    }

    // ---- counted accesses -----------------------------------------------------------------------------------------

    @Override
    public synchronized int getInt(long offset) {
        step("getInt", offset);
        return super.getInt(offset);
    }

    @Override
    public synchronized int getIntAcquire(long offset) {
        step("getIntAcquire", offset);
        return super.getIntAcquire(offset);
    }

    @Override
    public synchronized void setInt(long offset, int value) {
        step("setInt", offset);
        super.setInt(offset, value);
    }

    @Override
    public synchronized void setIntRelease(long offset, int value) {
        step("setIntRelease", offset);
        super.setIntRelease(offset, value);
    }

    @Override
    public synchronized boolean compareAndSetInt(long offset, int expected, int value) {
        step("compareAndSetInt", offset);
        return super.compareAndSetInt(offset, expected, value);
    }

    @Override
    public synchronized long getLong(long offset) {
        step("getLong", offset);
        return super.getLong(offset);
    }

    @Override
    public synchronized long getLongAcquire(long offset) {
        step("getLongAcquire", offset);
        return super.getLongAcquire(offset);
    }

    @Override
    public synchronized void setLong(long offset, long value) {
        step("setLong", offset);
        super.setLong(offset, value);
    }

    @Override
    public synchronized void setLongRelease(long offset, long value) {
        step("setLongRelease", offset);
        super.setLongRelease(offset, value);
    }

    @Override
    public synchronized boolean compareAndSetLong(long offset, long expected, long value) {
        step("compareAndSetLong", offset);
        return super.compareAndSetLong(offset, expected, value);
    }

    @Override
    public synchronized long getAndAddLong(long offset, long delta) {
        step("getAndAddLong", offset);
        return super.getAndAddLong(offset, delta);
    }

    @Override
    public synchronized byte readByte(long offset) {
        step("readByte", offset);
        return super.readByte(offset);
    }

    @Override
    public synchronized void writeByte(long offset, byte value) {
        step("writeByte", offset);
        super.writeByte(offset, value);
    }

    @Override
    public synchronized short readShort(long offset) {
        step("readShort", offset);
        return super.readShort(offset);
    }

    @Override
    public synchronized void writeShort(long offset, short value) {
        step("writeShort", offset);
        super.writeShort(offset, value);
    }

    @Override
    public synchronized int readInt(long offset) {
        step("readInt", offset);
        return super.readInt(offset);
    }

    @Override
    public synchronized void writeInt(long offset, int value) {
        step("writeInt", offset);
        super.writeInt(offset, value);
    }

    @Override
    public synchronized long readLong(long offset) {
        step("readLong", offset);
        return super.readLong(offset);
    }

    @Override
    public synchronized void writeLong(long offset, long value) {
        step("writeLong", offset);
        super.writeLong(offset, value);
    }

    @Override
    public synchronized void copyIn(long offset, byte[] source, int from, int length) {
        if (isCutShort("copyIn", offset)) {
            super.copyIn(offset, source, from, length / 2);
            dieAfterHalf("copyIn", offset);
        }
        super.copyIn(offset, source, from, length);
    }

    @Override
    public synchronized void copyOut(long offset, byte[] target, int to, int length) {
        step("copyOut", offset);
        super.copyOut(offset, target, to, length);
    }

    @Override
    public synchronized void copyInFromAddress(long offset, long address, long length) {
        if (isCutShort("copyInFromAddress", offset)) {
            super.copyInFromAddress(offset, address, length / 2);
            dieAfterHalf("copyInFromAddress", offset);
        }
        super.copyInFromAddress(offset, address, length);
    }

    @Override
    public synchronized void copyOutToAddress(long offset, long address, long length) {
        step("copyOutToAddress", offset);
        super.copyOutToAddress(offset, address, length);
    }

    @Override
    public synchronized void zero(long offset, long length) {
        if (isCutShort("zero", offset)) {
            super.zero(offset, length / 2);
            dieAfterHalf("zero", offset);
        }
        super.zero(offset, length);
    }

    @Override
    public synchronized void point(PointerBytesStore store, long offset, long length) {
        step("point", offset);
        super.point(store, offset, length);
    }

    @Override
    public synchronized void fullFence() {
        step("fullFence", 0);
        super.fullFence();
    }

    @Override
    public synchronized void fenceLight() {
        step("fenceLight", 0);
        super.fenceLight();
    }

    @Override
    public synchronized void fenceHeavy() {
        step("fenceHeavy", 0);
        super.fenceHeavy();
    }

    @Override
    public synchronized int futexWake(long offset, int count) {
        step("futexWake", offset);
        return super.futexWake(offset, count);
    }

    @Override
    public synchronized boolean isAlive(long token) {
        step("isAlive", token);
        return super.isAlive(token);
    }

    @Override
    public DeathNotice onDeath(long token, Runnable hint) {
        checkAlive();
        return super.onDeath(token, () -> {
            // What a dead process wanted to hear of has no thread to run on.
            if (!isDead()) {
                hint.run();
            }
        });
    }

    @Override
    public void futexWait(long offset, int expected, long timeoutNanos) {
        synchronized (this) {
            step("futexWait", offset);
        }
        // Not under the lock: a sleeper must not keep the process's other threads from going on.
        super.futexWait(offset, expected, timeoutNanos);
        checkAlive();
    }

    // ---- not accesses, but a dead process does not get past them -------------------------------------------------

    @Override
    public void spinHint() {
        checkAlive();
        super.spinHint();
    }

    @Override
    public void yieldHint() {
        checkAlive();
        super.yieldHint();
    }

    @Override
    public void parkNanos(long nanos) {
        checkAlive();
        super.parkNanos(nanos);
    }

    /** Never the same twice: what somebody does because time has passed is done every time, so that accesses can be counted. */
    @Override
    public long coarseMillis() {
        return CLOCK.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis()));
    }

    @Override
    public long nanoTime() {
        checkAlive();
        return super.nanoTime();
    }

    @Override
    public void detach() {
        checkAlive();
        super.detach();
    }
}
