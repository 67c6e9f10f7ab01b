package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import java.util.function.BooleanSupplier;

/** Looks, and lets others run between looks. */
final class Yield implements WaitStrategy {

    static final WaitStrategy INSTANCE = new Yield();

    private static final int SPINS = 256;

    @Override
    public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
        RegionMemory memory = word.memory();
        if (WaitStrategy.spinFor(SPINS, memory, condition)) {
            return true;
        }
        long start = memory.nanoTime();
        do {
            memory.yieldHint();
            if (condition.getAsBoolean()) {
                return true;
            }
        } while (memory.nanoTime() - start < nanos && !Thread.currentThread().isInterrupted());
        return condition.getAsBoolean();
    }

    @Override
    public String toString() {
        return "yield";
    }
}
