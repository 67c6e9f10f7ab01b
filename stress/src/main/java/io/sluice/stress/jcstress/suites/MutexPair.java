package io.sluice.stress.jcstress.suites;

import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.mutex.Mutex;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.function.UnaryOperator;

/** A mutex between two processes, and two words that it protects. */
@SuppressWarnings("LockNotBeforeTry") // nothing between can throw, and a try block is not free
public abstract class MutexPair extends TwoProcesses {

    /** Did not get it. */
    static final int REFUSED = 0;
    /** Got it from a dead owner, and was told so. */
    static final int TOLD = 1;
    /** Got it, free. */
    static final int FREE = 2;
    /** Was told that it is unusable. */
    static final int UNUSABLE = 3;

    /** The first protected word; the places are used by nothing else. */
    protected static final long FIRST = Mutex.memoryBytes();

    /** The second protected word, in another line. */
    protected static final long SECOND = FIRST + 128;

    private static final long FENCED = -100;
    private static final long BYTES = FIRST + 256;
    // Everything but the list of waiters behind its first places, which nobody here comes to.
    private static final long USED = RegionHeaderLayout.BODY + 640;
    private static final Slab SLAB =
            Slab.of(RegionHeaderLayout.BODY, BYTES, RegionHeaderLayout.BODY, USED, FIRST, BYTES);

    /** As process 0 sees it. */
    protected final Mutex leftMutex;

    /** As process 1 sees it. */
    protected final Mutex rightMutex;

    private final UnaryOperator<RegionMemory> bug;

    MutexPair(UnaryOperator<RegionMemory> bug) {
        super(SLAB, bug);
        this.bug = bug;
        this.leftMutex = over(left);
        this.rightMutex = over(right);
    }

    private static Mutex over(RegionMemory memory) {
        return Mutex.over(memory, WaitStrategy.spin());
    }

    /** The mutex as a process sees it that comes later. */
    final Mutex later() {
        return over(bug.apply(slot.process(3)));
    }

    /** A third process locks, changes the first word and dies. */
    final void dieInside() {
        over(bug.apply(slot.process(2))).lock();
        slot.process(2).setLong(FIRST, 1);
        slot.kill(2);
    }

    /** Locks, adds one to the first word and unlocks. */
    static void count(Mutex mutex, RegionMemory memory) {
        mutex.lock();
        memory.setLong(FIRST, memory.getLong(FIRST) + 1);
        if (!unlock(mutex)) {
            memory.setLong(FIRST, FENCED);
        }
    }

    /** Says that the state is whole and unlocks; what is refused was taken away. */
    static void repair(Mutex mutex) {
        try {
            mutex.markConsistent();
            mutex.unlock();
        } catch (FencedException e) {
            // Only in a twin, where two were given it: both have said so.
        }
    }

    /** Tries once; keeps it if it gets it. */
    static int tryOnce(Mutex mutex) {
        try {
            return mutex.tryLock() ? FREE : REFUSED;
        } catch (OwnerDiedException e) {
            return TOLD;
        } catch (UnusableLockException e) {
            return UNUSABLE;
        }
    }

    /** Unlocks; false if that is refused because the mutex was taken away. */
    static boolean unlock(Mutex mutex) {
        try {
            mutex.unlock();
            return true;
        } catch (FencedException e) {
            return false;
        }
    }
}
