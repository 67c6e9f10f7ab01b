package io.sluice.api.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Enumerates the moments at which an operation can be killed. The operation must be deterministic. */
public final class KillPoints {

    private KillPoints() {}

    /** The kill points of the operation of {@code trials}, found by running it once to its end. */
    public static List<KillPoint> of(Supplier<? extends KillTrial> trials) {
        KillTrial counting = trials.get();
        long accesses = countAccesses(counting);
        List<KillPoint> points = new ArrayList<>();
        for (long access = 1; access <= accesses; access++) {
            points.add(new KillPoint(access, false));
            KillTrial trial = trials.get();
            new KillPoint(access, true).kill(trial);
            if (trial.memory().diedInside()) {
                points.add(new KillPoint(access, true));
            }
        }
        return points;
    }

    private static long countAccesses(KillTrial trial) {
        long before = trial.memory().accesses();
        trial.operate();
        return trial.memory().accesses() - before;
    }

    /**
     * Runs the operation undisturbed, then once for each kill point, every time followed by {@link KillTrial#survive}.
     *
     * @return how many kill points there were
     */
    public static int enumerate(Supplier<? extends KillTrial> trials) {
        KillTrial undisturbed = trials.get();
        undisturbed.operate();
        undisturbed.survive();
        List<KillPoint> points = of(trials);
        for (KillPoint point : points) {
            KillTrial trial = trials.get();
            point.kill(trial);
            try {
                trial.survive();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("after " + trial.memory().epitaph() + ": " + e.getMessage(), e);
            }
        }
        return points.size();
    }
}
