package io.sluice.stress.jcstress.run;

import io.sluice.stress.jcstress.Slab;
import java.time.Duration;

/** How thoroughly to run. */
public enum Mode {

    /**
     * All tests one after the other in this JVM, for seconds each at most: whether they work at all, and the twins
     * show.
     */
    SANITY(50, 1, 0, false),

    /** Each pair of interpreter, C1 and C2 in a JVM of its own, for a moment. */
    QUICK(200, 2, 1, false),

    /** The same for five seconds each, and with the randomised C2. */
    DEFAULT(1000, 5, 1, true),

    /** The same twenty times. */
    TOUGH(1000, 10, 10, true);

    private static final int FEW_STATES = 512;

    private final int millis;
    private final int iterations;
    private final int forks;
    private final boolean randomised;

    Mode(int millis, int iterations, int forks, boolean randomised) {
        this.millis = millis;
        this.iterations = iterations;
        this.forks = forks;
        this.randomised = randomised;
    }

    /** Time of one iteration. */
    public Duration time() {
        return Duration.ofMillis(millis);
    }

    /** How many states a test has at a time. */
    public int states() {
        // jcstress first runs a test with ever more of them, to see how much memory they take.
        return this == SANITY ? FEW_STATES : Slab.MAX_STATES;
    }

    /** Iterations in a JVM. */
    public int iterations() {
        return iterations;
    }

    /** JVMs for each combination of compilers; 0: none but this one. */
    public int forks() {
        return forks;
    }

    /** Whether C2 also runs with its orders of instructions randomised. */
    public boolean isRandomised() {
        return randomised;
    }
}
