package io.sluice.stress.jcstress.run;

import java.io.PrintWriter;
import java.time.Duration;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Says now and then how far a run is, and at once what is wrong. */
final class Progress {

    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter out;
    private final long start = System.nanoTime();
    private long printed = start;
    private int left;
    private int done;
    private long samples;

    Progress(PrintWriter out) {
        this.out = out;
    }

    /** So many runs are left, about. */
    void expect(int runs) {
        left = runs;
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
            Duration rest = Duration.ofNanos((now - start) / done * left);
            out.printf("%d runs, about %d left, %,d samples, %s left%n", done, left, samples, readable(rest));
        }
        out.flush();
    }

    private static String readable(Duration time) {
        return String.format("%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
