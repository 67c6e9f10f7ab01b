package io.sluice.api.waiting;

import io.sluice.api.testing.Actors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * {@link WaitStrategy#block()} without its second look after a few milliseconds: nothing but a wake-up ends the sleep before
 * its time, so one that gets lost is seen. In this package because announcing and sleeping are hidden.
 *
 * <p>For the threads of one process, which the heavy fence reaches for certain. Between processes it may pass a processor
 * over (see {@link io.sluice.api.os.Membarrier}), and who sleeps so soundly then sleeps for ever.
 */
public final class SoundSleep implements WaitStrategy {

    private static final int SPINS = 200;

    private final AtomicInteger sleeps = new AtomicInteger();

    /** Looks for a while, then sleeps once. */
    @Override
    public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
        if (WaitStrategy.spinFor(SPINS, word.memory(), condition)) {
            return true;
        }
        int announced = word.announce();
        if (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            sleeps.incrementAndGet();
            word.sleep(announced, nanos);
        }
        return condition.getAsBoolean();
    }

    /** Waits until a thread has gone to sleep for the {@code n}-th time. */
    public void awaitSleep(int n) {
        Actors.until(() -> sleeps.get() >= n);
    }
}
