package io.sluice.benchmarks.transport;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.sluice.benchmarks.peer.Console;
import java.io.IOException;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Aeron's media driver as a process of its own: one thread that backs off between its duties. It also tells publishers
 * how far they may write, so it must not sleep for longer than they need for half a term.
 */
public final class AeronDriver {

    /** What it says when it can be used. */
    static final String READY = "ready";

    private static final long LONGEST_PARK_NANOS = 100_000;

    private AeronDriver() {}

    /** Runs until its input ends; the argument is the driver's directory. */
    public static void main(String[] arguments) throws IOException {
        MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(arguments[0])
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 20, 1_000, LONGEST_PARK_NANOS))
                .dirDeleteOnShutdown(true);
        Console console = new Console();
        try (MediaDriver driver = MediaDriver.launch(context)) {
            console.say(READY + " " + driver.aeronDirectoryName());
            while (console.hear() != null) {
                // Nothing else is said to it.
            }
        }
    }
}
