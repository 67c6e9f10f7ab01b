package io.sluice.stress.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a scenario through its interleavings: all of them within some bounds, depth first, with ever more preemptions,
 * so that the first finding is a simple one; or a number of random ones. Stops at the first finding.
 *
 * <p>Stateless model checking with a preemption bound, after Musuvathi and Qadeer's CHESS (2007); the store buffers are
 * those of Owens, Sarkar and Sewell's x86-TSO (2009), loosened for the weak model. Confined to one thread.
 */
public final class Explorer {

    private static final int SCHEDULES_PER_REPORT = 8192;

    /** Is told now and then how far the exploration is. */
    @FunctionalInterface
    public interface Progress {

        /**
         * Some more schedules are done.
         *
         * @param schedules so far, at this number of preemptions
         * @param preemptions now being explored
         * @param fraction about how much of them, from 0 to 1
         */
        void at(long schedules, int preemptions, double fraction);
    }

    private final Scenario scenario;
    private final Bounds bounds;
    private final Footprint footprint;
    private final Progress progress;
    private long schedules;
    private long accesses;

    /** An explorer of one scenario. */
    public Explorer(Scenario scenario, Bounds bounds, Progress progress) {
        this.scenario = scenario;
        this.bounds = bounds;
        this.footprint = new Footprint(scenario.memoryBytes());
        this.progress = progress;
    }

    /** Runs every schedule within the bounds, or the first {@code most} of them. */
    public Exploration exhaust(long most) {
        long start = System.nanoTime();
        for (int preemptions = 0; preemptions <= bounds.preemptions(); preemptions++) {
            Optional<Finding> finding = exhaust(preemptions, most);
            boolean last = preemptions == bounds.preemptions();
            if (finding.isPresent() || last || schedules >= most) {
                boolean exhaustive = last && finding.isEmpty() && schedules < most;
                return result(bounds.withPreemptions(preemptions), start, exhaustive, finding);
            }
        }
        throw new IllegalStateException("unreachable: bounds allow no run at all");
    }

    private Optional<Finding> exhaust(int preemptions, long most) {
        Machine machine = new Machine(scenario, bounds.withPreemptions(preemptions), footprint);
        DepthFirst choices = new DepthFirst();
        schedules = 0;
        accesses = 0;
        do {
            machine.execute(choices, null);
            schedules++;
            accesses += machine.steps();
            if (machine.failure() != null) {
                return Optional.of(finding(machine));
            }
            if (footprint.takeGrown()) {
                // There are more scheduling points than this pass has used so far.
                choices.restart();
                schedules = 0;
                accesses = 0;
                continue;
            }
            if (!choices.next()) {
                return Optional.empty();
            }
            if (schedules % SCHEDULES_PER_REPORT == 0) {
                progress.at(schedules, preemptions, choices.fraction());
            }
        } while (schedules < most);
        return Optional.empty();
    }

    /** Runs {@code count} random schedules. */
    public Exploration sample(long count, long seed) {
        long start = System.nanoTime();
        Machine machine = new Machine(scenario, bounds, footprint);
        RandomWalk choices = new RandomWalk(seed);
        for (schedules = 0; schedules < count; ) {
            machine.execute(choices, null);
            schedules++;
            accesses += machine.steps();
            if (machine.failure() != null) {
                return result(bounds, start, false, Optional.of(finding(machine)));
            }
            if (schedules % SCHEDULES_PER_REPORT == 0) {
                progress.at(schedules, bounds.preemptions(), (double) schedules / count);
            }
        }
        return result(bounds, start, false, Optional.empty());
    }

    private Exploration result(Bounds reached, long start, boolean exhaustive, Optional<Finding> finding) {
        return new Exploration(
                scenario.name(), reached, schedules, accesses, System.nanoTime() - start, exhaustive, finding);
    }

    private Finding finding(Machine machine) {
        String schedule = machine.schedule().toString();
        return new Finding(
                schedule,
                machine.failure(),
                machine.events(),
                replay(scenario, schedule).trace());
    }

    /** Name of the scenario that a schedule belongs to. */
    public static String scenarioOf(String schedule) {
        return Schedule.parse(schedule).scenario();
    }

    /**
     * Runs one schedule again, with a trace.
     *
     * @return what happened; its message is empty if nothing was wrong
     * @throws IllegalArgumentException if the scenario cannot follow the schedule
     */
    public static Finding replay(Scenario scenario, String text) {
        Schedule schedule = Schedule.parse(text);
        Footprint everything = new Footprint(scenario.memoryBytes());
        everything.shareEverything();
        // What deviates is listed: the bounds need only be wide enough.
        int enough = schedule.steps().size();
        Machine machine = new Machine(scenario, new Bounds(schedule.model(), enough, enough), everything);
        List<String> trace = new ArrayList<>();
        Replay choices = new Replay(schedule);
        machine.execute(choices, trace);
        if (!choices.isComplete()) {
            throw new IllegalArgumentException(scenario.name() + " does not follow " + text);
        }
        if (machine.cause() != null) {
            for (StackTraceElement element : machine.cause().getStackTrace()) {
                trace.add("        at " + element);
            }
        }
        return new Finding(text, machine.failure() == null ? "" : machine.failure(), machine.events(), trace);
    }
}
