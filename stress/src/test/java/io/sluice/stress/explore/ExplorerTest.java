package io.sluice.stress.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplorerTest {

    private static final long WORD = 8;

    private static Exploration exhaust(Scenario scenario, MemoryModel model, int preemptions) {
        return new Explorer(scenario, new Bounds(model, preemptions, 1), (schedules, level, fraction) -> {})
                .exhaust(Long.MAX_VALUE);
    }

    private static Finding finding(Scenario scenario, int preemptions) {
        return exhaust(scenario, MemoryModel.SC, preemptions).finding().orElseThrow();
    }

    private static void increment(Actor self) {
        long value = self.memory().getLongAcquire(WORD);
        self.memory().setLongRelease(WORD, value + 1);
    }

    private static Scenario lostUpdate() {
        return Scenario.named("lost-update", "a counter without a lock")
                .actor("left", ExplorerTest::increment)
                .actor("right", ExplorerTest::increment)
                .judgedBy(outcome -> outcome.require(outcome.longAt(WORD) == 2, "lost"));
    }

    @Test
    void findsALostUpdateWithOnePreemptionAndNotWithNone() {
        assertTrue(exhaust(lostUpdate(), MemoryModel.SC, 0).finding().isEmpty());
        Finding finding = finding(lostUpdate(), 3);
        assertEquals("lost", finding.message());
        assertEquals("lost-update/SC/1>b", finding.schedule());
    }

    @Test
    void replaysAFindingWithEveryAccess() {
        Finding again = Explorer.replay(lostUpdate(), "lost-update/SC/1>b");
        assertEquals("lost", again.message());
        assertEquals(
                4, again.trace().stream().filter(line -> line.contains("@8")).count());
        assertEquals("", Explorer.replay(lostUpdate(), "lost-update/SC/").message());
    }

    @Test
    void refusesToReplayWhatTheScenarioCannotDo() {
        assertThrows(IllegalArgumentException.class, () -> Explorer.replay(lostUpdate(), "lost-update/SC/77>b"));
        assertThrows(IllegalArgumentException.class, () -> Explorer.replay(lostUpdate(), "lost-update/SC/1<b"));
        assertThrows(IllegalArgumentException.class, () -> Explorer.replay(lostUpdate(), "lost-update"));
    }

    @Test
    void runsEveryInterleavingOnce() {
        // Two actors of three accesses each: 6! / (3! 3!) orders.
        ActorProgram three = self -> {
            for (int i = 0; i < 3; i++) {
                self.memory().getAndAddLong(WORD, 1);
                self.note(".", 0);
            }
        };
        Set<String> orders = new HashSet<>();
        Scenario scenario = Scenario.named("orders", "")
                .actor("left", three)
                .actor("right", three)
                .judgedBy(outcome -> {
                    String order = outcome.events().toString();
                    orders.add(order);
                });
        Exploration exploration = exhaust(scenario, MemoryModel.SC, 6);
        assertTrue(exploration.exhaustive());
        assertEquals(20, orders.size());
        assertEquals(20, exploration.schedules());
    }

    @Test
    void doesNotSwitchWhereNobodyCouldTell() {
        Scenario apart = Scenario.named("apart", "")
                .actor("left", self -> self.memory().setLong(8, 1))
                .actor("right", self -> self.memory().setLong(16, 1))
                .judgedBy(outcome -> {});
        assertEquals(2, exhaust(apart, MemoryModel.TSO, 5).schedules());
    }

    @Test
    void killsAnActorInFrontOfEachAccess() {
        Set<Long> counts = new HashSet<>();
        Scenario scenario = Scenario.named("mortal", "")
                .mortal("victim", self -> {
                    for (int i = 0; i < 3; i++) {
                        self.memory().getAndAddLong(WORD, 1);
                    }
                })
                .actorAfter("heir", List.of("victim"), self -> {
                    boolean alive = self.memory().isAlive(1001);
                    self.note(alive ? "alive" : "dead", self.memory().getLongAcquire(WORD));
                })
                .judgedBy(outcome -> {
                    String expected = outcome.isKilled("victim") ? "dead" : "alive";
                    counts.add(outcome.values("heir", expected)[0]);
                });
        Exploration exploration = exhaust(scenario, MemoryModel.SC, 0);
        assertEquals(Set.of(0L, 1L, 2L, 3L), counts);
        assertEquals(4, exploration.schedules());
    }

    @Test
    void reportsALostWakeUp() {
        Scenario scenario = Scenario.named("sleepy", "")
                .actor("sleeper", self -> self.memory().futexWait(WORD, 0, 1_000))
                .actor("waker", self -> self.memory().futexWake(WORD, 1))
                .judgedBy(outcome -> {});
        assertTrue(finding(scenario, 0).message().startsWith("lost wake-up"), "a wake that comes first is lost");
    }

    @Test
    void letsATimeLimitPassWhereTheScenarioExpectsIt() {
        Scenario scenario = Scenario.named("patient", "")
                .expectTimeouts()
                .actor("sleeper", self -> {
                    long before = self.memory().nanoTime();
                    self.memory().futexWait(WORD, 0, 1_000);
                    self.note("slept", self.memory().nanoTime() - before);
                })
                .judgedBy(outcome -> assertEquals(1_000, outcome.values("slept")[0]));
        assertTrue(exhaust(scenario, MemoryModel.SC, 0).exhaustive());
    }

    @Test
    void reportsThatNothingChangesAnyMore() {
        Scenario scenario = Scenario.named("stuck", "")
                .actor("spinner", self -> {
                    while (self.memory().getLongAcquire(WORD) == 0) {
                        self.memory().spinHint();
                    }
                })
                .judgedBy(outcome -> {});
        assertTrue(finding(scenario, 0).message().startsWith("stall"));
    }

    @Test
    void reportsAnExceptionOfAnActor() {
        Scenario scenario = Scenario.named("broken", "")
                .actor("breaker", self -> {
                    throw new IllegalStateException("on purpose");
                })
                .judgedBy(outcome -> {});
        assertTrue(finding(scenario, 0).message().contains("on purpose"));
    }

    @Test
    void noticesActorsThatAreNotDeterministic() {
        int[] runs = new int[1];
        Scenario scenario = Scenario.named("fickle", "")
                .actor("fickle", self -> {
                    RegionMemory memory = self.memory();
                    memory.getAndAddLong(WORD, 1);
                    memory.getAndAddLong(WORD + 8L * (++runs[0] % 100), 1);
                    memory.getAndAddLong(WORD, 1);
                })
                .actor("other", self -> self.memory().getAndAddLong(WORD, 1))
                .judgedBy(outcome -> {});
        assertThrows(NotDeterministicException.class, () -> exhaust(scenario, MemoryModel.SC, 2));
    }

    @Test
    void samplesTheSameSchedulesFromTheSameSeed() {
        assertEquals(sampled(7), sampled(7));
        assertFalse(sampled(7).equals(sampled(8)));
    }

    private static List<String> sampled(long seed) {
        List<String> orders = new ArrayList<>();
        Scenario scenario = Scenario.named("sampled", "")
                .actor("left", ExplorerTest::noteTwice)
                .actor("right", ExplorerTest::noteTwice)
                .judgedBy(outcome -> orders.add(outcome.events().toString()));
        new Explorer(scenario, new Bounds(MemoryModel.SC, 3, 0), (schedules, level, fraction) -> {}).sample(50, seed);
        return orders;
    }

    private static void noteTwice(Actor self) {
        for (int i = 0; i < 2; i++) {
            self.memory().getAndAddLong(WORD, 1);
            self.note(".");
        }
    }
}
