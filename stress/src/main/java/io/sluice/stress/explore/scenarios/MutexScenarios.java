package io.sluice.stress.explore.scenarios;

import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.waiting.Strategies;
import io.sluice.locks.mutex.Mutex;
import io.sluice.locks.mutex.MutexPlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Event;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The mutex. What it protects is a counter that owners read and write plainly. */
final class MutexScenarios {

    private static final long COUNTER = Mutex.memoryBytes();

    private MutexScenarios() {}

    static List<Scenario> all() {
        return List.of(two(), three(), tryLock(), kill(), killHeir(), unrepaired(), wrongVerdict());
    }

    private static Scenario.Builder mutex(String name, String description) {
        return Scenario.named("mutex." + name, description)
                .memory(COUNTER + Long.BYTES)
                .place(MutexPlaces.WORD, "WORD")
                .place(MutexPlaces.FENCE, "FENCE")
                .place(MutexPlaces.WAKE, "WAKE")
                .place(COUNTER, "COUNTER");
    }

    private static Scenario two() {
        return mutex("two", "two lock, count and unlock")
                .actor("left", MutexScenarios::count)
                .actor("right", MutexScenarios::count)
                .judgedBy(outcome -> counted(outcome, 2));
    }

    private static Scenario three() {
        return mutex("three", "three lock, count and unlock")
                .actor("left", MutexScenarios::count)
                .actor("middle", MutexScenarios::count)
                .actor("right", MutexScenarios::count)
                .judgedBy(outcome -> counted(outcome, 3));
    }

    private static Scenario tryLock() {
        return mutex("try-lock", "one locks, another one tries to")
                .actor("left", MutexScenarios::count)
                .actor("right", self -> {
                    Mutex mutex = mutex(self);
                    if (mutex.tryLock()) {
                        section(self);
                        mutex.unlock();
                    } else {
                        self.note("refused");
                    }
                })
                .judgedBy(outcome -> counted(outcome, 2 - outcome.count("refused")));
    }

    private static Scenario kill() {
        return mutex("kill", "one dies anywhere, another one contends, a third comes later")
                .mortal("left", MutexScenarios::count)
                .actor("right", MutexScenarios::count)
                .actorAfter("next", List.of("left", "right"), MutexScenarios::count)
                .judgedBy(MutexScenarios::oneIsTold);
    }

    private static Scenario killHeir() {
        return mutex("kill-heir", "two contend and either or both die anywhere, a third comes later")
                .kills(2)
                .mortal("left", MutexScenarios::count)
                .mortal("right", MutexScenarios::count)
                .actorAfter("next", List.of("left", "right"), MutexScenarios::count)
                .judgedBy(MutexScenarios::oneIsTold);
    }

    private static Scenario unrepaired() {
        return mutex("unrepaired", "one dies anywhere; whoever is told unlocks without repair")
                .mortal("left", MutexScenarios::count)
                .actor("right", MutexScenarios::spoil)
                .actor("third", MutexScenarios::spoil)
                .judgedBy(outcome -> {
                    exclusive(outcome);
                    outcome.require(
                            outcome.count("unusable") == 0 || outcome.count("told") == 1,
                            "it is unusable though nobody left it inconsistent");
                    outcome.require(outcome.count("told") <= 1, "an unusable mutex was given away");
                });
    }

    private static Scenario wrongVerdict() {
        return mutex("wrong-verdict", "an owner is held for dead wrongly, and it and its heir draw a token each")
                .actor("owner", self -> {
                    Mutex mutex = mutex(self);
                    mutex.lock();
                    drawToken(self, mutex);
                    unlockIfOwned(self, mutex);
                })
                .actor("heir", self -> {
                    Mutex mutex = Mutex.over(Bugs.impatient().apply(self.memory()), Strategies.blockAtOnce());
                    if (tryLock(self, mutex)) {
                        drawToken(self, mutex);
                        unlockIfOwned(self, mutex);
                    }
                })
                .judgedBy(MutexScenarios::laterTokenIsHigher);
    }

    // ---- what actors do -------------------------------------------------------------------------------------------

    private static Mutex mutex(Actor self) {
        return Mutex.over(self.memory(), Strategies.blockAtOnce());
    }

    private static void count(Actor self) {
        Mutex mutex = mutex(self);
        try {
            mutex.lock();
        } catch (OwnerDiedException e) {
            self.note("told", e.deadOwner());
            mutex.markConsistent();
        }
        section(self);
        mutex.unlock();
    }

    private static void spoil(Actor self) {
        Mutex mutex = mutex(self);
        try {
            mutex.lock();
        } catch (OwnerDiedException e) {
            self.note("told", e.deadOwner());
        } catch (UnusableLockException e) {
            self.note("unusable");
            return;
        }
        section(self);
        mutex.unlock();
    }

    private static boolean tryLock(Actor self, Mutex mutex) {
        try {
            return mutex.tryLock();
        } catch (OwnerDiedException e) {
            self.note("told", e.deadOwner());
            mutex.markConsistent();
            return true;
        }
    }

    private static void drawToken(Actor self, Mutex mutex) {
        try {
            self.note("token", mutex.fencingToken());
        } catch (FencedException e) {
            self.note("refused");
        }
    }

    private static void unlockIfOwned(Actor self, Mutex mutex) {
        try {
            mutex.unlock();
        } catch (FencedException e) {
            self.note("fenced");
        }
    }

    private static void section(Actor self) {
        self.note("enters");
        self.memory().setLong(COUNTER, self.memory().getLong(COUNTER) + 1);
        self.note("leaves");
    }

    // ---- what must hold -------------------------------------------------------------------------------------------

    private static void counted(Outcome outcome, int sections) {
        exclusive(outcome);
        outcome.require(outcome.count("told") == 0, "somebody was told of a death, and nobody died");
        outcome.require(
                outcome.longAt(COUNTER) == sections,
                "the counter is " + outcome.longAt(COUNTER) + " and not " + sections);
    }

    private static void exclusive(Outcome outcome) {
        Set<String> inside = new HashSet<>();
        for (Event event : outcome.events()) {
            switch (event.what()) {
                case "enters" -> {
                    outcome.require(inside.isEmpty(), event.actor() + " entered while inside was " + inside);
                    inside.add(event.actor());
                }
                case "leaves", Outcome.DIES -> inside.remove(event.actor());
                default -> {}
            }
        }
    }

    /** Who was killed inside has exactly one successor that is told; of others nobody need be told. */
    private static void oneIsTold(Outcome outcome) {
        exclusive(outcome);
        String diedInside = null;
        for (Event event : outcome.events()) {
            if (event.what().equals(Outcome.DIES) && isInside(outcome, event.actor())) {
                diedInside = event.actor();
            }
            if (event.what().equals("told")) {
                diedInside = null;
            }
            if (event.what().equals("enters")) {
                outcome.require(diedInside == null, event.actor() + " was not told of the death of " + diedInside);
            }
        }
        int deaths = outcome.count(Outcome.DIES);
        outcome.require(outcome.count("told") <= deaths, "more were told of a death than died");
        outcome.require(outcome.count("next", "enters") == 1, "whoever came last did not get the mutex");
    }

    /** Whoever took the mutex over has a higher token than the one it took it from, which finds out. */
    private static void laterTokenIsHigher(Outcome outcome) {
        boolean takenOver = outcome.count("told") == 1;
        outcome.require(
                outcome.count("heir", "fenced") + outcome.count("heir", "refused") == 0,
                "the heir lost what nobody took from it");
        outcome.require(
                outcome.count("owner", "fenced") == (takenOver ? 1 : 0),
                takenOver ? "the owner does not know that it lost the mutex" : "the owner kept the mutex and lost it");
        long[] earlier = outcome.values("owner", "token");
        long[] later = outcome.values("heir", "token");
        if (takenOver && earlier.length > 0) {
            outcome.require(
                    earlier[0] < later[0],
                    "the owner drew " + earlier[0] + ", whoever came behind it drew " + later[0]);
        }
    }

    private static boolean isInside(Outcome outcome, String actor) {
        return outcome.count(actor, "enters") > outcome.count(actor, "leaves");
    }
}
