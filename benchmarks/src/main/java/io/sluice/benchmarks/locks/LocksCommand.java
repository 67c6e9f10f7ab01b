package io.sluice.benchmarks.locks;

import io.sluice.benchmarks.run.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What taking, handing over and waiting for locks costs. */
@Command(
        name = "locks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares Sluice's mutex and semaphores with those of java.util.concurrent, with a robust"
                + " process-shared pthread mutex and sem_t used from C, and with locks on a file: without contention,"
                + " and handed over between two processes.")
public final class LocksCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;

    @Spec
    private CommandSpec spec;

    @Option(names = "--forks", paramLabel = "N", defaultValue = "5", description = "Per row (${DEFAULT-VALUE}).")
    private int forks;

    @Option(names = "--measures", split = ",", paramLabel = "M", description = "Of ${COMPLETION-CANDIDATES}; all.")
    private Set<Measure> measures = EnumSet.allOf(Measure.class);

    @Option(
            names = "--locks",
            split = ",",
            paramLabel = "L",
            description = "Of ${COMPLETION-CANDIDATES}; all.",
            completionCandidates = Names.class)
    private List<String> subjects = Subject.names();

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "0.5",
            description = "Of each fork (${DEFAULT-VALUE}).")
    private double warmup;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            defaultValue = "0.3",
            description = "Measured in each fork (${DEFAULT-VALUE}).")
    private double time;

    @Option(
            names = "--gap",
            paramLabel = "SECONDS",
            defaultValue = "0.0002",
            description = "How long a lock is kept where those who block are to be asleep (${DEFAULT-VALUE}).")
    private double gap;

    @Mixin
    private Output output = new Output();

    /** For picocli. */
    public LocksCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        output.of("locks", new LocksComparison(plan())::run);
        return 0;
    }

    private LocksPlan plan() {
        try {
            return new LocksPlan(
                    measures, subjects, forks, seconds(warmup), seconds(time), seconds(gap), output.directory());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * NANOS));
    }

    /** Names of locks, for the help. */
    private static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Subject.names().iterator();
        }
    }
}
