package io.sluice.benchmarks.recovery;

import io.sluice.benchmarks.run.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private Output output = new Output();

    /** For picocli. */
    public RecoveryCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        output.of("recovery", new RecoveryComparison(plan(), proofWanted)::run);
        return 0;
    }

    private RecoveryPlan plan() {
        try {
            return new RecoveryPlan(kinds, kills, warmup, batch, resident, strategy, seed, output.directory());
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
