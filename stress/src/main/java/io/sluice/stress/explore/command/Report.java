package io.sluice.stress.explore.command;

import io.sluice.stress.command.Machine;
import io.sluice.stress.explore.Exploration;
import io.sluice.stress.explore.Finding;
import java.util.ArrayList;
import java.util.List;

/** What a run of the explorer has to say, as text for people. */
final class Report {

    private static final double NANOS_PER_SECOND = 1e9;

    private final String command;
    private final int planned;
    private final List<String> lines = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private long schedules;
    private long accesses;
    private long nanos;
    private int exhausted;
    private int survivors;

    /**
     * A report of nothing yet.
     *
     * @param planned explorations that there are to be
     */
    Report(String command, int planned) {
        this.command = command;
        this.planned = planned;
    }

    /** Which exploration is the next, of how many, as the beginning of a line. */
    String progress() {
        return "[" + (lines.size() + 1) + "/" + planned + "] ";
    }

    void add(Exploration exploration) {
        count(exploration);
        lines.add(line(exploration));
        exploration.finding().ifPresent(findings::add);
    }

    void addHunt(String mutant, Exploration exploration) {
        count(exploration);
        lines.add(huntLine(mutant, exploration));
        survivors += exploration.finding().isPresent() ? 0 : 1;
    }

    private void count(Exploration exploration) {
        schedules += exploration.schedules();
        accesses += exploration.accesses();
        nanos += exploration.nanos();
        exhausted += exploration.exhaustive() ? 1 : 0;
    }

    boolean isClean() {
        return findings.isEmpty() && survivors == 0;
    }

    static String line(Exploration exploration) {
        String end = exploration.finding().isPresent()
                ? "FINDING: " + exploration.finding().get().message()
                : exploration.exhaustive() ? "exhaustive" : "not exhaustive";
        return String.format(
                "%-26s %-12s %,11d schedules %,13d accesses %7.1f s  %s",
                exploration.scenario(),
                exploration.bounds(),
                exploration.schedules(),
                exploration.accesses(),
                exploration.nanos() / NANOS_PER_SECOND,
                end);
    }

    static String huntLine(String mutant, Exploration exploration) {
        String end = exploration
                .finding()
                .map(finding -> "found: " + finding.message() + " (" + finding.schedule() + ")")
                .orElse("SURVIVED");
        return String.format(
                "%-30s %-12s after %,d schedules of %s %s",
                mutant, exploration.bounds(), exploration.schedules(), exploration.scenario(), end);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("stress ").append(command).append('\n');
        text.append(Machine.describe()).append("\n\n");
        lines.forEach(line -> text.append(line).append('\n'));
        text.append(String.format(
                "%n%d of %d explorations done, %d exhaustive, %,d schedules, %,d accesses, %.1f s, %d findings, "
                        + "%d surviving mutants%n",
                lines.size(),
                planned,
                exhausted,
                schedules,
                accesses,
                nanos / NANOS_PER_SECOND,
                findings.size(),
                survivors));
        findings.forEach(finding -> text.append('\n').append(finding.details()));
        return text.toString();
    }
}
