package io.sluice.stress.storm;

import io.sluice.api.testing.TestDirectory;
import io.sluice.stress.command.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code storm}: real processes, killed and stopped. */
@Command(
        name = "storm",
        description = {
            "Kills JVMs with SIGKILL, at random and in front of chosen accesses to shared memory, and stops and resumes "
                    + "others, while all of them use every structure at once.",
            "Each notes in a file of its own what it is about to do and has done. In the end every message, permit and "
                    + "acquisition is accounted for."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing found",
            "1:something was found",
            "2:wrong usage",
            "3:it failed by itself, and shows nothing"
        },
        exitCodeOnExecutionException = 3)
public final class StormCommand implements Callable<Integer> {

    private static final int FOUND = 1;
    private static final int KILLS_PER_STRETCH = 250;
    private static final long PRINT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LONGEST_KILL_NANOS = Duration.ofSeconds(2).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "how many to kill; default: 1000, or no limit if there are --minutes")
    private Integer kills;

    @Option(names = "--minutes", paramLabel = "M", description = "stop after so long; default: no limit")
    private Long minutes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "whom to kill when, as far as that decides; default: the time")
    private long seed = System.nanoTime();

    @Option(
            names = "--target",
            paramLabel = "REGEX",
            description = "only structures in whose name this is found; default: all")
    private Pattern filter = Pattern.compile("");

    @Option(
            names = "--mutant",
            paramLabel = "NAME",
            description = "put a bug of 'explore --list' in, to see that it is found")
    private String mutant = StormChild.SOUND;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "write the summary there as well, and meanwhile that of what is done")
    private Path report;

    @Option(
            names = "--journals",
            paramLabel = "DIRECTORY",
            description = "if something is found, keep the journals there that show it")
    private Path journals;

    private final Tally tally = new Tally();
    private final RunningTime time = new RunningTime(LONGEST_KILL_NANOS);
    private Limits limits;
    private long printed;

    /** For picocli. */
    public StormCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkAboveZero("--kills", kills);
        checkAboveZero("--minutes", minutes);
        limits = Limits.of(kills, minutes);
        checkMutant();
        List<Target> targets = Targets.all().stream()
                .filter(target -> filter.matcher(target.name()).find())
                .toList();
        if (targets.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no target matches '" + filter + "'");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("storm with seed %d%n", seed);
        out.flush();
        rage(targets, out);
        out.print(summary());
        out.flush();
        return tally.isClean() ? CommandLine.ExitCode.OK : FOUND;
    }

    private void checkAboveZero(String option, Number value) {
        if (value != null && value.longValue() <= 0) {
            throw new ParameterException(spec.commandLine(), option + " " + value + " is not above 0");
        }
    }

    private String summary() {
        return "stress " + String.join(" ", spec.commandLine().getParseResult().originalArgs()) + "\nseed " + seed
                + "\n"
                + Machine.describe() + "\n\n" + tally.text()
                + String.format("%.0f s%n", time.nanos() / NANOS_PER_SECOND);
    }

    private void checkMutant() {
        try {
            StormChild.bug(mutant);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void rage(List<Target> targets, PrintWriter out) throws IOException, InterruptedException {
        SplittableRandom seeds = new SplittableRandom(seed);
        try (TestDirectory armoury = TestDirectory.create()) {
            Arsenal arsenal = Arsenal.in(armoury.path());
            while (tally.isClean() && !isOver()) {
                try (TestDirectory directory = TestDirectory.create();
                        Storm storm = new Storm(arsenal, directory.path(), targets, mutant, seeds.nextLong(), tally)) {
                    storm.rage(KILLS_PER_STRETCH, this::isOver, () -> progress(out));
                    if (journals != null && !tally.isClean()) {
                        Journal.copyAll(directory.path(), Files.createDirectories(journals));
                    }
                }
                if (report != null) {
                    Files.writeString(report, summary());
                }
            }
        }
    }

    private boolean isOver() {
        return limits.isReached(tally.kills(), time.nanos());
    }

    private void progress(PrintWriter out) {
        long now = time.nanos();
        if (now - printed < PRINT_NANOS || tally.kills() == 0) {
            return;
        }
        printed = now;
        double perSecond = tally.kills() / (now / NANOS_PER_SECOND);
        out.printf(
                "%s, %.1f a second, about %.0f s left%n",
                limits.describe(tally.kills()), perSecond, limits.nanosLeft(tally.kills(), now) / NANOS_PER_SECOND);
        out.flush();
    }
}
