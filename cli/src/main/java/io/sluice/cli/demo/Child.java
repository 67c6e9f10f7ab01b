package io.sluice.cli.demo;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM of the same kind as this one, with the same flags. It ends with its {@link #close()} or with us. */
final class Child implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 2000;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    static Child start(Plan plan, Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ownFlags());
        command.addAll(List.of("-cp", classPath(), "io.sluice.cli.Main", "demo-peer"));
        command.addAll(List.of(
                plan.transport().name(),
                Integer.toString(plan.size()),
                Long.toString(plan.messages()),
                Integer.toString(plan.roundTrips()),
                directory.toString()));
        return new Child(new ProcessBuilder(command)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start());
    }

    /** The flags that this JVM was started with, as its command line shows them. */
    private static List<String> ownFlags() {
        String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
        List<String> flags = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.equals("-jar") || argument.equals("-cp") || !argument.startsWith("-")) {
                break;
            }
            // Made for the command with -jar; with another class path it would be refused.
            if (!argument.startsWith("-XX:SharedArchiveFile")) {
                flags.add(argument);
            }
        }
        return flags;
    }

    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Waits shortly for the child to end by itself, which it does when its link has ended, then ends it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
