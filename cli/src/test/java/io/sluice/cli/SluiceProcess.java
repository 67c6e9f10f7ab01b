package io.sluice.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, as a user would run it. {@link #close()} kills it. */
final class SluiceProcess implements AutoCloseable {

    private static final long WATCHDOG_SECONDS = 60;
    private static final long SIGINT_BIT = 1L << (2 - 1);

    private final Process process;
    private final Path errors;

    private SluiceProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static SluiceProcess start(Path scratch, Redirect input, Redirect output, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (ignoresInterrupts()) {
            // A child inherits that; a user's command in the foreground would not.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        for (String flag : System.getProperty("sluice.test.jvmArgs", "").trim().split("\\s+", -1)) {
            if (!flag.isEmpty()) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        Path errors = Files.createTempFile(scratch, "errors", ".txt");
        return new SluiceProcess(
                new ProcessBuilder(command)
                        .redirectInput(input)
                        .redirectOutput(output)
                        .redirectError(errors.toFile())
                        .start(),
                errors);
    }

    /** Whether SIGINT is ignored here, as in what a shell starts in the background. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                long ignored = Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).trim(), 16);
                return (ignored & SIGINT_BIT) != 0;
            }
        }
        return false;
    }

    static Redirect from(Path file) {
        return Redirect.from(file.toFile());
    }

    static Redirect to(Path file) {
        return Redirect.to(file.toFile());
    }

    /** An input that is empty. */
    static Redirect nothing() {
        return Redirect.from(new File("/dev/null"));
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    InputStream output() {
        return process.getInputStream();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    int awaitExit() throws InterruptedException, IOException {
        if (!process.waitFor(WATCHDOG_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end; it said: " + errors());
        }
        return process.exitValue();
    }

    /** What it wrote to its standard error so far. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
