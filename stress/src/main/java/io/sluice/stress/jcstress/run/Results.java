package io.sluice.stress.jcstress.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * What came of each JVM, in a file that is only ever appended to, so that a run can be continued after it was cut off and
 * parts be added up. Columns, with tabs between: {@link Job#key()}, status, milliseconds of an iteration, outcomes with
 * their numbers, messages. The first line says what was run where, and is the same for all that may share a file. Confined to one thread at a time.
 */
final class Results {

    private static final String SEPARATOR = "\t";
    private static final int KEY = 0;
    private static final int STATUS = 1;
    private static final int MILLIS = 2;
    private static final int OUTCOMES = 3;
    private static final int MESSAGE = 4;
    private static final int COLUMNS = 5;

    /** A result, and how long the iterations were that it is of. */
    record Kept(TestResult result, Duration iteration) {}

    private final Path file; // null: nothing is kept
    private final Map<String, Kept> kept = new HashMap<>();

    private Results(Path file) {
        this.file = file;
    }

    /** Keeps nothing. */
    static Results none() {
        return new Results(null);
    }

    /**
     * What {@code file} has, and what will be added to it.
     *
     * @param title what is run on what; the file must be of the same, or new
     */
    static Results in(Path file, String title) throws IOException {
        Results results = new Results(file);
        if (!Files.exists(file)) {
            Files.writeString(file, title + "\n");
            return results;
        }
        String text = Files.readString(file);
        if (!text.startsWith(title + "\n")) {
            throw new IllegalArgumentException(
                    file + " has results of '" + text.lines().findFirst().orElse("") + "', not of '" + title + "'");
        }
        int end = text.lastIndexOf('\n') + 1;
        if (end < text.length()) {
            // The last line was cut off, with its JVM's result; it must not be continued by the next one.
            Files.writeString(file, text.substring(0, end));
        }
        text.substring(0, end).lines().skip(1).forEach(results::read);
        return results;
    }

    private void read(String line) {
        String[] columns = line.split(SEPARATOR, -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(file + " has a line that is none of ours: " + line);
        }
        TestResult result = new TestResult(Status.valueOf(columns[STATUS]));
        if (!columns[OUTCOMES].isEmpty()) {
            for (String outcome : columns[OUTCOMES].split(";", -1)) {
                int equals = outcome.lastIndexOf('=');
                result.addState(outcome.substring(0, equals), Long.parseLong(outcome.substring(equals + 1)));
            }
        }
        if (!columns[MESSAGE].isEmpty()) {
            result.addMessage(columns[MESSAGE]);
        }
        kept.put(columns[KEY], new Kept(result, Duration.ofMillis(Long.parseLong(columns[MILLIS]))));
    }

    /** The result of a JVM that has run; null if it has not. */
    Kept of(Job job) {
        return kept.get(job.key());
    }

    void add(Job job, TestResult result) {
        if (file == null) {
            return;
        }
        StringBuilder outcomes = new StringBuilder();
        result.getStateKeys().stream().sorted().forEach(state -> outcomes.append(outcomes.isEmpty() ? "" : ";")
                .append(state)
                .append('=')
                .append(result.getCount(state)));
        String message = String.join(" | ", result.getMessages()).replaceAll("\\s", " ");
        List<String> columns = List.of(
                job.key(),
                result.status().name(),
                Integer.toString(result.getConfig().time),
                outcomes.toString(),
                message);
        try {
            Files.writeString(
                    file, String.join(SEPARATOR, columns) + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
