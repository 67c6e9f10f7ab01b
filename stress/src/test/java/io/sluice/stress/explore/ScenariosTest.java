package io.sluice.stress.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stress.explore.mutants.Mutant;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.explore.scenarios.Scenarios;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Production survives every schedule of a small bound; the same explorer finds the bugs that are put in. */
class ScenariosTest {

    private static final long MOST = 2_000_000;

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    static List<Mutant> mutants() {
        return Mutants.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void keepsItsPromisesInEverySchedule(Scenario scenario) {
        // A second death takes the place of a preemption.
        boolean many = scenario.kills() > 1 || scenario.isLarge();
        Bounds bounds = new Bounds(MemoryModel.WEAK, many ? 0 : 1, 1);
        Exploration exploration =
                new Explorer(scenario, bounds, (schedules, preemptions, fraction) -> {}).exhaust(MOST);
        assertEquals("", exploration.finding().map(Finding::details).orElse(""));
        assertTrue(exploration.exhaustive(), () -> scenario.name() + ": more than " + MOST + " schedules");
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isFoundWhenItIsBroken(Mutant mutant) {
        Exploration hunt = mutant.hunt(MOST);
        Finding finding = hunt.finding().orElseThrow(() -> new AssertionError(mutant.name() + " survived"));
        assertEquals(
                finding.message(),
                Explorer.replay(mutant.mutated(), finding.schedule()).message(),
                "its replay");
    }

    @Test
    void namesScenariosOnce() {
        Set<String> names = new HashSet<>();
        for (Scenario scenario : Scenarios.all()) {
            assertTrue(names.add(scenario.name()), scenario.name());
        }
        for (Mutant mutant : Mutants.all()) {
            assertTrue(names.add(mutant.name()), mutant.name());
        }
    }
}
