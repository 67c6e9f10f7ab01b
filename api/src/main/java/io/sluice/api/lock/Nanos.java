package io.sluice.api.lock;

import java.time.Duration;

/** Durations as a number of nanoseconds. */
final class Nanos {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {}

    /** {@code timeout} in nanoseconds, at most {@link Long#MAX_VALUE}, at least 0. */
    static long of(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        return timeout.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
    }
}
