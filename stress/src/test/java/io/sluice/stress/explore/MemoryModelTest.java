package io.sluice.stress.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.memory.RegionMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The classic litmus tests: which outcomes the modelled machine shows, and which it does not. */
class MemoryModelTest {

    private static final long X = 0;
    private static final long Y = 64;

    /** Store buffering: both write, then both read the other's. */
    private static boolean showsStoreBuffering(MemoryModel model, boolean fenced) {
        return shows(
                model,
                self -> storeThenLoad(self, X, Y, fenced),
                self -> storeThenLoad(self, Y, X, fenced),
                outcome -> outcome.values("sees")[0] == 0 && outcome.values("sees")[1] == 0);
    }

    private static void storeThenLoad(Actor self, long mine, long theirs, boolean fenced) {
        self.memory().setLongRelease(mine, 1);
        if (fenced) {
            self.memory().fullFence();
        }
        self.note("sees", self.memory().getLongAcquire(theirs));
    }

    @Test
    void hidesStoresFromOthersUnlessSequentiallyConsistent() {
        assertEquals(false, showsStoreBuffering(MemoryModel.SC, false));
        assertEquals(true, showsStoreBuffering(MemoryModel.TSO, false));
        assertEquals(true, showsStoreBuffering(MemoryModel.WEAK, false));
    }

    @Test
    void fullFencesMakeStoresVisible() {
        assertEquals(false, showsStoreBuffering(MemoryModel.TSO, true));
        assertEquals(false, showsStoreBuffering(MemoryModel.WEAK, true));
    }

    @Test
    void oneHeavyFenceDoesForBothSides() {
        ActorProgram light = self -> {
            self.memory().setLongRelease(X, 1);
            self.memory().fenceLight();
            self.note("sees", self.memory().getLong(Y));
        };
        ActorProgram heavy = self -> {
            self.memory().setLongRelease(Y, 1);
            self.memory().fenceHeavy();
            self.note("sees", self.memory().getLong(X));
        };
        for (MemoryModel model : MemoryModel.values()) {
            assertEquals(
                    false,
                    shows(
                            model,
                            light,
                            heavy,
                            outcome -> outcome.values("sees")[0] == 0 && outcome.values("sees")[1] == 0),
                    model.toString());
        }
    }

    /** Message passing: data, then a flag. */
    private static boolean showsFlagWithoutData(MemoryModel model, boolean release, boolean acquire) {
        return shows(
                model,
                self -> {
                    RegionMemory memory = self.memory();
                    memory.setLong(X, 1);
                    if (release) {
                        memory.setLongRelease(Y, 1);
                    } else {
                        memory.setLong(Y, 1);
                    }
                },
                self -> {
                    RegionMemory memory = self.memory();
                    // Knowing an old value of X is what a hoisted load amounts to.
                    self.note("flag", acquire ? memory.getLongAcquire(Y) : memory.getLong(Y));
                    self.note("data", memory.getLong(X));
                },
                outcome -> outcome.values("flag")[0] == 1 && outcome.values("data")[0] == 0);
    }

    @Test
    void reordersPlainStoresOnlyInTheWeakModel() {
        assertEquals(false, showsFlagWithoutData(MemoryModel.SC, false, true));
        assertEquals(false, showsFlagWithoutData(MemoryModel.TSO, false, true));
        assertEquals(true, showsFlagWithoutData(MemoryModel.WEAK, false, true));
    }

    @Test
    void hoistsPlainLoadsOnlyInTheWeakModel() {
        assertEquals(false, showsFlagWithoutData(MemoryModel.TSO, true, false));
        assertEquals(true, showsFlagWithoutData(MemoryModel.WEAK, true, false));
    }

    @Test
    void keepsDataBeforeAReleasedFlagThatIsAcquired() {
        for (MemoryModel model : MemoryModel.values()) {
            assertEquals(false, showsFlagWithoutData(model, true, true), model.toString());
        }
    }

    @Test
    void losesAPlainStoreWithItsActorThoughALaterOneArrived() {
        assertEquals(false, showsLostStore(MemoryModel.TSO));
        assertEquals(true, showsLostStore(MemoryModel.WEAK));
    }

    private static boolean showsLostStore(MemoryModel model) {
        return finds(
                Scenario.named("lost", "two plain stores and a death")
                        .mortal("writer", self -> {
                            self.memory().setLong(X, 1);
                            self.memory().setLong(Y, 1);
                            self.memory().getLongAcquire(Y);
                        })
                        .actorAfter("reader", List.of("writer"), self -> {
                            self.note("x", self.memory().getLongAcquire(X));
                            self.note("y", self.memory().getLongAcquire(Y));
                        }),
                model,
                outcome -> outcome.isKilled("writer") && outcome.values("x")[0] == 0 && outcome.values("y")[0] == 1);
    }

    @Test
    void seesItsOwnStoresAtOnceAlsoInPart() {
        for (MemoryModel model : MemoryModel.values()) {
            assertEquals(
                    false,
                    shows(
                            model,
                            self -> {
                                self.memory().setLong(X, 0x1122_3344_5566_7788L);
                                self.memory().setInt(X, -1);
                                self.note("long", self.memory().getLong(X));
                                self.note("int", self.memory().getInt(X + Integer.BYTES));
                            },
                            self -> self.memory().getLong(X),
                            outcome -> outcome.values("long")[0] != 0x1122_3344_ffff_ffffL
                                    || outcome.values("int")[0] != 0x1122_3344),
                    model.toString());
        }
    }

    private interface Shown {
        boolean in(Outcome outcome);
    }

    private static boolean shows(MemoryModel model, ActorProgram left, ActorProgram right, Shown shown) {
        return finds(Scenario.named("litmus", "").actor("left", left).actor("right", right), model, shown);
    }

    private static boolean finds(Scenario.Builder builder, MemoryModel model, Shown shown) {
        Scenario scenario = builder.judgedBy(outcome -> outcome.require(!shown.in(outcome), "shown"));
        Exploration exploration = new Explorer(
                        scenario, new Bounds(model, 2, 2), (schedules, preemptions, fraction) -> {})
                .exhaust(Long.MAX_VALUE);
        exploration.finding().ifPresent(finding -> {
            assertEquals("shown", finding.message());
            assertEquals("shown", Explorer.replay(scenario, finding.schedule()).message());
        });
        return exploration.finding().isPresent();
    }
}
