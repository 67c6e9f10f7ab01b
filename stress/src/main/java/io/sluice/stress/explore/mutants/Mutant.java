package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.Exploration;
import io.sluice.stress.explore.Explorer;
import io.sluice.stress.explore.Scenario;
import io.sluice.stress.explore.scenarios.Scenarios;
import java.util.function.UnaryOperator;

/**
 * A bug put into production code through the memory that it uses, and where it must be found: if it is not, the
 * explorer is blind.
 *
 * @param name how it is called
 * @param description what is wrong
 * @param scenario which scenario finds it
 * @param bounds within which bounds
 * @param bug does it
 */
public record Mutant(String name, String description, String scenario, Bounds bounds, UnaryOperator<RegionMemory> bug) {

    /** The scenario with the bug in it. */
    public Scenario mutated() {
        return Scenarios.named(scenario).mutated(bug);
    }

    /** Looks for the bug. */
    public Exploration hunt(long mostSchedules) {
        return hunt(mostSchedules, (schedules, preemptions, fraction) -> {});
    }

    /** Looks for the bug, and says how far that is. */
    public Exploration hunt(long mostSchedules, Explorer.Progress progress) {
        return new Explorer(mutated(), bounds, progress).exhaust(mostSchedules);
    }
}
