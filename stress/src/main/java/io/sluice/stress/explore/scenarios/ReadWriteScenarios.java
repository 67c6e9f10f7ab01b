package io.sluice.stress.explore.scenarios;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.Strategies;
import io.sluice.locks.readwrite.ReadWritePlaces;
import io.sluice.locks.readwrite.RegionReadWriteLock;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Event;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The read-write lock. What it protects is a pair of numbers that writers raise one after the other, plainly. */
final class ReadWriteScenarios {

    private static final int ATTACHMENTS = 3;
    private static final long FIRST = RegionHeaderLayout.BODY + RegionReadWriteLock.bodyBytes(ATTACHMENTS);
    private static final long SECOND = FIRST + Long.BYTES;

    private ReadWriteScenarios() {}

    static List<Scenario> all() {
        return List.of(
                readAndWrite(false),
                readAndWrite(true),
                writers(),
                killWriter(),
                killHeir(),
                killReader(false),
                killReader(true));
    }

    private static Scenario.Builder lock(String name, String description) {
        return Scenario.named("read-write." + name, description)
                .memory(SECOND + Long.BYTES)
                .place(ReadWritePlaces.WRITER, "WRITER")
                .place(FIRST, "FIRST")
                .place(SECOND, "SECOND");
    }

    private static Scenario readAndWrite(boolean fair) {
        return lock(fair ? "two-fair" : "two", "one reads, one writes" + (fair ? ", in the order of arrival" : ""))
                .actor("reader", self -> read(self, fair))
                .actor("writer", self -> write(self, fair))
                .judgedBy(outcome -> {
                    apart(outcome);
                    written(outcome, 1);
                });
    }

    private static Scenario writers() {
        return lock("writers", "two write")
                .actor("left", self -> write(self, false))
                .actor("right", self -> write(self, false))
                .judgedBy(outcome -> {
                    apart(outcome);
                    written(outcome, 2);
                });
    }

    private static Scenario killWriter() {
        return lock("kill-writer", "a writer dies anywhere, one reads, another one writes when both are gone")
                .mortal("victim", self -> write(self, false))
                .actor("reader", self -> read(self, false))
                .actorAfter("heir", List.of("victim", "reader"), self -> write(self, false))
                .judgedBy(outcome -> {
                    apart(outcome);
                    heirIsTold(outcome);
                    outcome.require(outcome.count("heir", "leaves") == 1, "the heir did not get to write");
                });
    }

    private static Scenario killHeir() {
        return lock("kill-heir", "a writer dies anywhere, and so does the next one, a third writes")
                .kills(2)
                .mortal("victim", self -> write(self, false))
                .mortalAfter("heir", List.of("victim"), self -> write(self, false))
                .actorAfter("next", List.of("heir"), self -> write(self, false))
                .judgedBy(outcome -> {
                    apart(outcome);
                    heirsAreTold(outcome);
                    outcome.require(outcome.count("next", "leaves") == 1, "the last heir did not get to write");
                });
    }

    private static Scenario killReader(boolean fair) {
        return lock(fair ? "kill-reader-fair" : "kill-reader", "a reader dies anywhere, one writes")
                .mortal("victim", self -> read(self, fair))
                .actor("writer", self -> write(self, fair))
                .judgedBy(outcome -> {
                    apart(outcome);
                    outcome.require(outcome.count("told") == 0, "told of the death of somebody who wrote nothing");
                    written(outcome, 1);
                });
    }

    // ---- what actors do -------------------------------------------------------------------------------------------

    private static RegionReadWriteLock lock(Actor self, boolean fair) {
        return new RegionReadWriteLock(self.memory(), ATTACHMENTS, fair, Strategies.blockAtOnce(), () -> {});
    }

    private static void read(Actor self, boolean fair) {
        RegionReadWriteLock lock = lock(self, fair);
        try {
            lock.readLock().lock();
        } catch (RepairNeededException e) {
            self.note("refused");
            return;
        }
        self.note("reads");
        self.note("first", self.memory().getLong(FIRST));
        self.note("second", self.memory().getLong(SECOND));
        self.note("leaves");
        lock.readLock().unlock();
    }

    private static void write(Actor self, boolean fair) {
        RegionReadWriteLock lock = lock(self, fair);
        RegionMemory memory = self.memory();
        try {
            lock.writeLock().lock();
        } catch (OwnerDiedException e) {
            self.note("told", e.deadOwner());
            memory.setLong(SECOND, memory.getLong(FIRST));
            lock.writeLock().markConsistent();
        }
        self.note("writes");
        long next = memory.getLong(FIRST) + 1;
        memory.setLong(FIRST, next);
        memory.setLong(SECOND, next);
        self.note("leaves");
        lock.writeLock().unlock();
    }

    // ---- what must hold -------------------------------------------------------------------------------------------

    /** Writers are alone, and readers see whole pairs. */
    private static void apart(Outcome outcome) {
        Map<String, String> inside = new HashMap<>();
        for (Event event : outcome.events()) {
            switch (event.what()) {
                case "writes" -> {
                    outcome.require(inside.isEmpty(), event.actor() + " wrote beside " + inside);
                    inside.put(event.actor(), event.what());
                }
                case "reads" -> {
                    outcome.require(!inside.containsValue("writes"), event.actor() + " read beside " + inside);
                    inside.put(event.actor(), event.what());
                }
                case "leaves", Outcome.DIES -> inside.remove(event.actor());
                default -> {}
            }
        }
        long[] seconds = outcome.values("second");
        for (int pair = 0; pair < seconds.length; pair++) {
            long first = outcome.values("first")[pair];
            outcome.require(first == seconds[pair], "half a change was read: " + first + " and " + seconds[pair]);
        }
    }

    private static void written(Outcome outcome, int times) {
        outcome.require(
                outcome.longAt(FIRST) == times && outcome.longAt(SECOND) == times,
                "the pair is " + outcome.longAt(FIRST) + " and " + outcome.longAt(SECOND) + " after " + times
                        + " changes");
    }

    /** Who died writing has an heir that is told; a reader before that is refused; of others nobody need be told. */
    private static void heirIsTold(Outcome outcome) {
        boolean diedWriting = outcome.isKilled("victim")
                && outcome.count("victim", "writes") > 0
                && outcome.count("victim", "leaves") == 0;
        outcome.require(!diedWriting || outcome.count("heir", "told") == 1, "the heir was not told");
        outcome.require(outcome.count("told") <= outcome.count(Outcome.DIES), "told of more deaths than there were");
    }

    /** Nobody writes behind a writer that died writing, or repairing, without being told. */
    private static void heirsAreTold(Outcome outcome) {
        Set<String> inside = new HashSet<>();
        String diedInside = null;
        for (Event event : outcome.events()) {
            switch (event.what()) {
                case "told" -> {
                    diedInside = null;
                    inside.add(event.actor());
                }
                case "writes" -> {
                    outcome.require(diedInside == null, event.actor() + " was not told of the death of " + diedInside);
                    inside.add(event.actor());
                }
                case "leaves" -> inside.remove(event.actor());
                case Outcome.DIES -> diedInside = inside.remove(event.actor()) ? event.actor() : diedInside;
                default -> {}
            }
        }
        outcome.require(outcome.count("told") <= outcome.count(Outcome.DIES), "told of more deaths than there were");
    }
}
