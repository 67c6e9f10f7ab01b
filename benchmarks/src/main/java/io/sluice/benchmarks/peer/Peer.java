package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.run.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Another process of a benchmark, usually a JVM on this one's class path, that is talked to by lines. Whatever it
 * writes to its standard error appears on this process's. {@link #close()} ends it with SIGKILL, and so does the end of
 * this JVM. For one thread.
 */
public final class Peer implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final String END = "";

    private final Process process;
    private final AtExit atExit;
    private final PrintStream input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Peer(Process process) {
        this.process = process;
        this.atExit = AtExit.run(process::destroyForcibly);
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> read(process.getInputStream()), "peer-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the main method of a class. */
    public static Peer jvm(List<String> flags, Class<?> main, List<String> arguments) {
        return command(Jvm.command(flags, main, arguments));
    }

    /** Starts any program. */
    public static Peer command(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
            return AtExit.unlessEnding(() -> new Peer(builder.start()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Its end, as far as we are concerned: whoever waits for a line is told so.
            lines.add(END);
            return;
        }
        lines.add(END);
    }

    /** Says a line to it. */
    public void say(String line) {
        input.println(line);
    }

    /**
     * Waits for a line that begins with {@code expected}; returns the rest of it.
     *
     * @throws IllegalStateException if it says something else, or nothing for a minute, or has ended
     */
    public String hear(String expected) throws InterruptedException {
        return hear(expected, PATIENCE_SECONDS);
    }

    /** The same with another patience. */
    public String hear(String expected, long seconds) throws InterruptedException {
        String line = lines.poll(seconds, TimeUnit.SECONDS);
        if (line == null || line.equals(END) || !line.startsWith(expected)) {
            String found = line == null ? "nothing for " + seconds + " s" : line.equals(END) ? "its end" : line;
            throw new IllegalStateException(
                    "process " + process.pid() + " was to say \"" + expected + "\" and said: " + found);
        }
        return line.substring(expected.length()).trim();
    }

    /** Says a line and waits for an answer that begins with {@code expected}; returns the rest of it. */
    public String ask(String line, String expected) throws InterruptedException {
        say(line);
        return hear(expected);
    }

    /** Sends SIGKILL and returns at once. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Does something at its end, in whatever thread. */
    public CompletableFuture<Void> onExit(Runnable action) {
        return process.onExit().thenRun(action);
    }

    /** Waits for its end; returns its exit code. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                process.waitFor();
                ended = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        atExit.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
