package io.sluice.stress.explore.scenarios;

import io.sluice.stress.explore.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Every scenario there is. */
public final class Scenarios {

    private Scenarios() {}

    /** All of them, in the order in which they are worth running. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(RegionScenarios.all());
        all.addAll(SpscScenarios.all());
        all.addAll(SpscMailScenarios.all());
        all.addAll(MpscScenarios.all());
        all.addAll(MpmcScenarios.all());
        all.addAll(BroadcastScenarios.all());
        all.addAll(LossyScenarios.all());
        all.addAll(MutexScenarios.all());
        all.addAll(SemaphoreScenarios.all());
        all.addAll(ReadWriteScenarios.all());
        all.addAll(MeetingScenarios.all());
        return List.copyOf(all);
    }

    /**
     * The one called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scenario named(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no scenario '" + name + "'"));
    }
}
