package io.sluice.stress.explore.scenarios;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.LockFullException;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.Strategies;
import io.sluice.locks.barrier.BarrierPlaces;
import io.sluice.locks.barrier.RegionBarrier;
import io.sluice.locks.eventcount.RegionEventCount;
import io.sluice.locks.latch.LatchPlaces;
import io.sluice.locks.latch.RegionLatch;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Latch, barrier and event count: processes that wait for each other, and what each wrote plainly before. */
final class MeetingScenarios {

    private static final int TWO = 2;
    private static final long LATCH_END = RegionHeaderLayout.BODY + RegionLatch.bodyBytes(TWO);
    private static final long BARRIER_END = RegionHeaderLayout.BODY + RegionBarrier.bodyBytes(TWO);
    private static final long EVENTS_END = RegionHeaderLayout.BODY + RegionEventCount.bodyBytes();

    private MeetingScenarios() {}

    static List<Scenario> all() {
        return List.of(
                latch(),
                killPromiser(),
                killPromisers(),
                barrier(),
                killParty(),
                killParties(),
                events(),
                killAdvancer());
    }

    // ---- latch ----------------------------------------------------------------------------------------------------

    private static Scenario.Builder latch(String name, String description) {
        return Scenario.named("latch." + name, description)
                .memory(LATCH_END + TWO * Long.BYTES)
                .place(LatchPlaces.count(0), "COUNT 0")
                .place(LatchPlaces.count(1), "COUNT 1")
                .place(LATCH_END, "LEFT")
                .place(LATCH_END + Long.BYTES, "RIGHT");
    }

    private static Scenario latch() {
        return latch("two", "two count, one of them after a promise, a third waits for both")
                .actor("left", self -> count(self, 0, true))
                .actor("right", self -> count(self, 1, false))
                .actor("waiter", MeetingScenarios::awaitLatch)
                .judgedBy(outcome -> outcome.requireEqual(
                        new long[] {1, 1}, outcome.values("waiter", "sees"), "what was done before the counts"));
    }

    private static Scenario killPromiser() {
        return latch("kill", "one has promised to count and dies anywhere, another one counts, a third waits")
                .mortal("left", self -> count(self, 0, true))
                .actor("right", self -> count(self, 1, false))
                .actorAfter("filler", List.of("left", "right"), MeetingScenarios::fill)
                .actor("waiter", MeetingScenarios::awaitLatch)
                .judgedBy(MeetingScenarios::brokenOrOpen);
    }

    private static Scenario killPromisers() {
        return latch("kill-both", "two have promised to count and either or both die anywhere, a third waits")
                .kills(2)
                .mortal("left", self -> count(self, 0, true))
                .mortal("right", self -> count(self, 1, true))
                .actorAfter("filler", List.of("left", "right"), MeetingScenarios::fill)
                .actor("waiter", MeetingScenarios::awaitLatch)
                .judgedBy(MeetingScenarios::brokenOrOpen);
    }

    private static RegionLatch latch(Actor self) {
        return new RegionLatch(self.memory(), TWO, Strategies.blockAtOnce(), () -> {});
    }

    private static void count(Actor self, int who, boolean promises) {
        RegionLatch latch = latch(self);
        if (promises) {
            latch.promise();
            self.note("promised");
        }
        self.memory().setLong(LATCH_END + (long) who * Long.BYTES, 1);
        latch.countDown();
        self.note("counted");
    }

    /** Makes the counts that nobody has promised. */
    private static void fill(Actor self) {
        RegionLatch latch = latch(self);
        if (latch.isBroken()) {
            self.note("finds broken");
            return;
        }
        while (latch.getCount() > 0) {
            self.memory().setLong(LATCH_END, 1);
            self.memory().setLong(LATCH_END + Long.BYTES, 1);
            latch.countDown();
        }
    }

    private static void awaitLatch(Actor self) throws InterruptedException {
        RegionLatch latch = latch(self);
        try {
            latch.await();
        } catch (BrokenLatchException e) {
            self.note("broken", e.deadParty());
            return;
        }
        self.note("sees", self.memory().getLong(LATCH_END));
        self.note("sees", self.memory().getLong(LATCH_END + Long.BYTES));
    }

    private static void brokenOrOpen(Outcome outcome) {
        int broken = outcome.count("waiter", "broken");
        boolean promiseBroken = diedBeforeItCounted(outcome, "left") || diedBeforeItCounted(outcome, "right");
        outcome.require(broken == 0 || promiseBroken, "broken, and nobody died that had not counted");
        outcome.require(broken == outcome.count("filler", "finds broken"), "not the same for all");
        if (broken == 0) {
            outcome.requireEqual(
                    new long[] {1, 1}, outcome.values("waiter", "sees"), "what was done before the counts");
        }
    }

    private static boolean diedBeforeItCounted(Outcome outcome, String who) {
        return outcome.isKilled(who) && outcome.count(who, "counted") == 0;
    }

    // ---- barrier --------------------------------------------------------------------------------------------------

    private static Scenario.Builder barrier(String name, String description) {
        return Scenario.named("barrier." + name, description)
                .memory(BARRIER_END + TWO * Long.BYTES)
                .place(BarrierPlaces.STATE, "STATE")
                .place(BarrierPlaces.arrived(0), "ARRIVED 0")
                .place(BarrierPlaces.arrived(1), "ARRIVED 1");
    }

    private static Scenario barrier() {
        return barrier("two", "two meet twice, and each reads what the other one wrote before")
                .actor("left", self -> meet(self, 0, 2))
                .actor("right", self -> meet(self, 1, 2))
                .judgedBy(outcome -> {
                    outcome.require(outcome.count("broken") == 0, "broken, and nobody died");
                    outcome.requireEqual(new long[] {1, 2}, outcome.values("left", "sees"), "what left saw");
                    outcome.requireEqual(new long[] {1, 2}, outcome.values("right", "sees"), "what right saw");
                    outcome.require(outcome.count("ends it") == 2, "each generation is ended by one");
                });
    }

    private static Scenario killParty() {
        // Who dies before it joins is waited for in vain.
        return barrier("kill", "a party dies anywhere, the other one waits for it, for a while")
                .expectTimeouts()
                .mortal("left", self -> meet(self, 0, 1))
                .actor("right", self -> meetOrGiveUp(self, 1))
                .judgedBy(outcome -> {
                    int met = outcome.count("right", "sees");
                    outcome.require(met + outcome.count("right", "broken") == 1, "the other one is not told");
                    outcome.require(met == 1 || outcome.count("left", "sees") == 0, "met by one and not by the other");
                    outcome.requireEqual(
                            met == 1 ? new long[] {1} : new long[0], outcome.values("right", "sees"), "what right saw");
                });
    }

    private static Scenario killParties() {
        return barrier("kill-both", "either or both of two parties die anywhere, a third then resets and joins")
                .expectTimeouts()
                .kills(2)
                .mortal("left", self -> meetOrGiveUp(self, 0))
                .mortal("right", self -> meetOrGiveUp(self, 1))
                .actorAfter("next", List.of("left", "right"), MeetingScenarios::takeThePlacesOfTheDead)
                .judgedBy(outcome -> {
                    oneVerdict(outcome, "left", "right");
                    oneVerdict(outcome, "right", "left");
                    outcome.require(
                            outcome.count("next", "joins") == outcome.count(Outcome.DIES),
                            "places of the dead are not free");
                });
    }

    /** A party that lives is told one thing, and not that they met at what is broken to the other one, nor alone. */
    private static void oneVerdict(Outcome outcome, String party, String other) {
        int told = outcome.count(party, "sees") + outcome.count(party, "broken");
        outcome.require(outcome.isKilled(party) || told == 1, party + " is not told");
        if (outcome.count(party, "sees") == 1) {
            outcome.requireEqual(new long[] {1}, outcome.values(party, "sees"), "what " + party + " saw");
            outcome.require(outcome.count(other, "broken") == 0, "met by " + party + " and not by " + other);
        }
    }

    private static RegionBarrier barrier(Actor self) {
        return new RegionBarrier(self.memory(), TWO, Strategies.blockAtOnce(), () -> {});
    }

    private static void meet(Actor self, int who, int times) throws InterruptedException {
        BarrierParty party = barrier(self).join();
        for (int time = 1; time <= times; time++) {
            self.memory().setLong(BARRIER_END + (long) who * Long.BYTES, time);
            try {
                if (party.await()) {
                    self.note("ends it");
                }
            } catch (BrokenBarrierException e) {
                self.note("broken");
                return;
            }
            self.note("sees", self.memory().getLong(BARRIER_END + (1L - who) * Long.BYTES));
            if (time < times) {
                // Or else the other one could write its next number before this one has read.
                pause(self, party);
            }
        }
    }

    private static void meetOrGiveUp(Actor self, int who) throws InterruptedException {
        BarrierParty party = barrier(self).join();
        self.memory().setLong(BARRIER_END + (long) who * Long.BYTES, 1);
        try {
            party.await(50, TimeUnit.MILLISECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            self.note("broken");
            return;
        }
        self.note("sees", self.memory().getLong(BARRIER_END + (1L - who) * Long.BYTES));
    }

    private static void takeThePlacesOfTheDead(Actor self) {
        RegionBarrier barrier = barrier(self);
        barrier.reset();
        try {
            while (true) {
                barrier.join();
                self.note("joins");
            }
        } catch (LockFullException e) {
            // As many as died, if those that did not have their places still.
        }
    }

    private static void pause(Actor self, BarrierParty party) throws InterruptedException {
        try {
            party.await();
        } catch (BrokenBarrierException e) {
            self.note("broken");
        }
    }

    // ---- event count ----------------------------------------------------------------------------------------------

    private static Scenario.Builder events(String name, String description) {
        return Scenario.named("events." + name, description)
                .memory(EVENTS_END + Long.BYTES)
                .place(RegionHeaderLayout.BODY, "EVENTS")
                .place(EVENTS_END, "DATA");
    }

    private static Scenario events() {
        return events("two", "one waits for the event that another one announces")
                .actor("waiter", MeetingScenarios::awaitEvent)
                .actor("teller", MeetingScenarios::tell)
                .judgedBy(outcome ->
                        outcome.requireEqual(new long[] {1}, outcome.values("sees"), "what was done before the event"));
    }

    private static Scenario killAdvancer() {
        return events("kill", "one dies anywhere announcing, another one announces, a third waits")
                .mortal("victim", MeetingScenarios::tell)
                .actor("waiter", MeetingScenarios::awaitEvent)
                .actorAfter("teller", List.of("victim"), MeetingScenarios::tell)
                .judgedBy(outcome ->
                        outcome.requireEqual(new long[] {1}, outcome.values("sees"), "what was done before the event"));
    }

    private static RegionEventCount events(Actor self) {
        return new RegionEventCount(self.memory(), Strategies.blockAtOnce(), () -> {});
    }

    private static void awaitEvent(Actor self) throws InterruptedException {
        events(self).awaitBeyond(0);
        self.note("sees", self.memory().getLong(EVENTS_END));
    }

    private static void tell(Actor self) {
        self.memory().setLong(EVENTS_END, 1);
        events(self).advance();
    }
}
