package io.sluice.benchmarks.transport;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.sluice.benchmarks.peer.Console;
import java.io.IOException;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Aeron's media driver as a process of its own: one thread that sleeps between its duties. */
public final class AeronDriver {

    /** What it says when it can be used. */
    static final String READY = "ready";

    private AeronDriver() {}

    /** Runs until its input ends; the argument is the driver's directory. */
    public static void main(String[] arguments) throws IOException {
        MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(arguments[0])
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new SleepingMillisIdleStrategy(1))
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
