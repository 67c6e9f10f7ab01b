package io.sluice.ringbuffer.queue;

import io.sluice.api.waiting.CarrierFriendly;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import java.util.function.BooleanSupplier;

/**
 * Waits by another strategy and meanwhile gives back the lock of the handle that waits, see {@link SharedHandle}.
 * Whoever waits looks at its condition only with that lock.
 */
final class LendingWait implements WaitStrategy {

    private final WaitStrategy strategy;
    private final LendingWait resumed;
    private final SharedHandle<?> first;
    private final SharedHandle<?> second;

    /** Waits by {@code strategy} for the handles of a ring. */
    LendingWait(WaitStrategy strategy, SharedHandle<?> first, SharedHandle<?> second) {
        this.strategy = new CarrierFriendly(strategy);
        WaitStrategy further = strategy.resumed();
        this.resumed = further == strategy ? this : new LendingWait(further, first, second);
        this.first = first;
        this.second = second;
    }

    @Override
    public WaitStrategy resumed() {
        return resumed;
    }

    @Override
    public boolean sleepsUntilWoken() {
        return strategy.sleepsUntilWoken();
    }

    @Override
    public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
        SharedHandle<?> end = first.isWaiting() ? first : second;
        end.setCondition(condition);
        long start = System.nanoTime();
        long left = nanos;
        boolean met = condition.getAsBoolean();
        while (!met && left > 0 && !Thread.currentThread().isInterrupted()) {
            end.lock.unlock();
            try {
                strategy.await(word, end.looksMet, left);
            } finally {
                end.lock.lock();
            }
            met = condition.getAsBoolean();
            left = nanos - (System.nanoTime() - start);
            if (nanos > SLICE_NANOS) {
                // Perhaps woken for something that the condition does not show and only a probe finds out: who left was
                // the
                // last one but the dead.
                break;
            }
        }
        return met;
    }

    @Override
    public String toString() {
        return strategy.toString();
    }
}
