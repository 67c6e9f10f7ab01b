package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.semaphore.LedgerSemaphore;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import io.sluice.stress.storm.Holds;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.time.Duration;
import java.util.SplittableRandom;

/** Accountable semaphore: never more permits in use than there are, and all of them there when everybody is dead. */
public final class AccountableTarget implements Target {

    private static final int HOLDS = 1;
    private static final int GIVES_BACK = 2;

    private static final int TOTAL = 3;

    private final boolean fair;

    /** For the storm. */
    public AccountableTarget(boolean fair) {
        this.fair = fair;
    }

    @Override
    public String name() {
        return fair ? "accountable-fair" : "accountable";
    }

    @Override
    public long bodyBytes() {
        return LedgerSemaphore.memoryBytes() - RegionHeaderLayout.BODY;
    }

    @Override
    public void initialize(RegionMemory memory) {
        LedgerSemaphore.initialize(memory, TOTAL);
    }

    private LedgerSemaphore over(RegionMemory memory) {
        return new LedgerSemaphore(memory, TOTAL, fair, WaitStrategy.block(), () -> {});
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        LedgerSemaphore semaphore = over(memory);
        return () -> {
            int count = 1 + random.nextInt(TOTAL);
            if (semaphore.tryAcquire(count, Duration.ofMillis(random.nextInt(5)))) {
                journal.note(HOLDS, count);
                Dwell.inside(random);
                journal.note(GIVES_BACK, count);
                semaphore.release(count);
            }
            Dwell.between(random);
        };
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        Holds holds = new Holds(TOTAL);
        long acquisitions = 0;
        for (Witness who : evidence.witnesses()) {
            Entry held = null;
            for (Entry entry : who.entries()) {
                if (entry.event() == HOLDS) {
                    held = entry;
                    acquisitions++;
                } else if (held != null) {
                    holds.add(who, held.nanos(), entry.nanos(), held.a());
                    held = null;
                }
            }
            if (held != null) {
                holds.add(who, held.nanos(), who.killedNanos(), held.a());
            }
        }
        holds.check(evidence);
        evidence.require(acquisitions > 0, "nobody got any");
        LedgerSemaphore semaphore = over(memory);
        evidence.require(semaphore.tryAcquire(TOTAL), "the permits of the dead did not come back");
        evidence.require(
                semaphore.availablePermits() == 0 && semaphore.heldPermits() == TOTAL,
                "there are " + semaphore.availablePermits() + " permits beside all " + TOTAL);
    }
}
