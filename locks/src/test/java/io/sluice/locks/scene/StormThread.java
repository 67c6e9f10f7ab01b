package io.sluice.locks.scene;

import io.sluice.api.testing.ChildConsole;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** What the processes of a storm do besides using their lock. */
public final class StormThread {

    private StormThread() {}

    /** Has a thread do something over and over; if it fails, says {@code wrong} and why. */
    public static void start(ChildConsole console, Actors.Action turn) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            turn.run();
                        }
                    } catch (Exception | AssertionError e) {
                        console.say("wrong: " + e);
                    }
                },
                "storm");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the end of the input, which is the end of the process. */
    public static void endWithInput(ChildConsole console) {
        while (console.hear() != null) {
            // The test says nothing; it ends the input when this process should go.
        }
        Runtime.getRuntime().halt(0);
    }

    /** Long enough in the middle of things for kills to find it there, in half of the cases. */
    public static void dwell(SplittableRandom random) {
        if (random.nextBoolean()) {
            LockSupport.parkNanos(random.nextInt(300_000));
        }
    }
}
