package io.sluice.api.testing;

import io.sluice.api.waiting.SoundSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Waits as {@link WaitStrategy#block()} does in slices of the usual length. In longer ones, which it gets who is sure of
 * being woken, nothing but a wake-up by a thread of this process ends its sleep: one that does not come makes a test
 * hang.
 */
public final class LongSleeper implements WaitStrategy {

    private static final long AN_HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final SoundSleep longSleep = new SoundSleep();
    private final AtomicInteger slices = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();

    @Override
    public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
        slices.incrementAndGet();
        longestNanos.accumulateAndGet(nanos, Math::max);
        if (nanos <= SLICE_NANOS) {
            return WaitStrategy.block().await(word, condition, nanos);
        }
        return longSleep.await(word, condition, AN_HOUR_NANOS);
    }

    @Override
    public boolean sleepsUntilWoken() {
        return true;
    }

    /** Waits until it sleeps for long for the {@code n}-th time: it has looked, and does not look again by itself. */
    public void awaitLongSleep(int n) {
        longSleep.awaitSleep(n);
    }

    /** Waits until it has waited for {@code n} slices. */
    public void awaitSlices(int n) {
        Actors.until(() -> slices.get() >= n);
    }

    /** How many slices it has waited for or begun. */
    public int slices() {
        return slices.get();
    }

    /** The longest slice that it was given. */
    public long longestNanos() {
        return longestNanos.get();
    }
}
