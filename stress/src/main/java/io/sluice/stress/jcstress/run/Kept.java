package io.sluice.stress.jcstress.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * What came of a JVM, and the line that says so: {@link Job#key()}, status, milliseconds of an iteration, outcomes with
 * their numbers, messages; with tabs between.
 *
 * @param key of which JVM
 * @param result what came of it
 * @param iteration how long the iterations were that it is of
 */
record Kept(String key, TestResult result, Duration iteration) {

    private static final String SEPARATOR = "\t";
    private static final int KEY = 0;
    private static final int STATUS = 1;
    private static final int MILLIS = 2;
    private static final int OUTCOMES = 3;
    private static final int MESSAGE = 4;
    private static final int COLUMNS = 5;

    private static final int DIGITS_OF_MILLIS = 9;
    private static final int DIGITS_OF_COUNT = 18;
    private static final int SHOWN = 200;

    /**
     * Reads a line.
     *
     * @param where file and number of the line
     * @throws IllegalArgumentException if it is none that {@link #line()} gave; says where, which field, what was
     *     expected and what was found
     */
    static Kept read(String where, String line) {
        String[] columns = line.split(SEPARATOR, -1);
        if (columns.length != COLUMNS) {
            throw refused(where, "columns", COLUMNS + " with tabs between", columns.length + " in " + line);
        }
        TestResult result = new TestResult(status(where, columns[STATUS]));
        if (!columns[OUTCOMES].isEmpty()) {
            for (String outcome : columns[OUTCOMES].split(";", -1)) {
                addOutcome(where, outcome, result);
            }
        }
        if (!columns[MESSAGE].isEmpty()) {
            result.addMessage(columns[MESSAGE]);
        }
        long millis = number(where, "milliseconds of an iteration", columns[MILLIS], DIGITS_OF_MILLIS);
        return new Kept(columns[KEY], result, Duration.ofMillis(millis));
    }

    private static Status status(String where, String name) {
        return Arrays.stream(Status.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused(where, "status", "one of " + Arrays.toString(Status.values()), name));
    }

    private static void addOutcome(String where, String outcome, TestResult result) {
        int equals = outcome.lastIndexOf('=');
        if (equals < 0) {
            throw refused(where, "outcome", "OUTCOME=NUMBER", outcome);
        }
        result.addState(
                outcome.substring(0, equals),
                number(where, "number of an outcome", outcome.substring(equals + 1), DIGITS_OF_COUNT));
    }

    private static long number(String where, String field, String text, int digits) {
        if (!text.matches("[0-9]{1," + digits + "}")) {
            throw refused(where, field, "a number of 1 to " + digits + " digits", text);
        }
        return Long.parseLong(text);
    }

    /** What says that something else was found than expected; not all of it, if that is long. */
    static IllegalArgumentException refused(String where, String field, String expected, String found) {
        String shown = found.length() > SHOWN ? found.substring(0, SHOWN) + "..." : found;
        return new IllegalArgumentException(
                where + ": " + field + ": expected " + expected + ", found '" + shown + "'");
    }

    /** What {@link #read} makes the same of, without its end. */
    String line() {
        String outcomes = result.getStateKeys().stream()
                .sorted()
                .map(state -> state + "=" + result.getCount(state))
                .collect(Collectors.joining(";"));
        String message = String.join(" | ", result.getMessages()).replaceAll("\\s", " ");
        return String.join(
                SEPARATOR,
                List.of(key, result.status().name(), Long.toString(iteration.toMillis()), outcomes, message));
    }
}
