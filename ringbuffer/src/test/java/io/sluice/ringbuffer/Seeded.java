package io.sluice.ringbuffer;

import java.util.Random;

/** Random work that can be had again: its seed is told, and taken from {@code -Dsluice.test.seed} if that is given. */
public final class Seeded {

    private Seeded() {}

    /** What does the same whenever it is given the same random numbers. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run(Random random);
    }

    /** Does {@code work} of {@code test}; its failure tells the seed. */
    public static void run(Class<?> test, Work work) {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + " seed " + seed);
        try {
            work.run(new Random(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with -Dsluice.test.seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
