package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import java.util.function.BooleanSupplier;

/** Looks again and again. */
final class Spin implements WaitStrategy {

    static final WaitStrategy INSTANCE = new Spin();

    private static final int TURNS_PER_CLOCK_READING = 128;

    @Override
    public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
        RegionMemory memory = word.memory();
        long start = memory.nanoTime();
        do {
            if (WaitStrategy.spinFor(TURNS_PER_CLOCK_READING, memory, condition)) {
                return true;
            }
        } while (memory.nanoTime() - start < nanos && !Thread.currentThread().isInterrupted());
        return condition.getAsBoolean();
    }

    @Override
    public String toString() {
        return "spin";
    }
}
