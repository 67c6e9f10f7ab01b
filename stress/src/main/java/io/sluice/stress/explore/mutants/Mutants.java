package io.sluice.stress.explore.mutants;

import java.util.ArrayList;
import java.util.List;

/** Every bug that the explorer is known to find. */
public final class Mutants {

    private Mutants() {}

    /** All of them. */
    public static List<Mutant> all() {
        List<Mutant> all = new ArrayList<>();
        all.addAll(RegionMutants.all());
        all.addAll(SpscMutants.all());
        all.addAll(ManyMutants.all());
        all.addAll(LossyMutants.all());
        all.addAll(LockMutants.all());
        all.addAll(ReadWriteMutants.all());
        all.addAll(MeetingMutants.all());
        all.addAll(CommonMutants.all());
        return List.copyOf(all);
    }

    /**
     * The one called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Mutant named(String name) {
        return all().stream()
                .filter(mutant -> mutant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no mutant '" + name + "'"));
    }
}
