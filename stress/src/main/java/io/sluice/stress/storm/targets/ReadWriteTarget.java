package io.sluice.stress.storm.targets;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.readwrite.RegionReadWriteLock;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import io.sluice.stress.storm.Holds;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Read-write lock: a writer alone or readers together, nothing half-written read, writers' tokens grow, and each death
 * of one is told once, to the next.
 */
public final class ReadWriteTarget implements Target {

    private static final int READS = 1;
    private static final int WRITES = 2; // a: fencing token, b: the dead writer that it was told of
    private static final int LEAVES = 3;

    private static final int ATTACHMENTS = 16;
    private static final long FIRST = RegionHeaderLayout.BODY + RegionReadWriteLock.bodyBytes(ATTACHMENTS);
    private static final long SECOND = FIRST + 128;
    private static final long END = FIRST + 256;

    private final boolean fair;

    /** For the storm. */
    public ReadWriteTarget(boolean fair) {
        this.fair = fair;
    }

    @Override
    public String name() {
        return fair ? "readwrite-fair" : "readwrite";
    }

    @Override
    public long bodyBytes() {
        return END - RegionHeaderLayout.BODY;
    }

    private RegionReadWriteLock over(RegionMemory memory) {
        return new RegionReadWriteLock(memory, ATTACHMENTS, fair, WaitStrategy.block(), () -> {});
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        RegionReadWriteLock lock = over(memory);
        return () -> {
            if (random.nextInt(3) == 0) {
                write(lock, memory, journal, random);
            } else {
                read(lock, memory, journal, random);
            }
            Dwell.between(random);
        };
    }

    private static void read(RegionReadWriteLock lock, RegionMemory memory, Journal journal, SplittableRandom random)
            throws InterruptedException {
        try {
            if (!lock.readLock().tryLock(random.nextInt(5), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (RepairNeededException e) {
            // A writer's business.
            return;
        }
        journal.note(READS, 0);
        long number = memory.getLong(FIRST);
        Dwell.inside(random);
        if (number != memory.getLong(SECOND)) {
            throw new IllegalStateException("read half of a change: " + number + " and " + memory.getLong(SECOND));
        }
        journal.note(LEAVES, 0);
        lock.readLock().unlock();
    }

    private static void write(RegionReadWriteLock lock, RegionMemory memory, Journal journal, SplittableRandom random)
            throws InterruptedException {
        long dead = 0;
        try {
            if (!lock.writeLock().tryLock(random.nextInt(5), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (OwnerDiedException e) {
            dead = e.deadOwner();
        }
        journal.note(WRITES, lock.writeLock().fencingToken(), dead);
        if (dead != 0) {
            memory.setLong(SECOND, memory.getLong(FIRST));
            lock.writeLock().markConsistent();
        }
        long number = memory.getLong(FIRST);
        if (number != memory.getLong(SECOND)) {
            throw new IllegalStateException(
                    "half of a change, and nobody was told: " + number + " and " + memory.getLong(SECOND));
        }
        memory.setLong(FIRST, number + 1);
        Dwell.inside(random);
        memory.setLong(SECOND, number + 1);
        journal.note(LEAVES, 0);
        lock.writeLock().unlock();
    }

    @Override
    public boolean isInside(Entry last) {
        return last.event() != LEAVES;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) throws InterruptedException {
        // A reader weighs one and a writer all there is room for, so that neither fits beside a writer.
        long most = Integer.MAX_VALUE;
        Holds holds = new Holds(most);
        OwnedSections writings = new OwnedSections();
        for (Witness who : evidence.witnesses()) {
            writings.add(who, WRITES);
            Entry begun = null;
            for (Entry entry : who.entries()) {
                if (entry.event() == LEAVES) {
                    holds.add(who, begun.nanos(), entry.nanos(), weight(begun, most));
                    begun = null;
                } else {
                    begun = entry;
                }
            }
            if (begun != null) {
                holds.add(who, begun.nanos(), who.killedNanos(), weight(begun, most));
            }
        }
        holds.check(evidence);
        writings.judge(evidence);
        evidence.require(!writings.isEmpty(), "nobody ever wrote");
        works(memory, evidence);
    }

    private static long weight(Entry begun, long most) {
        return begun.event() == WRITES ? most : 1;
    }

    private void works(RegionMemory memory, Evidence evidence) throws InterruptedException {
        RegionReadWriteLock lock = over(memory);
        try {
            evidence.require(
                    lock.writeLock().tryLock(1, TimeUnit.SECONDS), "it cannot be locked when everybody is dead");
        } catch (OwnerDiedException e) {
            evidence.require(evidence.witness(e.deadOwner()) != null, "told of somebody who was not there");
            lock.writeLock().markConsistent();
        }
        lock.writeLock().unlock();
        evidence.require(lock.readLock().tryLock(), "it cannot be read when everybody is dead");
    }
}
