package io.sluice.api.identity;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Growing pauses between attempts, up to a deadline, undisturbed by interruption. For one thread. */
final class Pause {

    private static final long FIRST_NANOS = 20_000;
    private static final long LONGEST_NANOS = 1_000_000;

    private final long start = System.nanoTime();
    private final long timeoutNanos;
    private long nanos = FIRST_NANOS;
    private boolean interrupted;

    Pause(Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
    }

    /** Pauses, or returns {@code false} if the time is up. */
    boolean next() {
        if (System.nanoTime() - start >= timeoutNanos) {
            return false;
        }
        // A pending interrupt would make every pause end at once.
        interrupted |= Thread.interrupted();
        LockSupport.parkNanos(nanos);
        nanos = Math.min(2 * nanos, LONGEST_NANOS);
        return true;
    }

    /** Gives an interrupt back that came during the pauses. */
    void end() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
