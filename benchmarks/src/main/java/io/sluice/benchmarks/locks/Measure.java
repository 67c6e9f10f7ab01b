package io.sluice.benchmarks.locks;

/** What of a lock is measured. */
enum Measure {
    /** One thread of one process takes it and gives it back, and nobody else wants it. */
    UNCONTENDED,
    /** Two processes hand it to each other as fast as it goes: each acquisition waits for the other one's release. */
    HAND_OVER,
    /** The same, but each keeps it for a while, so that the other one, if it blocks, is asleep when its turn comes. */
    SLEEPER,
    /** One process waits for what another one does not give back: what that costs. */
    IDLE;

    /** Whether it takes two processes. */
    boolean needsTwo() {
        return this != UNCONTENDED;
    }

    /** Whether it is measured for each way to wait. */
    boolean hasModes() {
        return this == HAND_OVER || this == SLEEPER;
    }
}
