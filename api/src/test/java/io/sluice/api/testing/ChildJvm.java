package io.sluice.api.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM, started by a test with its own class path, that is talked to by lines: what it prints is read with
 * {@link #awaitLine()}, what it reads from its standard input is written with {@link #send}.
 *
 * <p>It gets the flags in the system property {@code sluice.test.jvmArgs} and the mode in {@code sluice.test.mode}.
 * {@link #close()} ends it, and everything it started, with SIGKILL. A child should end by itself when its standard
 * input ends, see {@link ChildConsole}, so that it does not outlive a test JVM that was killed. Every wait has a
 * watchdog of a minute that fails the test and shows what the child wrote to its standard error. Time in which both are
 * stopped with SIGSTOP does not count.
 */
public final class ChildJvm implements AutoCloseable {

    private static final long WATCHDOG_SECONDS = 60;

    private final Process process;
    private final PrintStream input;
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Thread errorReader;

    private ChildJvm(Process process) {
        this.process = process;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        startDaemon("child-output", this::readOutput);
        this.errorReader = startDaemon("child-errors", this::readErrors);
    }

    /** Starts the main method of a class. */
    public static ChildJvm start(Class<?> main, String... arguments) {
        return startUnder(List.of(), main, arguments);
    }

    /** Starts it by way of another command that runs the one that follows it, for example {@code unshare}. */
    public static ChildJvm startUnder(List<String> prefix, Class<?> main, String... arguments) {
        return startUnder(prefix, List.of(), main, arguments);
    }

    /** The same, with JVM flags in addition to the usual ones. */
    public static ChildJvm startUnder(
            List<String> prefix, List<String> jvmArguments, Class<?> main, String... arguments) {
        return startOn(classPath(), prefix, jvmArguments, main, arguments);
    }

    /** The same, on another class path than this JVM's. */
    public static ChildJvm startOn(
            String classPath, List<String> prefix, List<String> jvmArguments, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(wordsOf("sluice.test.jvmArgs"));
        command.add("-Dsluice.test.jvmArgs=" + System.getProperty("sluice.test.jvmArgs", ""));
        command.add("-Dsluice.test.mode=" + System.getProperty("sluice.test.mode", ""));
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ChildJvm(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new AssertionError("cannot start " + command, e);
        }
    }

    /** Returns the class path of the tests, as absolute paths. */
    public static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Returns the id of the started process; under a prefix, the prefix's. */
    public long pid() {
        return process.pid();
    }

    /** Returns the next line of the child's standard output. */
    public String awaitLine() {
        Line line = next();
        if (line.isEnd()) {
            throw new AssertionError("child ended with " + awaitExit() + " where a line was expected\n" + errors());
        }
        return line.text();
    }

    /** Returns whether {@link #awaitLine()} would return, or fail, without waiting. */
    public boolean hasLine() {
        return !lines.isEmpty();
    }

    /** Waits for a line with the given beginning, passing over others, and returns the rest of it. */
    public String awaitLine(String beginning) {
        String line = awaitLine();
        while (!line.startsWith(beginning)) {
            line = awaitLine();
        }
        return line.substring(beginning.length());
    }

    /** Writes a line to the child's standard input. */
    public void send(String line) {
        input.println(line);
    }

    /** Writes a line and returns the line that the child answers. */
    public String ask(String line) {
        send(line);
        return awaitLine();
    }

    /** Ends the child's standard input. */
    public void endInput() {
        input.close();
    }

    /** Kills the child, and what it started, with SIGKILL and waits until it has been reaped. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends SIGKILL to the child alone, without looking for what it started and without waiting for its end. */
    public void killNow() {
        process.destroyForcibly();
    }

    /** Stops the child with SIGSTOP: no thread of it runs until {@link #resume()}. */
    public void stop() {
        for (int attempt = 0; attempt < WATCHDOG_SECONDS; attempt++) {
            // Again if it goes on: somebody who stopped and resumed all of us may have resumed it.
            signal("STOP", pid());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (System.nanoTime() < deadline) {
                if (isStopped()) {
                    return;
                }
                Thread.yield();
            }
        }
        throw new AssertionError("process " + pid() + " goes on after SIGSTOP");
    }

    /** Whether each thread has taken notice of SIGSTOP: until then it may still do something. */
    private boolean isStopped() {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid() + "/task"))) {
            for (Path thread : threads) {
                if (!"TtZX".contains(stateOf(thread))) {
                    return false;
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException e) {
            throw new AssertionError("the threads of process " + pid() + " cannot be listed", e);
        }
    }

    private static String stateOf(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            int state = stat.lastIndexOf(')') + 2;
            return stat.substring(state, state + 1);
        } catch (IOException e) {
            return "X"; // it has ended since it was listed
        }
    }

    /** Lets a stopped child continue. */
    public void resume() {
        signal("CONT", pid());
    }

    /** Sends a signal to a process by its id. */
    public static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid)
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("cannot send SIG" + name + " to " + pid);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot send SIG" + name + " to " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits for the end of the child and returns its exit code; 137 after SIGKILL. */
    public int awaitExit() {
        try {
            // Second by second: one in which we were stopped ourselves counts once, however long it was.
            for (int second = 0; second < WATCHDOG_SECONDS; second++) {
                if (process.waitFor(1, TimeUnit.SECONDS)) {
                    return process.exitValue();
                }
            }
            throw new AssertionError("child " + pid() + " does not end\n" + errors());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Returns whether the child has not ended. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Returns what the child has written to its standard error; all of it once it has ended. */
    public String errors() {
        if (!process.isAlive()) {
            try {
                errorReader.join(TimeUnit.SECONDS.toMillis(WATCHDOG_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return String.join("\n", errors);
    }

    @Override
    public void close() {
        kill();
    }

    private Line next() {
        try {
            Line line = null;
            for (int second = 0; second < WATCHDOG_SECONDS && line == null; second++) {
                line = lines.poll(1, TimeUnit.SECONDS);
            }
            if (line == null) {
                throw new AssertionError("child " + pid() + " says nothing\n" + errors());
            }
            if (line.isEnd()) {
                lines.add(line);
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void readOutput() {
        try (BufferedReader reader = reader(process.getInputStream())) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(new Line(line));
            }
        } catch (IOException e) {
            errors.add("its output broke off: " + e);
        } finally {
            lines.add(new Line(null));
        }
    }

    private void readErrors() {
        try (BufferedReader reader = reader(process.getErrorStream())) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                errors.add(line);
            }
        } catch (IOException e) {
            errors.add("its error output broke off: " + e);
        }
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private static Thread startDaemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static List<String> wordsOf(String property) {
        List<String> words = new ArrayList<>();
        for (String word : System.getProperty(property, "").trim().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** A line of output, or its end, which has no text. */
    private record Line(String text) {

        boolean isEnd() {
            return text == null;
        }
    }
}
