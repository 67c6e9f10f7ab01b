package io.sluice.stress.storm.targets;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.LockFullException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.barrier.RegionBarrier;
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
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Barrier: nobody passes before the others have come, each generation is ended by one, and deaths break it. */
public final class BarrierTarget implements Target {

    private static final int COMING = 1; // a: generation before
    private static final int PASSED = 2; // a: generation afterwards, b: 1 if this process ended it
    private static final int BROKEN = 3;
    private static final int WAITING_FOR_A_PLACE = 4;

    private static final int PARTIES = 3;
    private static final long PATIENCE_MILLIS = 100;

    /** For the storm. */
    public BarrierTarget() {}

    @Override
    public String name() {
        return "barrier";
    }

    @Override
    public long bodyBytes() {
        return RegionBarrier.bodyBytes(PARTIES);
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        RegionBarrier barrier = new RegionBarrier(memory, PARTIES, WaitStrategy.block(), () -> {});
        return new Member(barrier, journal, random);
    }

    private static final class Member implements Worker {

        private final RegionBarrier barrier;
        private final Journal journal;
        private final SplittableRandom random;
        private BarrierParty party;

        Member(RegionBarrier barrier, Journal journal, SplittableRandom random) {
            this.barrier = barrier;
            this.journal = journal;
            this.random = random;
        }

        @Override
        public void turn() throws InterruptedException {
            Dwell.between(random);
            if (party == null && !join()) {
                return;
            }
            journal.note(COMING, barrier.generation());
            try {
                boolean ended = party.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                journal.note(PASSED, barrier.generation(), ended ? 1 : 0);
            } catch (BrokenBarrierException | TimeoutException e) {
                journal.note(BROKEN, 0);
                barrier.reset();
            }
        }

        private boolean join() {
            try {
                party = barrier.join();
                return true;
            } catch (LockFullException e) {
                journal.note(WAITING_FOR_A_PLACE, 0);
                if (barrier.isBroken()) {
                    barrier.reset();
                }
                return false;
            }
        }
    }

    /** A time at the barrier; {@code passed}: of a generation, if it is known of which. */
    private record Stay(Witness who, long generation, long from, long to, boolean passed, boolean ended) {

        /** Whether its end is the death of who was there: then it may have arrived, and counts as there afterwards. */
        boolean isLast() {
            return to == who.killedNanos();
        }
    }

    @Override
    public boolean isInside(Entry last) {
        return last.event() == COMING;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        List<Stay> stays = new ArrayList<>();
        evidence.witnesses().forEach(who -> stays.addAll(staysOf(who)));
        stays.sort(Comparator.comparingLong(Stay::from));
        long longest =
                stays.stream().mapToLong(stay -> stay.to() - stay.from()).max().orElse(0);
        List<Stay> last = stays.stream().filter(Stay::isLast).toList();
        NavigableMap<Long, Long> ends = ends(evidence);
        Set<Long> ended = new HashSet<>();
        for (int index = 0; index < stays.size(); index++) {
            Stay stay = stays.get(index);
            if (stay.passed()) {
                Map.Entry<Long, Long> before = ends.lowerEntry(stay.generation());
                int there = there(stays, index, longest, last, before == null ? Long.MIN_VALUE : before.getValue());
                evidence.require(
                        there >= PARTIES,
                        stay.who() + " passed with " + there + " there, generation " + stay.generation());
            }
            if (stay.ended()) {
                evidence.require(ended.add(stay.generation()), "ended twice: generation " + stay.generation());
            }
        }
        evidence.require(!ended.isEmpty(), "nobody ever passed");
    }

    /** By generation: the earliest time at which the next may have begun. */
    private static NavigableMap<Long, Long> ends(Evidence evidence) {
        NavigableMap<Long, Long> ends = new TreeMap<>();
        for (Witness who : evidence.witnesses()) {
            Entry before = null;
            for (Entry entry : who.entries()) {
                // It looked at the generation between its entries: then at the earliest, that had not ended.
                if (before != null && (entry.event() == COMING || entry.event() == PASSED)) {
                    ends.merge(entry.a(), before.nanos(), Math::max);
                }
                before = entry;
            }
        }
        long latest = Long.MIN_VALUE;
        for (Map.Entry<Long, Long> end : ends.entrySet()) {
            latest = Math.max(latest, end.getValue());
            end.setValue(latest);
        }
        return ends;
    }

    /** How many may have been at the barrier together with the stay at {@code index}, of what began at {@code begun}. */
    private static int there(List<Stay> stays, int index, long longest, List<Stay> last, long begun) {
        Stay stay = stays.get(index);
        int first = index;
        while (first > 0 && stays.get(first - 1).from() >= stay.from() - longest) {
            first--;
        }
        Set<Long> there = new HashSet<>();
        for (int other = first; other < stays.size() && stays.get(other).from() <= stay.to(); other++) {
            Stay beside = stays.get(other);
            if (beside.generation() <= stay.generation() && beside.to() >= stay.from()) {
                there.add(beside.who().token());
            }
        }
        for (Stay dead : last) {
            // Any number of resets may have come between its look at the generation and its arrival.
            if (dead.from() <= stay.to()
                    && dead.generation() <= stay.generation()
                    && dead.who().goneNanos() >= begun) {
                there.add(dead.who().token());
            }
        }
        return there.size();
    }

    private static List<Stay> staysOf(Witness who) {
        List<Stay> stays = new ArrayList<>();
        Entry coming = null;
        for (Entry entry : who.entries()) {
            if (entry.event() == COMING) {
                coming = entry;
            } else if (coming != null) {
                // Others may have begun another generation between its look and its arrival, or after it passed.
                boolean known = entry.event() == PASSED && entry.a() == coming.a() + 1;
                stays.add(new Stay(who, coming.a(), coming.nanos(), entry.nanos(), known, known && entry.b() == 1));
                coming = null;
            }
        }
        if (coming != null) {
            stays.add(new Stay(who, coming.a(), coming.nanos(), who.killedNanos(), false, false));
        }
        return stays;
    }
}
