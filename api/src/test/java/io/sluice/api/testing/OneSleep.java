package io.sluice.api.testing;

import io.sluice.api.waiting.WaitStrategy;

/** A way to wait that makes the same accesses every time, so that each of them can be a death's. */
public final class OneSleep {

    private static final long MOMENT_NANOS = 1;

    private OneSleep() {}

    /**
     * Says that it sleeps and sleeps for a moment, as {@link WaitStrategy#block()} does; then has {@code end} make true
     * what is waited for. Who dies in the sleep has announced itself and is not awake any more.
     */
    public static WaitStrategy then(Runnable end) {
        WaitStrategy sleep = WaitStrategy.block().resumed();
        return (word, condition, nanos) -> {
            boolean ready = sleep.await(word, condition, MOMENT_NANOS);
            end.run();
            return ready || condition.getAsBoolean();
        };
    }
}
