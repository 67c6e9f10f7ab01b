package io.sluice.api.testing;

import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.SoundSleep;
import io.sluice.api.waiting.WaitStrategy;
import java.util.concurrent.TimeUnit;

/** Ways to wait that make a missing wake-up a test that hangs, instead of one that takes a little longer. */
public final class Patience {

    private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);

    private Patience() {}

    /** Lets a first slice pass at once, so that those in the way are watched; then as {@link #untilWoken()}. */
    public static WaitStrategy untilWokenAfterTheFirstSlice() {
        WaitStrategy patient = untilWoken();
        return (word, condition, nanos) -> nanos <= SlicedWait.FIRST_SLICE_NANOS
                ? condition.getAsBoolean()
                : patient.await(word, condition, nanos);
    }

    /**
     * Sleeps until the condition is true, whatever the length of a slice; only a wake-up ends the sleep. Where all who
     * wake are threads of this process, see {@link SoundSleep}.
     */
    public static WaitStrategy untilWoken() {
        return untilWoken(new SoundSleep());
    }

    /** The same by {@code sleep}, which tells when somebody sleeps. */
    public static WaitStrategy untilWoken(SoundSleep sleep) {
        return untilTrue(sleep);
    }

    /** The same where other processes wake: it looks a second time after a few milliseconds, and then no more. */
    public static WaitStrategy untilWokenByAnotherProcess() {
        return untilTrue(WaitStrategy.block());
    }

    private static WaitStrategy untilTrue(WaitStrategy sleep) {
        return (word, condition, nanos) -> {
            boolean ready = false;
            while (!ready && !Thread.currentThread().isInterrupted()) {
                ready = sleep.await(word, condition, LONG_NANOS);
            }
            return ready;
        };
    }
}
