package io.sluice.stress.jcstress.suites;

import io.sluice.api.lock.FencedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.semaphore.LedgerSemaphore;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.function.UnaryOperator;

/** An accountable semaphore between two processes, and a word beside it. */
public abstract class AccountablePair extends TwoProcesses {

    /** A word that is used by nothing else. */
    protected static final long WORD = LedgerSemaphore.memoryBytes();

    private static final long BYTES = WORD + 128;
    private static final long BODY = RegionHeaderLayout.BODY;
    // Nobody here comes to the later places of the list of waiters, nor to the later accounts.
    private static final long LIST_USED = BODY + 640;
    private static final long ACCOUNTS = BODY + 8704;
    private static final long ACCOUNTS_USED = ACCOUNTS + 8 * 128;
    private static final Slab SLAB = Slab.of(BODY, BYTES, BODY, LIST_USED, ACCOUNTS, ACCOUNTS_USED, WORD, BYTES);

    /** As process 0 sees it. */
    protected final LedgerSemaphore leftPermits;

    /** As process 1 sees it. */
    protected final LedgerSemaphore rightPermits;

    private final int total;
    private final UnaryOperator<RegionMemory> bug;

    AccountablePair(int total, UnaryOperator<RegionMemory> bug) {
        super(SLAB, bug);
        this.total = total;
        this.bug = bug;
        LedgerSemaphore.initialize(slot.process(0), total);
        this.leftPermits = over(left);
        this.rightPermits = over(right);
    }

    private LedgerSemaphore over(RegionMemory memory) {
        return new LedgerSemaphore(memory, total, false, WaitStrategy.spin(), () -> {});
    }

    /** The semaphore as a third process sees it. */
    final LedgerSemaphore third() {
        return over(bug.apply(slot.process(2)));
    }

    /** A third process takes {@code permits} and dies. */
    final void dieHolding(int permits) {
        third().tryAcquire(permits);
        slot.kill(2);
    }

    /** All permits, wherever they are. */
    final int everywhere() {
        return leftPermits.availablePermits() + held(leftPermits) + held(rightPermits);
    }

    private static int held(LedgerSemaphore permits) {
        try {
            return permits.heldPermits();
        } catch (FencedException e) {
            return 0;
        }
    }
}
