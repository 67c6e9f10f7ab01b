package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.testing.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mapping takes from the system, it gives back. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MappingResourcesTest {

    private static final long LARGE = 1L << 26;
    private static final int TIMES = 1000;

    @ParameterizedTest
    @MethodSource("io.sluice.api.memory.MappedFileScene#modes")
    void leavesNoDescriptorOpenAndNoPageMapped(MappingMode mode) throws IOException {
        try (MappedFileScene scene = new MappedFileScene(65_536)) {
            scene.map(mode, true).detach();
            long before = Descriptors.count();
            for (int i = 0; i < TIMES; i++) {
                MappedRegionMemory memory = scene.map(mode, i % 2 == 0);
                assertEquals(1, mappingsOf(scene.path()));
                memory.detach();
                assertEquals(0, mappingsOf(scene.path()));
            }
            Descriptors.awaitNoMoreThan(before);
        }
    }

    @ParameterizedTest
    @MethodSource("io.sluice.api.memory.MappedFileScene#modes")
    void theCollectorGivesAddressRangesBack(MappingMode mode) throws IOException {
        try (MappedFileScene scene = new MappedFileScene(LARGE)) {
            scene.map(mode, true).detach();
            long before = addressSpace();
            int times = 200;
            for (int i = 0; i < times; i++) {
                MappedRegionMemory memory = scene.map(mode, true);
                if (i % 2 == 0) {
                    memory.detach();
                }
            }
            // Nothing refers to them any more; the watchdog ends the test if they stay.
            while (addressSpace() > before + times / 4 * LARGE) {
                System.gc();
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static long mappingsOf(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.endsWith(file.toString())).count();
        }
    }

    /** Bytes of address space in use. */
    private static long addressSpace() throws IOException {
        String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[0];
        return Long.parseLong(pages) * 4096;
    }
}
