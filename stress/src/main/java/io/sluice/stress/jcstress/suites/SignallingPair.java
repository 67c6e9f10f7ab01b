package io.sluice.stress.jcstress.suites;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.semaphore.CountingSemaphore;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.function.UnaryOperator;

/** A signalling semaphore between two processes, and a word beside it. */
public abstract class SignallingPair extends TwoProcesses {

    /** A word that is used by nothing else. */
    protected static final long WORD = CountingSemaphore.memoryBytes();

    private static final long TOO_MANY = -100;
    private static final long BYTES = WORD + 128;
    // Everything but the list of waiters behind its first places, which nobody here comes to.
    private static final long USED = RegionHeaderLayout.BODY + 640;
    private static final Slab SLAB =
            Slab.of(RegionHeaderLayout.BODY, BYTES, RegionHeaderLayout.BODY, USED, WORD, BYTES);

    /** As process 0 sees it. */
    protected final CountingSemaphore leftPermits;

    /** As process 1 sees it. */
    protected final CountingSemaphore rightPermits;

    /** Takes the permit, adds one to the word, gives the permit back. */
    static void count(CountingSemaphore permits, RegionMemory memory) {
        permits.acquireUninterruptibly();
        memory.setLong(WORD, memory.getLong(WORD) + 1);
        try {
            permits.release();
        } catch (IllegalStateException e) {
            // More permits than there are: two had the one.
            memory.setLong(WORD, TOO_MANY);
        }
    }

    SignallingPair(int permits, int maximum, UnaryOperator<RegionMemory> bug) {
        super(SLAB, bug);
        CountingSemaphore.initialize(slot.process(0), permits);
        this.leftPermits = CountingSemaphore.over(left, maximum, false, WaitStrategy.spin());
        this.rightPermits = CountingSemaphore.over(right, maximum, false, WaitStrategy.spin());
    }
}
