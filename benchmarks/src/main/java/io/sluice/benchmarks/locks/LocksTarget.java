package io.sluice.benchmarks.locks;

import java.util.ArrayList;
import java.util.List;

/**
 * A ratio that a lock of Sluice is to keep.
 *
 * @param upper the lock above the line
 * @param lower the lock below it
 * @param most the ratio, or less
 */
record LocksTarget(Measure measure, Mode mode, String upper, String lower, double most) {

    /** All of them. */
    static List<LocksTarget> all() {
        List<LocksTarget> targets = new ArrayList<>(List.of(
                uncontended("sluice-mutex", "reentrant-lock", 2),
                uncontended("sluice-mutex", "pthread-mutex", 1),
                uncontended("sluice-signalling", "jdk-semaphore", 2),
                uncontended("sluice-accountable", "jdk-semaphore", 3)));
        for (Measure measure : List.of(Measure.HAND_OVER, Measure.SLEEPER)) {
            for (Mode mode : Mode.values()) {
                targets.add(new LocksTarget(measure, mode, "sluice-mutex", "pthread-mutex", 1));
                targets.add(new LocksTarget(measure, mode, "sluice-mutex", "file-lock", 1));
                targets.add(new LocksTarget(measure, mode, "sluice-signalling", "sem_t", 1));
                targets.add(new LocksTarget(measure, mode, "sluice-accountable", "sem_t", 1));
            }
        }
        return targets;
    }

    private static LocksTarget uncontended(String upper, String lower, double most) {
        return new LocksTarget(Measure.UNCONTENDED, Mode.BLOCK, upper, lower, most);
    }

    String title() {
        String how = measure.hasModes() ? measure + ", " + mode : measure.toString();
        return how + ": " + upper + " by " + lower;
    }
}
