package io.sluice.stress.storm.targets;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.mutex.Mutex;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** A time inside. */
    private record Section(Witness who, long fence, long from, long to, boolean left, long told) {}

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        List<Section> sections = new ArrayList<>();
        evidence.witnesses().forEach(who -> sections.addAll(sectionsOf(who)));
        sections.sort(Comparator.comparingLong(Section::fence));
        Set<Long> told = new HashSet<>();
        Section before = null;
        for (Section section : sections) {
            if (section.told() != 0) {
                Witness dead = evidence.witness(section.told());
                evidence.require(dead != null, "told of the death of somebody who was not there");
                evidence.require(told.add(section.told()), "told twice of the death of " + dead);
                if (dead != null) {
                    evidence.recovered(dead, section.from());
                }
            }
            if (before != null) {
                judge(before, section, evidence);
            }
            before = section;
        }
        evidence.require(!sections.isEmpty(), "nobody was ever inside");
        works(memory, evidence);
    }

    private static void judge(Section before, Section next, Evidence evidence) {
        evidence.require(before.fence() < next.fence(), "two sections with the token " + next.fence());
        evidence.require(
                before.to() <= next.from(), "sections " + before.fence() + " and " + next.fence() + " overlap");
        // Or of the death of an heir that had been told and died before it noted anything.
        evidence.require(
                before.left() || next.told() != 0, next.who() + " was not told that " + before.who() + " died inside");
    }

    private static List<Section> sectionsOf(Witness who) {
        List<Section> sections = new ArrayList<>();
        Entry entered = null;
        for (Entry entry : who.entries()) {
            if (entry.event() == ENTERED) {
                entered = entry;
            } else if (entered != null) {
                sections.add(new Section(who, entered.a(), entered.nanos(), entry.nanos(), true, entered.b()));
                entered = null;
            }
        }
        if (entered != null) {
            sections.add(new Section(who, entered.a(), entered.nanos(), who.killedNanos(), false, entered.b()));
        }
        return sections;
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
