package io.sluice.stress.storm;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Pauses, so that kills find processes in the middle of things and every thread gets its turn. */
public final class Dwell {

    private Dwell() {}

    /** A short one, in half of the cases. */
    public static void inside(SplittableRandom random) {
        if (random.nextBoolean()) {
            LockSupport.parkNanos(random.nextInt(200_000));
        }
    }

    /** A longer one. */
    public static void between(SplittableRandom random) {
        LockSupport.parkNanos(1_000_000 + random.nextInt(4_000_000));
    }
}
