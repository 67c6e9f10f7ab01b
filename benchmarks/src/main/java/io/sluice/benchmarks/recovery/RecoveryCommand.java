package io.sluice.benchmarks.recovery;

import io.sluice.benchmarks.run.Json;
import io.sluice.benchmarks.run.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long it takes from SIGKILL of whoever holds a lock, or a ring's role, until the next one runs. */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the time from SIGKILL of a process that holds a lock until the next process runs, and"
                + " from SIGKILL until anybody can know that the process is gone.")
public final class RecoveryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "200", description = "Per kind (${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "K",
            description = "Of ${COMPLETION-CANDIDATES}; all.",
            completionCandidates = Names.class)
    private List<String> kinds = names();

    @Option(
            names = "--no-proof",
            negatable = true,
            description = "Leave out the time until anybody can know that the process is gone.")
    private boolean proofWanted = true;

    @Option(
            names = "--strategy",
            defaultValue = "block",
            description = "How the next one waits: spin, yield, backoff or block (${DEFAULT-VALUE}).")
    private String strategy;

    @Option(
            names = "--resident",
            paramLabel = "MIB",
            defaultValue = "0",
            description = "How much heap the killed processes have filled (${DEFAULT-VALUE}).")
    private int resident;

    @Option(names = "--warmup", defaultValue = "10", description = "Kills before those (${DEFAULT-VALUE}).")
    private int warmup;

    @Option(names = "--batch", defaultValue = "10", description = "Victims started at a time (${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--seed", description = "Of the random moments of the kills.")
    private long seed = System.nanoTime();

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "/dev/shm",
            description = "Where temporary directories for the locks go (${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there as JSON, too.")
    private Path json;

    /** For picocli. */
    public RecoveryCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        RecoveryComparison comparison = new RecoveryComparison(plan(), proofWanted);
        Machine.description().forEach((name, value) -> System.out.printf("%-6s %s%n", name, value));
        Map<String, Object> results = Json.origin();
        results.put("recovery", comparison.run(System.out, System.err));
        if (json != null) {
            Json.write(json, results);
        }
        return 0;
    }

    private RecoveryPlan plan() {
        try {
            return new RecoveryPlan(kinds, kills, warmup, batch, resident, strategy, seed, directory);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static List<String> names() {
        return Situation.all().stream().map(Situation::name).toList();
    }

    /** Names of situations, for the help. */
    private static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return names().iterator();
        }
    }
}
