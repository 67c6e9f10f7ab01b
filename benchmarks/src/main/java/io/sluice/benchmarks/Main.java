package io.sluice.benchmarks;

import io.sluice.benchmarks.locks.LocksCommand;
import io.sluice.benchmarks.recovery.RecoveryCommand;
import io.sluice.benchmarks.run.Comparison;
import io.sluice.benchmarks.run.Plan;
import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the comparison. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {LocksCommand.class, RecoveryCommand.class},
        description = "Compares ways for two processes of one machine to exchange messages: Sluice's rings, Agrona's,"
                + " named pipes and UNIX domain sockets. The table goes to stdout, progress to stderr.")
public final class Main implements Callable<Integer> {

    private static final double NANOS = 1e9;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "3 short forks of each row: a first impression in about 3 minutes.")
    private boolean quick;

    @Option(names = "--forks", paramLabel = "N", description = "Forks per row (5; with --quick 3).")
    private Integer forks;

    @Option(names = "--measures", split = ",", paramLabel = "M", description = "Of ${COMPLETION-CANDIDATES}; all.")
    private Set<Measure> measures = EnumSet.allOf(Measure.class);

    @Option(
            names = "--transports",
            split = ",",
            paramLabel = "T",
            description = "Of ${COMPLETION-CANDIDATES}; all.",
            completionCandidates = Names.class)
    private List<String> transports = names();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "BYTES",
            defaultValue = "32,1024",
            description = "Message sizes for throughput (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Warm-up of each fork (2.5; with --quick 1).")
    private Duration warmup;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Measured phase of each fork (2; with --quick 0.4).")
    private Duration time;

    @Option(
            names = "--gap",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            defaultValue = "0.001",
            description = "How long a receiver may fall asleep before it is woken (${DEFAULT-VALUE}).")
    private Duration gap;

    @Option(
            names = "--capacity",
            paramLabel = "BYTES",
            defaultValue = "1048576",
            description = "Of rings, pipes and socket buffers; a power of two (${DEFAULT-VALUE}).")
    private long capacity;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "256",
            description = "Messages per receiving call (${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "/dev/shm",
            description = "Where temporary directories for the channels go (${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--jvm-flag",
            paramLabel = "FLAG",
            description = "One more flag for every measured JVM; repeatable.")
    private List<String> jvmFlags = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there as JSON, too.")
    private Path json;

    /** For picocli. */
    public Main() {}

    /** Runs the command; exits with 0, with 1 if a measurement failed, with 2 if it was called wrongly. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Override
    public Integer call() throws Exception {
        new Comparison(plan()).run(System.out, System.err, Optional.ofNullable(json));
        return 0;
    }

    private Plan plan() {
        try {
            transports.forEach(Transports::named);
            return new Plan(
                    EnumSet.copyOf(measures),
                    transports,
                    sizes,
                    forks != null ? forks : quick ? 3 : 5,
                    warmup != null ? warmup : Duration.ofMillis(quick ? 1000 : 2500),
                    time != null ? time : Duration.ofMillis(quick ? 400 : 2000),
                    gap,
                    capacity,
                    limit,
                    directory,
                    jvmFlags);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static List<String> names() {
        return Transports.all().stream().map(Transport::name).toList();
    }

    /** Names of transports, for the help. */
    private static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return names().iterator();
        }
    }

    /** Seconds with decimals. */
    private static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Duration.ofNanos((long) (Double.parseDouble(text) * NANOS));
        }
    }
}
