package io.sluice.stress.explore;

import java.util.SplittableRandom;

/** Leaves the ordinary course now and then, at random; the same seed gives the same executions. */
final class RandomWalk implements Chooser {

    private static final int ONE_IN = 10;

    private final SplittableRandom random;

    RandomWalk(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public int choose(int step, int[] actions, int count) {
        boolean free = Action.kind(actions[0]) == Action.RUN;
        return free || random.nextInt(ONE_IN) == 0 ? random.nextInt(count) : 0;
    }
}
