package io.sluice.api.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Open file descriptors of this JVM. */
public final class Descriptors {

    /** What the JVM may open for itself meanwhile. */
    private static final int TOLERANCE = 5;

    private Descriptors() {}

    /** Returns how many are open. */
    public static long count() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** Waits, because Chronicle closes files on a thread of its own; the test's watchdog ends it if they stay. */
    public static void awaitNoMoreThan(long before) throws IOException {
        while (count() > before + TOLERANCE) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
