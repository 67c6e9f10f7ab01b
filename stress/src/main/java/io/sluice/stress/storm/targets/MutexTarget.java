package io.sluice.stress.storm.targets;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.mutex.Mutex;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Mutex: sections that do not overlap, tokens that grow, and each death inside told once, to the next owner. */
public final class MutexTarget implements Target {

    private static final int ENTERED = 1; // a: fencing token, b: the dead owner that it was told of
    private static final int LEAVING = 2; // a: fencing token

    private static final long FIRST = Mutex.memoryBytes();
    private static final long SECOND = FIRST + 128;
    private static final long END = FIRST + 256;

    /** For the storm. */
    public MutexTarget() {}

    @Override
    public String name() {
        return "mutex";
    }

    @Override
    public long bodyBytes() {
        return END - RegionHeaderLayout.BODY;
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        Mutex mutex = Mutex.over(memory, WaitStrategy.block());
        return () -> turn(mutex, memory, journal, random);
    }

    private static void turn(Mutex mutex, RegionMemory memory, Journal journal, SplittableRandom random)
            throws InterruptedException {
        long dead = 0;
        try {
            if (!mutex.tryLock(random.nextInt(5), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (OwnerDiedException e) {
            dead = e.deadOwner();
        }
        long fence = mutex.fencingToken();
        journal.note(ENTERED, fence, dead);
        if (dead != 0) {
            memory.setLong(SECOND, memory.getLong(FIRST));
            mutex.markConsistent();
        }
        long number = memory.getLong(FIRST);
        if (number != memory.getLong(SECOND)) {
            throw new IllegalStateException("half of a change, and nobody was told: " + number + " and "
                    + memory.getLong(SECOND) + ", section " + fence);
        }
        memory.setLong(FIRST, number + 1);
        Dwell.inside(random);
        memory.setLong(SECOND, number + 1);
        journal.note(LEAVING, fence);
        mutex.unlock();
        Dwell.between(random);
    }

    @Override
    public boolean isInside(Entry last) {
        return last.event() == ENTERED;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        OwnedSections sections = new OwnedSections();
        evidence.witnesses().forEach(who -> sections.add(who, ENTERED));
        sections.judge(evidence);
        evidence.require(!sections.isEmpty(), "nobody was ever inside");
        works(memory, evidence);
    }

    private static void works(RegionMemory memory, Evidence evidence) {
        Mutex mutex = Mutex.over(memory, WaitStrategy.block());
        try {
            evidence.require(mutex.tryLock(), "it cannot be locked when everybody is dead");
        } catch (OwnerDiedException e) {
            evidence.require(evidence.witness(e.deadOwner()) != null, "told of somebody who was not there");
            mutex.markConsistent();
        }
        mutex.unlock();
    }
}
