package io.sluice.stress.storm.targets;

import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.latch.LatchPlaces;
import io.sluice.locks.latch.RegionLatch;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Latches, one after the other: each opens when all have counted, or breaks because one that had promised died, and all
 * agree which.
 */
public final class LatchTarget implements Target {

    private static final int PROMISING = 1; // a: which latch
    private static final int COUNTING = 2;
    private static final int COUNTED = 3;
    private static final int OPEN = 4;
    private static final int BROKEN = 5; // b: who died
    private static final int LATE = 6;

    private static final int COUNT = 2;
    private static final int LATCHES = 1 << 15;
    // Each latch has its counts; the wake word and the list of waiters, which nothing goes by, are shared by all.
    private static final long COUNTS = LatchPlaces.count(0);
    private static final long COUNTS_BYTES = (LatchPlaces.count(COUNT) - COUNTS + 127) / 128 * 128;
    private static final long NOW = COUNTS + LATCHES * COUNTS_BYTES;
    private static final long PATIENCE_MILLIS = 20;

    /** For the storm. */
    public LatchTarget() {}

    @Override
    public String name() {
        return "latch";
    }

    @Override
    public long bodyBytes() {
        return NOW + Long.BYTES - RegionHeaderLayout.BODY;
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        return () -> {
            long now = memory.getLongAcquire(NOW);
            if (now < LATCHES) {
                use(latch(memory, now), now, journal, random);
                if (isDecided(latch(memory, now))) {
                    memory.compareAndSetLong(NOW, now, now + 1);
                }
            } else {
                journal.note(LATE, now);
            }
            Dwell.between(random);
        };
    }

    private static RegionLatch latch(RegionMemory memory, long number) {
        RegionMemory own = new ShiftedMemory(memory, COUNTS, number * COUNTS_BYTES);
        return new RegionLatch(own, COUNT, WaitStrategy.block(), () -> {});
    }

    private static boolean isDecided(RegionLatch latch) {
        return latch.getCount() == 0 || latch.isBroken();
    }

    private static void use(RegionLatch latch, long number, Journal journal, SplittableRandom random)
            throws InterruptedException {
        journal.note(PROMISING, number);
        try {
            latch.promise();
            Dwell.inside(random);
            journal.note(COUNTING, number);
            latch.countDown();
            journal.note(COUNTED, number);
        } catch (IllegalStateException allPromised) {
            journal.note(LATE, number);
        }
        try {
            if (latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                journal.note(OPEN, number);
            }
        } catch (BrokenLatchException e) {
            journal.note(BROKEN, number, e.deadParty());
        }
    }

    /** What became of a latch, according to all. */
    private static final class Fate {
        private int counting;
        private boolean open;
        private boolean broken;
    }

    @Override
    public boolean isInside(Entry last) {
        return last.event() == PROMISING || last.event() == COUNTING;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        Map<Long, Fate> fates = new HashMap<>();
        for (Witness who : evidence.witnesses()) {
            for (Entry entry : who.entries()) {
                Fate fate = fates.computeIfAbsent(entry.a(), absent -> new Fate());
                fate.counting += entry.event() == COUNTING ? 1 : 0;
                fate.open |= entry.event() == OPEN;
                if (entry.event() == BROKEN) {
                    fate.broken = true;
                    mourn(entry, evidence);
                }
            }
        }
        fates.forEach((number, fate) -> {
            evidence.require(
                    !(fate.open && fate.broken), "latch " + number + " is open for one and broken for another");
            evidence.require(
                    !fate.open || fate.counting >= COUNT,
                    "latch " + number + " is open after " + fate.counting + " counts");
        });
        evidence.require(fates.values().stream().anyMatch(fate -> fate.open), "no latch ever opened");
    }

    private static void mourn(Entry broken, Evidence evidence) {
        Witness dead = evidence.witness(broken.b());
        evidence.require(dead != null, "broken by the death of somebody who was not there");
        if (dead != null) {
            long promised = count(dead, PROMISING, broken.a()) - count(dead, LATE, broken.a());
            evidence.require(
                    promised > count(dead, COUNTED, broken.a()),
                    "latch " + broken.a() + " broken by " + dead + ", which had promised nothing, or counted");
            evidence.recovered(dead, broken.nanos());
        }
    }

    private static long count(Witness who, int event, long number) {
        return who.entries().stream()
                .filter(entry -> entry.event() == event && entry.a() == number)
                .count();
    }
}
