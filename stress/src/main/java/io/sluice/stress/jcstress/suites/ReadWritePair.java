package io.sluice.stress.jcstress.suites;

import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.lock.RobustLock;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.readwrite.RegionReadWriteLock;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;

/** A read-write lock between two processes, and two words that it protects. */
@SuppressWarnings("LockNotBeforeTry") // as in production code a finally would be; here nothing between can throw
public abstract class ReadWritePair extends TwoProcesses {

    /** Did not get it. */
    static final int REFUSED = 0;
    /** Got it from a dead writer, and was told so. */
    static final int TOLD = 1;
    /** Got it, and there was nothing to be told. */
    static final int FREE = 2;
    /** Was told that somebody has to repair first, or that it is unusable. */
    static final int DAMAGED = 3;

    private static final int ATTACHMENTS = 4;

    /** The first protected word. */
    protected static final long FIRST = RegionHeaderLayout.BODY + RegionReadWriteLock.bodyBytes(ATTACHMENTS);

    /** The second protected word, in another line. */
    protected static final long SECOND = FIRST + 128;

    private static final long FENCED = -100;
    private static final long BYTES = FIRST + 256;
    private static final Slab SLAB = Slab.of(RegionHeaderLayout.BODY, BYTES, RegionHeaderLayout.BODY, BYTES);

    /** As process 0 sees it. */
    protected final RegionReadWriteLock leftLock;

    /** As process 1 sees it. */
    protected final RegionReadWriteLock rightLock;

    private final boolean fair;
    private final UnaryOperator<RegionMemory> bug;

    ReadWritePair(boolean fair, UnaryOperator<RegionMemory> bug) {
        super(SLAB, bug);
        this.fair = fair;
        this.bug = bug;
        this.leftLock = over(left);
        this.rightLock = over(right);
    }

    private RegionReadWriteLock over(RegionMemory memory) {
        return new RegionReadWriteLock(memory, ATTACHMENTS, fair, WaitStrategy.spin(), () -> {});
    }

    /** The lock as a third process sees it. */
    final RegionReadWriteLock third() {
        return over(bug.apply(slot.process(2)));
    }

    /** A third process begins to write, changes the first word and dies. */
    final void dieWriting() {
        third().writeLock().lock();
        slot.process(2).setLong(FIRST, 1);
        slot.kill(2);
    }

    /** Tries once to read or to write; keeps it if it gets it. */
    static int tryOnce(Lock lock) {
        try {
            return lock.tryLock() ? FREE : REFUSED;
        } catch (OwnerDiedException e) {
            return TOLD;
        } catch (RepairNeededException | UnusableLockException e) {
            return DAMAGED;
        }
    }

    /** Unlocks; false if that is refused because it was taken away. */
    static boolean unlock(Lock lock) {
        try {
            lock.unlock();
            return true;
        } catch (FencedException e) {
            return false;
        }
    }

    /** As a writer, adds one to the first word. */
    final void count(RegionReadWriteLock lock, RegionMemory memory) {
        try {
            lock.writeLock().lock();
            memory.setLong(FIRST, memory.getLong(FIRST) + 1);
            lock.writeLock().unlock();
        } catch (FencedException e) {
            memory.setLong(FIRST, FENCED);
        }
    }

    /** Says that the state is whole and unlocks; what is refused was taken away. */
    static void repair(RobustLock lock) {
        try {
            lock.markConsistent();
            lock.unlock();
        } catch (FencedException e) {
            // Only in a twin, where two were given it: both have said so.
        }
    }

    /** Changes both words. */
    static void write(RegionMemory memory, int value) {
        memory.setLong(FIRST, value);
        memory.setLong(SECOND, value);
    }
}
