package io.sluice.stress.jcstress.run;

import io.sluice.stress.command.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;
import org.openjdk.jcstress.infra.grading.ReportUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jcstress}: what two processors really do with the production classes. */
@Command(
        name = "jcstress",
        description = {
            "Runs pairs of operations of the rings and locks on two processors at once, millions of times, through two "
                    + "mappings of one file, and counts what comes of it.",
            "Each outcome is allowed or forbidden. Broken twins of the tests have to show what is forbidden, or the "
                    + "tests could not see it either."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every test ran and passed, and every twin showed",
            "1:a forbidden outcome, an error, a test that did not run, or a twin that showed nothing",
            "2:wrong usage, or results that are damaged or of another run"
        })
public final class JcstressCommand implements Callable<Integer> {

    private static final int FOUND = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. Sanity runs in this JVM, a minute for all. "
                            + "The others start JVMs, with each actor interpreted, compiled by C1 and by C2: 9 a test in quick, "
                            + "14 in default (five seconds each), 140 in tough. A twin ends with the first JVM in which it shows.")
    private Mode mode = Mode.DEFAULT;

    @Option(
            names = "--filter",
            paramLabel = "REGEX",
            description = "only tests in whose name this is found, such as suites.Spsc or broken; default: all")
    private Pattern filter = Pattern.compile("");

    @Option(names = "--list", description = "only name the tests")
    private boolean list;

    @Option(names = "--report", paramLabel = "FILE", description = "write the results there as well")
    private Path report;

    @Option(
            names = "--budget",
            paramLabel = "MINUTES",
            description =
                    "shorten the time of each JVM, not their number, so that the run ends in about that time; not "
                            + "for sanity. Default: as long as it takes")
    private Long budget;

    @Option(
            names = "--part",
            paramLabel = "I/N",
            description = "only the I-th of N parts of the tests, each N-th of their list",
            converter = Part.Parser.class)
    private Part part = Part.ALL;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description =
                    "keep what comes of each JVM there, and do not run again what it has already: to go on with a "
                            + "run that was cut off, or to add up parts. The summary is of all together; not for sanity")
    private Path file;

    @Option(names = "--html", paramLabel = "DIRECTORY", description = "write jcstress's own report there")
    private Path html;

    /** For picocli. */
    public JcstressCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Suite.Test> tests = part.of(Suite.matching(filter));
        if (tests.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no test matches '" + filter + "'");
        }
        if (list) {
            tests.forEach(
                    test -> out.printf("%-60s %s%n", test.name(), test.info().description()));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        checkLimits();
        long start = System.nanoTime();
        List<Verdict> verdicts = run(tests, out);
        JcstressReport result =
                new JcstressReport(command(), mode, verdicts, Duration.ofNanos(System.nanoTime() - start));
        out.print(result.text());
        out.flush();
        if (report != null) {
            Files.writeString(report, result.text());
        }
        return result.isClean() ? CommandLine.ExitCode.OK : FOUND;
    }

    private void checkLimits() {
        if (mode.forks() == 0 && (budget != null || file != null)) {
            throw new ParameterException(spec.commandLine(), "mode sanity has neither a budget nor results to keep");
        }
        if (budget != null && budget <= 0) {
            throw new ParameterException(spec.commandLine(), "--budget " + budget + " is not above 0");
        }
    }

    private String command() {
        return String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private List<Verdict> run(List<Suite.Test> tests, PrintWriter out) throws IOException {
        Path directory = html == null ? Path.of("jcstress") : html;
        TestRun run = mode.forks() == 0 ? new EmbeddedRun(mode, tests, directory) : forkedRun(tests, directory);
        InProcessCollector results = new InProcessCollector();
        run.run(new Progress(out), results::add);
        if (html != null) {
            new HTMLReportPrinter(run.harness().options(), results, System.out).work();
        }
        return verdicts(tests, run, results);
    }

    private TestRun forkedRun(List<Suite.Test> tests, Path directory) throws IOException {
        return new ForkedRun(mode, tests, directory, results(), budget == null ? null : Duration.ofMinutes(budget));
    }

    private Results results() throws IOException {
        try {
            return file == null
                    ? Results.none()
                    : Results.in(file, "jcstress, mode " + mode + ", " + Machine.describe());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static List<Verdict> verdicts(List<Suite.Test> tests, TestRun run, InProcessCollector results) {
        Map<String, List<TestResult>> runs =
                results.getTestResults().stream().collect(Collectors.groupingBy(TestResult::getName));
        Map<String, TestResult> merged = ReportUtils.mergedByName(results.getTestResults()).stream()
                .collect(Collectors.toMap(TestResult::getName, Function.identity()));
        List<Verdict> verdicts = new ArrayList<>();
        for (Suite.Test test : tests) {
            String name = test.info().name();
            List<TestResult> own = runs.getOrDefault(name, List.of());
            verdicts.add(new Verdict(test, merged.get(name), own.size(), run.planned(test), measured(own)));
        }
        return verdicts;
    }

    private static Duration measured(List<TestResult> results) {
        return Duration.ofMillis(results.stream()
                .map(TestResult::getConfig)
                .mapToLong(run -> (long) run.time * run.iters)
                .sum());
    }
}
