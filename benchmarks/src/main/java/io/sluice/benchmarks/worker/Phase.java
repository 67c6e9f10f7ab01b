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

    private final long measuredNanos;
    private volatile Stage stage = Stage.WARMUP;

    private Phase(long measuredNanos) {
        this.measuredNanos = measuredNanos;
    }

    /** Warm-up from {@code startNanos} of {@link System#nanoTime()}, then the measured time. */
    static Phase starting(long startNanos, Duration warmup, Duration time) {
        long measured = startNanos + warmup.toNanos();
        Phase phase = new Phase(measured);
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

    /** When the warm-up ends, by {@link System#nanoTime()}: the same for all ends of a fork. */
    long measuredNanos() {
        return measuredNanos;
    }

    Stage stage() {
        return stage;
    }
}
