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

/**
 * Accountable semaphore: never more permits in use than there are, some of them handed over to others meanwhile, and
 * all of them there when everybody is dead.
 */
public final class AccountableTarget implements Target {

    private static final int HOLDS = 1;
    private static final int GIVES_BACK = 2;
    private static final int HANDS_OVER = 3;
    private static final int HANDED_OVER = 4;

    private static final int TOTAL = 3;
    private static final int ENOUGH = 1_000; // acquisitions, for some permits to be handed over
    private static final int RECEIVERS = 8;
    private static final long RECEIVER = (LedgerSemaphore.memoryBytes() + 127) / 128 * 128; // holders' ids
    private static final long END = RECEIVER + RECEIVERS * Long.BYTES;

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
        return END - RegionHeaderLayout.BODY;
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
        return new Member(over(memory), memory, child, journal, random);
    }

    private static final class Member implements Worker {

        private final LedgerSemaphore semaphore;
        private final RegionMemory memory;
        private final int child;
        private final Journal journal;
        private final SplittableRandom random;

        Member(LedgerSemaphore semaphore, RegionMemory memory, int child, Journal journal, SplittableRandom random) {
            this.semaphore = semaphore;
            this.memory = memory;
            this.child = child;
            this.journal = journal;
            this.random = random;
        }

        @Override
        public void turn() throws InterruptedException {
            // Not before the first turn: who does not run yet would keep what it gets.
            memory.setLongRelease(receiver(Math.floorMod(child, RECEIVERS)), semaphore.holderId());
            int received = semaphore.heldPermits();
            if (received > 0) {
                use(received);
            }
            int count = 1 + random.nextInt(TOTAL);
            if (semaphore.tryAcquire(count, Duration.ofMillis(random.nextInt(5)))) {
                use(count);
            }
            Dwell.between(random);
        }

        private void use(int count) {
            journal.note(HOLDS, count);
            Dwell.inside(random);
            if (random.nextInt(4) > 0 || !handOver(count)) {
                journal.note(GIVES_BACK, count);
                semaphore.release(count);
            }
        }

        private boolean handOver(int count) {
            long receiver = memory.getLongAcquire(receiver(random.nextInt(RECEIVERS)));
            if (receiver == 0 || receiver == semaphore.holderId()) {
                return false;
            }
            journal.note(HANDS_OVER, count);
            try {
                semaphore.transfer(count, receiver);
            } catch (IllegalArgumentException receiverIsDead) {
                return false;
            }
            journal.note(HANDED_OVER, count);
            return true;
        }

        private static long receiver(int index) {
            return RECEIVER + (long) index * Long.BYTES;
        }
    }

    @Override
    public boolean isInside(Entry last) {
        return last.event() == HOLDS || last.event() == HANDS_OVER;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        Holds holds = new Holds(TOTAL);
        long acquisitions = 0;
        long transfers = 0;
        for (Witness who : evidence.witnesses()) {
            transfers += who.count(HANDED_OVER);
            // Handed over, they are nobody's for sure until the receiver notes that it has them.
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
        evidence.require(transfers > 0 || acquisitions < ENOUGH, "nobody handed any over");
        LedgerSemaphore semaphore = over(memory);
        evidence.require(semaphore.tryAcquire(TOTAL), "the permits of the dead did not come back");
        evidence.require(
                semaphore.availablePermits() == 0 && semaphore.heldPermits() == TOTAL,
                "there are " + semaphore.availablePermits() + " permits beside all " + TOTAL);
    }
}
