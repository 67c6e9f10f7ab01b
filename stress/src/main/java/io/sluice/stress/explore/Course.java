package io.sluice.stress.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The course that one execution takes: what may happen next, what was chosen, and how much of the bounds is left.
 */
final class Course {

    private final Chooser chooser;
    private final List<String> trace;
    private final int[] actions = new int[256];
    private int count;

    private int[] deviationSteps = new int[16];
    private int[] deviations = new int[16];
    private int deviationCount;

    /** Accesses performed so far. */
    int steps;

    int preemptionsLeft;
    int delaysLeft;
    int killsLeft;

    /**
     * The beginning of an execution.
     *
     * @param trace where to tell what happens, or null
     */
    Course(Chooser chooser, List<String> trace, Bounds bounds, int kills) {
        this.chooser = chooser;
        this.trace = trace;
        this.preemptionsLeft = bounds.preemptions();
        this.delaysLeft = bounds.model() == MemoryModel.SC ? 0 : bounds.delays();
        this.killsLeft = kills;
    }

    /** Begins a decision whose ordinary outcome is {@code action}. */
    void ordinarily(int action) {
        count = 0;
        or(action);
    }

    /** Begins a decision without saying what is ordinary: the first that is added. */
    void either() {
        count = 0;
    }

    /** Adds something that may happen instead. */
    void or(int action) {
        actions[count++] = action;
    }

    /** Whether there is nothing to decide on. */
    boolean isEmpty() {
        return count == 0;
    }

    int decide() {
        if (count == 1) {
            return actions[0];
        }
        int index = chooser.choose(steps, actions, count);
        if (index > 0) {
            remember(actions[index]);
        }
        return actions[index];
    }

    private void remember(int action) {
        if (deviationCount == deviations.length) {
            deviations = Arrays.copyOf(deviations, 2 * deviationCount);
            deviationSteps = Arrays.copyOf(deviationSteps, 2 * deviationCount);
        }
        deviationSteps[deviationCount] = steps;
        deviations[deviationCount] = action;
        deviationCount++;
        if (trace != null) {
            trace.add("                 -- " + steps + Action.text(action));
        }
    }

    Schedule schedule(String scenario, MemoryModel model) {
        List<Integer> at = new ArrayList<>();
        List<Integer> what = new ArrayList<>();
        for (int i = 0; i < deviationCount; i++) {
            at.add(deviationSteps[i]);
            what.add(deviations[i]);
        }
        return new Schedule(scenario, model, at, what);
    }

    boolean isTraced() {
        return trace != null;
    }

    void tell(ActorState actor, String what) {
        trace.add(String.format("%6d %c %-10s %s", steps, Action.letter(actor.index), actor.role.name(), what));
    }
}
