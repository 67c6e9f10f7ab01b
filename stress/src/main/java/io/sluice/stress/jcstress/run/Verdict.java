package io.sluice.stress.jcstress.run;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/**
 * What became of a test in all of its runs.
 *
 * @param test which
 * @param merged its results together; null if it did not run
 * @param runs how often it ran
 * @param planned how often it should have, unless it is a twin that showed before
 * @param measured for how long its actors ran, JVM starts and the like not counted
 */
public record Verdict(Suite.Test test, TestResult merged, int runs, int planned, Duration measured) {

    /** What a result can be. */
    public enum Kind {
        /** A sound test without a forbidden outcome. */
        PASSED(false),
        /** A twin that showed a forbidden outcome. */
        SHOWN(false),
        /** A twin whose bug this kind of processor hides. */
        HIDDEN(false),
        /** A sound test with a forbidden outcome. */
        FAILED(true),
        /** A twin that should have shown a forbidden outcome. */
        NOT_SHOWN(true),
        /** Something went wrong in it. */
        ERROR(true),
        /** It did not run, or nothing came of it. */
        NOT_RUN(true),
        /** It did not run as often as it should have. */
        INCOMPLETE(true);

        private final boolean finding;

        Kind(boolean finding) {
            this.finding = finding;
        }

        /** Whether it is something to worry about. */
        public boolean isFinding() {
            return finding;
        }
    }

    /** The verdict. */
    public Kind kind() {
        if (merged == null || (merged.status() == Status.NORMAL && merged.getTotalCount() == 0)) {
            return Kind.NOT_RUN;
        }
        if (merged.status() != Status.NORMAL) {
            return Kind.ERROR;
        }
        if (!merged.grading().isPassed) {
            return test.isTwin() ? Kind.SHOWN : Kind.FAILED;
        }
        if (runs < planned) {
            return Kind.INCOMPLETE;
        }
        if (!test.isTwin()) {
            return Kind.PASSED;
        }
        return test.mustShow() ? Kind.NOT_SHOWN : Kind.HIDDEN;
    }

    /** Executions of its actors in all. */
    public long samples() {
        return merged == null ? 0 : merged.getTotalCount();
    }

    /** Its outcomes and how often each was seen. */
    public String outcomes() {
        if (merged == null) {
            return "";
        }
        return merged.getStateKeys().stream()
                .sorted()
                .map(state -> "(" + state + ") " + String.format("%,d", merged.getCount(state)))
                .collect(Collectors.joining("  "));
    }

    /** What was forbidden and seen, or what went wrong, as lines. */
    public List<String> details() {
        if (merged == null) {
            return List.of("no result: are there enough processors for its actors?");
        }
        if (merged.status() != Status.NORMAL) {
            return merged.getMessages();
        }
        if (kind() == Kind.INCOMPLETE) {
            return List.of("ran in " + runs + " of " + planned + " JVMs");
        }
        return merged.grading().gradingResults.values().stream()
                .filter(result -> result.expect == Expect.FORBIDDEN && result.count > 0)
                .map(Verdict::line)
                .toList();
    }

    private static String line(GradingResult result) {
        return String.format("(%s) %,d times: %s", result.id, result.count, result.description);
    }
}
