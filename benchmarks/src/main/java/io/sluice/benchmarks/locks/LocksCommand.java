package io.sluice.benchmarks.locks;

import io.sluice.benchmarks.run.Json;
import io.sluice.benchmarks.run.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "/dev/shm",
            description = "Where temporary directories for the locks go (${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there as JSON, too.")
    private Path json;

    /** For picocli. */
    public LocksCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocksComparison comparison = new LocksComparison(plan());
        Machine.description().forEach((name, value) -> System.out.printf("%-6s %s%n", name, value));
        Map<String, Object> results = Json.origin();
        results.put("locks", comparison.run(System.out, System.err));
        if (json != null) {
            Json.write(json, results);
        }
        return 0;
    }

    private LocksPlan plan() {
        try {
            return new LocksPlan(measures, subjects, forks, seconds(warmup), seconds(time), seconds(gap), directory);
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
