package io.sluice.stress.explore;

/** Deviates exactly where a schedule says. */
final class Replay implements Chooser {

    private final Schedule schedule;
    private int done;

    Replay(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public int choose(int step, int[] actions, int count) {
        if (done < schedule.steps().size() && schedule.steps().get(done) == step) {
            int wanted = schedule.actions().get(done);
            for (int i = 0; i < count; i++) {
                if (actions[i] == wanted) {
                    done++;
                    return i;
                }
            }
        }
        return 0;
    }

    /** Whether every deviation of the schedule took place. */
    boolean isComplete() {
        return done == schedule.steps().size();
    }
}
