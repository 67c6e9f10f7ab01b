package io.sluice.stress.explore;

import java.util.Arrays;

/** Goes through the tree of decisions, each leaf once: an execution takes the left-most path not yet taken. */
final class DepthFirst implements Chooser {

    private int[] chosen = new int[256];
    private int[] counts = new int[256];
    private int depth;
    private int prefix;

    @Override
    public int choose(int step, int[] actions, int count) {
        if (depth < prefix) {
            if (counts[depth] != count) {
                throw new NotDeterministicException("decision " + depth + " at step " + step + " had " + counts[depth]
                        + " ways and now has " + count + ": the scenario is not deterministic");
            }
            return chosen[depth++];
        }
        if (depth == chosen.length) {
            chosen = Arrays.copyOf(chosen, 2 * depth);
            counts = Arrays.copyOf(counts, 2 * depth);
        }
        chosen[depth] = 0;
        counts[depth] = count;
        depth++;
        return 0;
    }

    /** Moves to the next leaf; false if the last execution was the last leaf. */
    boolean next() {
        int last = depth - 1;
        while (last >= 0 && chosen[last] + 1 == counts[last]) {
            last--;
        }
        prefix = last + 1;
        depth = 0;
        if (last < 0) {
            return false;
        }
        chosen[last]++;
        return true;
    }

    /** Starts over. */
    void restart() {
        prefix = 0;
        depth = 0;
    }

    /** About which part of the tree is done, from 0 to 1. To be asked between executions. */
    double fraction() {
        double done = 0;
        double share = 1;
        for (int i = 0; i < prefix; i++) {
            share /= counts[i];
            done += share * chosen[i];
        }
        return done;
    }
}
