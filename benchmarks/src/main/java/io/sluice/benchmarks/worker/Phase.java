package io.sluice.benchmarks.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a fork is: turned by a thread of its own that sleeps in between, so that whoever measures looks at a field
 * instead of a clock.
 */
final class Phase {

    enum Stage {
        WARMUP,
        MEASURED,
        OVER
    }

    private volatile Stage stage = Stage.WARMUP;

    private Phase() {}

    /** Warm-up from {@code startNanos} of {@link System#nanoTime()}, then the measured time. */
    static Phase starting(long startNanos, Duration warmup, Duration time) {
        Phase phase = new Phase();
        long measured = startNanos + warmup.toNanos();
        long over = measured + time.toNanos();
        Thread thread = new Thread(() -> phase.turn(measured, over), "phases");
        thread.setDaemon(true);
        thread.start();
        return phase;
    }

    private void turn(long measured, long over) {
        sleepUntil(measured);
        stage = Stage.MEASURED;
        sleepUntil(over);
        stage = Stage.OVER;
    }

    private static void sleepUntil(long nanos) {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            left = nanos - System.nanoTime();
        }
    }

    Stage stage() {
        return stage;
    }
}
