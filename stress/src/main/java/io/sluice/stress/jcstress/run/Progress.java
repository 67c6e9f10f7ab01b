package io.sluice.stress.jcstress.run;

import java.io.PrintWriter;
import java.time.Duration;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Says now and then how far a run is, and at once what is wrong. */
final class Progress {

    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter out;
    private final int expected;
    private final long start = System.nanoTime();
    private long printed = start;
    private int done;
    private long samples;

    Progress(PrintWriter out, int expected) {
        this.out = out;
        this.expected = expected;
    }

    void at(TestResult result) {
        done++;
        samples += result.getTotalCount();
        if (result.status() != Status.NORMAL) {
            out.printf("%s: %s %s%n", result.getName(), result.status(), result.getMessages());
        }
        long now = System.nanoTime();
        if (now - printed >= EVERY_NANOS) {
            printed = now;
            long left = (now - start) / done * (expected - done);
            out.printf(
                    "%d of %d runs, %,d samples, %s left%n", done, expected, samples, readable(Duration.ofNanos(left)));
        }
        out.flush();
    }

    private static String readable(Duration time) {
        return String.format("%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
