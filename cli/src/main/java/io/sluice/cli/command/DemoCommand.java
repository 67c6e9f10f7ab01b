package io.sluice.cli.command;

import io.sluice.api.identity.Participants;
import io.sluice.cli.demo.Plan;
import io.sluice.cli.demo.Progress;
import io.sluice.cli.demo.Result;
import io.sluice.cli.demo.Run;
import io.sluice.cli.demo.Transport;
import io.sluice.cli.exit.ExitCode;
import io.sluice.cli.exit.Interruption;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Streams a file, cut into messages, to a second JVM over rings, FIFOs and a UNIX socket and compares them.",
            "Every message is sent by itself; a CRC32C of all bytes is compared end to end. A FIFO and a socket get a "
                    + "tenth of the messages, because each of theirs costs a system call."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything arrived as it was sent",
            "1:something failed",
            "2:wrong use",
            "130:interrupted by Ctrl-C (143: by SIGTERM)"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final int SLOWER = 10;
    private static final int RING_ROUND_TRIPS = 100_000;
    private static final int SYSTEM_CALL_ROUND_TRIPS = 10_000;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "32",
            description = "Bytes of a message. Default: 32.")
    private int size;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "Messages over the ring. Default: 5 million, fewer if they are long.")
    private Long messages;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "Whose bytes are streamed: its first 16 MiB, again and again. Default: this JDK's class library.")
    private Path input = Path.of(System.getProperty("java.home"), "lib", "modules");

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            defaultValue = "/dev/shm",
            description = "Where to work, in a new directory that is deleted at the end. Default: /dev/shm.")
    private Path directory;

    /** For the command line. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        long count = messages == null ? Math.max(1000, Math.min(5_000_000L, (1L << 30) / size)) : messages;
        PrintStream out = System.out;
        Progress progress = new Progress(out);
        List<Result> results = new ArrayList<>();
        try (Interruption interruption = new Interruption()) {
            out.printf("Streaming %s in messages of %d bytes from this JVM to a second one.%n%n", input, size);
            for (Transport transport : Transport.values()) {
                progress.say(transport.label() + ": starting the second JVM");
                results.add(run(plan(transport, count), interruption, progress));
            }
            progress.clear();
            print(results, out);
            return ExitCode.OK;
        }
    }

    private void check() {
        if (size < Plan.MIN_SIZE || size > Plan.MAX_SIZE) {
            throw new ParameterException(
                    command.commandLine(),
                    "--size: expected " + Plan.MIN_SIZE + " to " + Plan.MAX_SIZE + " bytes, found " + size);
        }
        if (!Files.isReadable(input) || Files.isDirectory(input)) {
            throw new ParameterException(command.commandLine(), "--input: cannot read a file " + input);
        }
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(command.commandLine(), "--dir: " + directory + " is not a directory");
        }
        if (messages != null && messages < 1) {
            throw new ParameterException(command.commandLine(), "--messages: expected 1 or more, found " + messages);
        }
    }

    private Plan plan(Transport transport, long count) {
        boolean ring = transport == Transport.RING_SPINNING || transport == Transport.RING_BLOCKING;
        return new Plan(transport, size, ring ? count : Math.max(1, count / SLOWER), (int)
                Math.min(count, ring ? RING_ROUND_TRIPS : SYSTEM_CALL_ROUND_TRIPS));
    }

    private Result run(Plan plan, Interruption interruption, Progress progress)
            throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(directory, "sluice-demo-");
        try {
            return new Run(plan, input, interruption, progress::show).execute(own);
        } finally {
            Participants.retireIfUnused(own);
            delete(own);
        }
    }

    private static void delete(Path own) throws IOException {
        try (var files = Files.newDirectoryStream(own)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(own);
    }

    private static void print(List<Result> results, PrintStream out) {
        Result fifo = results.stream()
                .filter(result -> result.plan().transport() == Transport.FIFO)
                .findFirst()
                .orElseThrow();
        Table table = new Table(
                List.of("TRANSPORT", "MESSAGES", "CRC32C", "MESSAGES/S", "MB/S", "TO A FIFO", "ROUND TRIP P50", "P99"));
        for (Result result : results) {
            table.add(List.of(
                    result.plan().transport().label(),
                    String.format("%,d", result.plan().messages()),
                    String.format("%08x", result.checksum()),
                    String.format("%,.0f", result.messagesPerSecond()),
                    String.format("%,.0f", result.bytesPerSecond() / 1e6),
                    String.format("%.1fx", result.messagesPerSecond() / fifo.messagesPerSecond()),
                    Text.micros(result.roundTrips().getValueAtPercentile(50)),
                    Text.micros(result.roundTrips().getValueAtPercentile(99))));
        }
        table.print(out);
        out.println();
        out.println("Every byte arrived: the checksums of both processes agree for each transport.");
    }
}
