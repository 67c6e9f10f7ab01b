package io.sluice.benchmarks;

import io.sluice.benchmarks.jmh.JmhCommand;
import io.sluice.benchmarks.locks.LocksCommand;
import io.sluice.benchmarks.locks.LocksComparison;
import io.sluice.benchmarks.peer.AtExit;
import io.sluice.benchmarks.recovery.RecoveryCommand;
import io.sluice.benchmarks.recovery.RecoveryComparison;
import io.sluice.benchmarks.report.ReportCommand;
import io.sluice.benchmarks.run.Comparison;
import io.sluice.benchmarks.run.Json;
import io.sluice.benchmarks.run.Plan;
import io.sluice.benchmarks.run.Preset;
import io.sluice.benchmarks.run.Selection;
import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Mode;
import io.sluice.benchmarks.transport.Shape;
import io.sluice.benchmarks.transport.Transports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
        subcommands = {LocksCommand.class, RecoveryCommand.class, ReportCommand.class, JmhCommand.class},
        description =
                "Compares ways for two processes of one machine to exchange messages: Sluice's rings and queues, those of"
                        + " Agrona, Aeron and Chronicle, pipes, sockets and message queues. The table goes to stdout, progress to stderr.")
public final class Main implements Callable<Integer> {

    private static final double NANOS = 1e9;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "3 short forks of few rows: a first impression in less than 3 minutes.")
    private boolean quick;

    @Option(
            names = "--full",
            description = "Every measure, size, shape and gap, locks and recovery: about 25 minutes on two processors.")
    private boolean full;

    @Option(names = "--forks", paramLabel = "N", description = "Forks per row (5; with --quick 3).")
    private Integer forks;

    @Option(
            names = "--measures",
            split = ",",
            paramLabel = "M",
            description = "Of ${COMPLETION-CANDIDATES}; all but the last two (with --full all, with --quick a few).")
    private Set<Topic> measures;

    @Option(
            names = "--transports",
            split = ",",
            paramLabel = "T",
            description = "Of ${COMPLETION-CANDIDATES}; all (with --quick a few).",
            completionCandidates = Names.class)
    private List<String> transports;

    @Option(
            names = "--modes",
            split = ",",
            paramLabel = "M",
            description = "Only transports whose ends wait so: of ${COMPLETION-CANDIDATES}; all.")
    private Set<Mode> modes = EnumSet.allOf(Mode.class);

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "BYTES",
            description = "Message sizes for throughput and copying (32,1024; with --full 8 to 4 MiB).")
    private List<Integer> sizes;

    @Option(
            names = "--shapes",
            split = ",",
            paramLabel = "P:C",
            description = "Producers and consumers for throughput, such as 1:1,2:1 (1:1; with --full up to 4:4).")
    private List<Shape> shapes;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Warm-up of each fork, round trips and loads twice that (1; --quick 0.5, --full 0.6).")
    private Duration warmup;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Measured phase of each fork (0.3; with --quick 0.2, with --full 0.25).")
    private Duration time;

    @Option(
            names = "--gaps",
            split = ",",
            paramLabel = "MICROS",
            description = "How long receivers may fall asleep before they are woken (1000; with --full 1 to 10000).")
    private List<Integer> gaps;

    @Option(
            names = "--capacities",
            split = ",",
            paramLabel = "KIB",
            description = "Capacities that are compared (16,64,256,1024; with --full 4 to 16384).")
    private List<Integer> capacities;

    @Option(
            names = "--capacity",
            paramLabel = "BYTES",
            description = "Of rings, pipes and socket buffers; a power of two (1 MiB).")
    private Long capacity;

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

    @Option(names = "--html", paramLabel = "FILE", description = "Write them there as a page with plots, too.")
    private Path html;

    /** For picocli. */
    public Main() {}

    /** Runs the command; exits with 0, with 1 if a measurement failed, with 2 if it was called wrongly. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // Two of the measures are commands, too.
                .setAllowSubcommandsAsOptionParameters(true)
                .registerConverter(Shape.class, Shape::parse)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    AtExit.standStillIfEnding();
                    throw failure;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws Exception {
        Preset preset = full ? Preset.full() : quick ? Preset.quick() : Preset.usual();
        Map<String, Object> results = programme(preset).run(System.out, System.err, this::write);
        return results.get(Comparison.FAILURES) instanceof List<?> failures && !failures.isEmpty() ? 1 : 0;
    }

    /** Writes what there is, once more with each part: if a later one fails, the earlier ones are not lost. */
    private void write(Map<String, Object> results) throws IOException {
        if (json != null) {
            Json.write(json, results);
        }
        if (html != null) {
            ReportCommand.writePage(results, html);
        }
    }

    private Programme programme(Preset preset) {
        try {
            int repeated = or(forks, preset.forks());
            Set<Topic> topics = or(measures, full ? Topic.ALL : Topic.of(preset));
            List<Selection> selections = topics.stream()
                    .flatMap(topic -> topic.measure().stream())
                    .flatMap(measure -> preset.selections(measure).stream())
                    .flatMap(selection -> adapted(selection).stream())
                    .toList();
            Plan plan = new Plan(
                    selections,
                    repeated,
                    or(warmup, preset.warmup()),
                    or(time, preset.time()),
                    or(capacity, preset.capacity()),
                    limit,
                    directory,
                    jvmFlags);
            return new Programme(
                    plan,
                    topics.contains(Topic.LOCKS) ? LocksComparison.brief(repeated, directory) : null,
                    topics.contains(Topic.RECOVERY) ? RecoveryComparison.brief(directory) : null);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** What is left of a selection by the options. */
    private Optional<Selection> adapted(Selection selection) {
        List<String> wanted = or(transports, selection.transports()).stream()
                .filter(name -> modes.contains(Transports.named(name).mode()))
                .toList();
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(selection
                        .withTransports(wanted)
                        .withSizes(sizes)
                        .withShapes(shapes)
                        .withDetails(Measure.WAKE, gaps)
                        .withDetails(Measure.CAPACITY, capacities));
    }

    private static <T> T or(T wanted, T preset) {
        return wanted != null ? wanted : preset;
    }

    /** Names of transports, for the help. */
    private static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Preset.names().iterator();
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
