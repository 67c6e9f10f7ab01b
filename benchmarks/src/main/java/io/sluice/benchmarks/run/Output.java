package io.sluice.benchmarks.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of the comparisons of locks: where they work, and where their results go. */
public final class Output {

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "/dev/shm",
            description = "Where temporary directories for the locks go (${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there as JSON, too.")
    private Path json;

    /** For picocli. */
    public Output() {}

    /** What is compared: prints a report and returns its figures. */
    @FunctionalInterface
    public interface Measured {
        /** Measures. */
        Map<String, Object> run(PrintStream out, PrintStream progress) throws IOException, InterruptedException;
    }

    /** Where temporary directories go. */
    public Path directory() {
        return directory;
    }

    /** Describes this machine, measures, and writes the results as {@code topic} where that was asked for. */
    public void of(String topic, Measured measured) throws IOException, InterruptedException {
        Machine.description().forEach((name, value) -> System.out.printf("%-6s %s%n", name, value));
        Map<String, Object> results = Json.origin();
        results.put(topic, measured.run(System.out, System.err));
        if (json != null) {
            Json.write(json, results);
        }
    }
}
