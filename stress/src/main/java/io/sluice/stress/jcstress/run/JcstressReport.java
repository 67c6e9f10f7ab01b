package io.sluice.stress.jcstress.run;

import io.sluice.stress.command.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What a run of the jcstress suites has to say, as text for people. */
public final class JcstressReport {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double HALF = 0.5;

    private final String command;
    private final Mode mode;
    private final List<Verdict> verdicts;
    private final Duration time;

    /** The report of a run of {@code command} that took {@code time}. */
    public JcstressReport(String command, Mode mode, List<Verdict> verdicts, Duration time) {
        this.command = command;
        this.mode = mode;
        this.verdicts = List.copyOf(verdicts);
        this.time = time;
    }

    /** Whether every sound test ran and passed, and every twin showed what it must. */
    public boolean isClean() {
        return findings() == 0 && !verdicts.isEmpty();
    }

    private long findings() {
        return verdicts.stream().filter(verdict -> verdict.kind().isFinding()).count();
    }

    /** A line for each kind of result. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "sound tests: %d, of them passed %d, failed %d, in error %d, not run %d, incomplete %d;"
                        + " %,d samples%n",
                count(verdict -> !verdict.test().isTwin()),
                count(Verdict.Kind.PASSED, false),
                count(Verdict.Kind.FAILED, false),
                count(Verdict.Kind.ERROR, false),
                count(Verdict.Kind.NOT_RUN, false),
                count(Verdict.Kind.INCOMPLETE, false),
                samples(false)));
        text.append(String.format(
                "broken twins: %d, of them shown %d, hidden by this kind of processor %d, not shown %d, in error %d,"
                        + " not run %d, incomplete %d; %,d samples%n",
                count(verdict -> verdict.test().isTwin()),
                count(Verdict.Kind.SHOWN, true),
                count(Verdict.Kind.HIDDEN, true),
                count(Verdict.Kind.NOT_SHOWN, true),
                count(Verdict.Kind.ERROR, true),
                count(Verdict.Kind.NOT_RUN, true),
                count(Verdict.Kind.INCOMPLETE, true),
                samples(true)));
        text.append(String.format(
                "samples of a sound test: fewest %,d, median %,d; time in which its actors ran: least %.1f s, median"
                        + " %.1f s%n",
                sound(Verdict::samples, 0),
                sound(Verdict::samples, HALF),
                sound(verdict -> verdict.measured().toMillis(), 0) / MILLIS_PER_SECOND,
                sound(verdict -> verdict.measured().toMillis(), HALF) / MILLIS_PER_SECOND));
        text.append(String.format(
                "mode %s, %,d JVMs, %.0f s, %d findings%n",
                mode.name().toLowerCase(Locale.ROOT),
                mode.forks() == 0
                        ? 1
                        : verdicts.stream().mapToInt(Verdict::runs).sum(),
                time.toNanos() / NANOS_PER_SECOND,
                findings()));
        return text.toString();
    }

    /** Everything. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("stress ").append(command).append('\n');
        text.append(Machine.describe()).append("\n\n");
        append(text, "Sound tests: outcomes that are allowed, and none else", false);
        append(text, "Broken twins: an outcome that is forbidden, in each", true);
        text.append(summary());
        return text.toString();
    }

    private void append(StringBuilder text, String title, boolean twins) {
        text.append(title).append('\n');
        for (Verdict verdict : verdicts) {
            if (verdict.test().isTwin() == twins) {
                append(text, verdict);
            }
        }
        text.append('\n');
    }

    private static void append(StringBuilder text, Verdict verdict) {
        text.append(String.format(
                "%-60s %-9s %,15d samples  %s%n",
                verdict.test().name(), verdict.kind(), verdict.samples(), verdict.outcomes()));
        if (verdict.kind() == Verdict.Kind.HIDDEN) {
            text.append("    ").append(verdict.test().twin().hiddenOnX86());
            text.append("; explorer: ").append(verdict.test().twin().mutant()).append('\n');
        }
        if (verdict.kind().isFinding()) {
            verdict.details().forEach(line -> text.append("    ").append(line).append('\n'));
        }
    }

    /** What sound tests have, in the order of size, at a place from 0 to 1. */
    private long sound(ToLongFunction<Verdict> what, double place) {
        long[] sorted = verdicts.stream()
                .filter(verdict -> !verdict.test().isTwin())
                .mapToLong(what)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[(int) (place * (sorted.length - 1))];
    }

    private long samples(boolean twins) {
        return verdicts.stream()
                .filter(verdict -> verdict.test().isTwin() == twins)
                .mapToLong(Verdict::samples)
                .sum();
    }

    private long count(Verdict.Kind kind, boolean twins) {
        return count(verdict -> verdict.kind() == kind && verdict.test().isTwin() == twins);
    }

    private long count(Predicate<Verdict> which) {
        return verdicts.stream().filter(which).count();
    }
}
