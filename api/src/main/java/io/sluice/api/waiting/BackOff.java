package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import java.util.function.BooleanSupplier;

/** Spins, yields, then parks for doubling times: quick when the wait is short, cheap when it is long. */
final class BackOff implements WaitStrategy {

    static final WaitStrategy INSTANCE = new BackOff();

    private static final int SPINS = 256;
    private static final int YIELDS = 64;
    private static final long SHORTEST_PARK_NANOS = 20_000;
    private static final long LONGEST_PARK_NANOS = 1_000_000;

    @Override
    public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
        RegionMemory memory = word.memory();
        if (WaitStrategy.spinFor(SPINS, memory, condition)) {
            return true;
        }
        for (int turn = 0; turn < YIELDS; turn++) {
            memory.yieldHint();
            if (condition.getAsBoolean()) {
                return true;
            }
        }
        long start = memory.nanoTime();
        long park = SHORTEST_PARK_NANOS;
        long left = nanos;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            memory.parkNanos(Math.min(park, left));
            if (condition.getAsBoolean()) {
                return true;
            }
            park = Math.min(2 * park, LONGEST_PARK_NANOS);
            left = nanos - (memory.nanoTime() - start);
        }
        return condition.getAsBoolean();
    }

    @Override
    public String toString() {
        return "backoff";
    }
}
