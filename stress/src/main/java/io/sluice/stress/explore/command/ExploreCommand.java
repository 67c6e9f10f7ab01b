package io.sluice.stress.explore.command;

import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.Exploration;
import io.sluice.stress.explore.Explorer;
import io.sluice.stress.explore.Finding;
import io.sluice.stress.explore.MemoryModel;
import io.sluice.stress.explore.Scenario;
import io.sluice.stress.explore.mutants.Mutant;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.explore.scenarios.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code explore}: interleavings, deaths and late stores, run on the production classes. */
@Command(
        name = "explore",
        description = {
            "Runs the rings and locks through every interleaving of a few processes, killing one at each access and "
                    + "holding stores back, and checks what they promise.",
            "Prints each scenario's number of schedules; a finding comes with a schedule that --replay runs again."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing found",
            "1:something was found, or a mutant was not",
            "2:wrong usage",
            "3:it failed by itself, and shows nothing"
        },
        exitCodeOnExecutionException = 3)
public final class ExploreCommand implements Callable<Integer> {

    private static final int FOUND = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "REGEX",
            description = "only scenarios in whose name this is found, and mutants for them; default: all")
    private Pattern filter = Pattern.compile("");

    @Option(
            names = "--preemptions",
            paramLabel = "K",
            description = "how often a process that could go on is stopped for another; default: ${DEFAULT-VALUE}")
    private int preemptions = 2;

    @Option(
            names = "--delays",
            paramLabel = "D",
            description = "how often stores stay behind or a load is stale; default: ${DEFAULT-VALUE}")
    private int delays = 1;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "memory model: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private MemoryModel model = MemoryModel.TSO;

    @Option(names = "--max", paramLabel = "N", description = "most schedules per scenario; default: ${DEFAULT-VALUE}")
    private long max = 1_000_000;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "run --max random schedules from this seed instead of all in order")
    private Long seed;

    @Option(
            names = "--replay",
            paramLabel = "SCHEDULE",
            description = "run this one schedule, as printed by a finding, and show every access")
    private String replay;

    @Option(names = "--mutants", description = "put known bugs in, one after the other: each must be found")
    private boolean mutants;

    @Option(names = "--mutant", paramLabel = "NAME", description = "with --replay: the bug that was in")
    private String mutant;

    @Option(names = "--list", description = "only name the scenarios and mutants")
    private boolean list;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "write the summary and the findings there as well, and meanwhile those of what is done")
    private Path report;

    /** For picocli. */
    public ExploreCommand() {}

    @Override
    public Integer call() throws IOException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Scenarios.all().forEach(scenario -> out.printf("%-26s %s%n", scenario.name(), scenario.description()));
            Mutants.all().forEach(bug -> out.printf("mutant %-30s %s%n", bug.name(), bug.description()));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        if (replay != null) {
            return replay(out);
        }
        Report result = mutants ? huntMutants(out) : explore(out);
        out.print(result.text());
        out.flush();
        return result.isClean() ? CommandLine.ExitCode.OK : FOUND;
    }

    private void check() {
        require(preemptions >= 0, "--preemptions " + preemptions + " is below 0");
        require(delays >= 0, "--delays " + delays + " is below 0");
        require(max > 0, "--max " + max + " is not above 0");
        require(mutant == null || replay != null, "--mutant is for --replay");
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private Report explore(PrintWriter out) throws IOException {
        List<Scenario> chosen = Scenarios.all().stream()
                .filter(scenario -> filter.matcher(scenario.name()).find())
                .toList();
        require(!chosen.isEmpty(), "no scenario matches '" + filter + "'");
        Report result = report(chosen.size());
        for (Scenario scenario : chosen) {
            Explorer explorer = new Explorer(
                    scenario,
                    new Bounds(model, preemptions, delays),
                    new ProgressLine(out, result.progress() + scenario.name()));
            Exploration exploration = seed == null ? explorer.exhaust(max) : explorer.sample(max, seed);
            result.add(exploration);
            out.println(Report.line(exploration));
            out.flush();
            keep(result);
        }
        return result;
    }

    private Report huntMutants(PrintWriter out) throws IOException {
        List<Mutant> chosen = Mutants.all().stream()
                .filter(bug -> filter.matcher(bug.scenario()).find())
                .toList();
        require(!chosen.isEmpty(), "no mutant's scenario matches '" + filter + "'");
        Report result = report(chosen.size());
        for (Mutant bug : chosen) {
            Exploration exploration = bug.hunt(max, new ProgressLine(out, result.progress() + bug.name()));
            result.addHunt(bug.name(), exploration);
            out.println(Report.huntLine(bug.name(), exploration));
            out.flush();
            keep(result);
        }
        return result;
    }

    private Report report(int planned) throws IOException {
        String command = String.join(" ", spec.commandLine().getParseResult().originalArgs());
        Report result = new Report(command, planned);
        // At once: that it cannot be written is better known now than in the end.
        keep(result);
        return result;
    }

    private void keep(Report result) throws IOException {
        if (report != null) {
            Files.writeString(report, result.text());
        }
    }

    private int replay(PrintWriter out) {
        Finding finding = replayed();
        out.print(finding.details());
        out.flush();
        return finding.message().isEmpty() ? CommandLine.ExitCode.OK : FOUND;
    }

    private Finding replayed() {
        try {
            String name = Explorer.scenarioOf(replay);
            if (mutant == null) {
                return Explorer.replay(Scenarios.named(name), replay);
            }
            Mutant bug = Mutants.named(mutant);
            require(bug.scenario().equals(name), mutant + " is for " + bug.scenario() + " and not for " + name);
            return Explorer.replay(bug.mutated(), replay);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--replay " + replay + ": " + e.getMessage(), e);
        }
    }
}
