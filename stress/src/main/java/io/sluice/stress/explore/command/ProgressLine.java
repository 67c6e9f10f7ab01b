package io.sluice.stress.explore.command;

import io.sluice.stress.explore.Explorer;
import java.io.PrintWriter;
import java.time.Duration;

/** Says every few seconds how far an exploration is and when it will be done. */
final class ProgressLine implements Explorer.Progress {

    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final double FIRST_THAT_TELLS = 1e-6;
    private static final double PER_CENT = 100;

    private final PrintWriter out;
    private final String title;
    private int preemptions = -1;
    private long levelStart;
    private long printed = System.nanoTime();

    ProgressLine(PrintWriter out, String title) {
        this.out = out;
        this.title = title;
    }

    @Override
    public void at(long schedules, int level, double fraction) {
        long now = System.nanoTime();
        if (level != preemptions) {
            preemptions = level;
            levelStart = now;
        }
        if (now - printed < EVERY_NANOS) {
            return;
        }
        printed = now;
        long spent = now - levelStart;
        String left = fraction < FIRST_THAT_TELLS
                ? "nobody knows how long"
                : Duration.ofNanos((long) (spent / fraction * (1 - fraction))).toSeconds() + " s left";
        out.printf("%s: k=%d, %,d schedules, about %.1f %%, %s%n", title, level, schedules, PER_CENT * fraction, left);
        out.flush();
    }
}
