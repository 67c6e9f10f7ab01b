package io.sluice.benchmarks.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.benchmarks.locks.LocksPlan.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LocksCommandTest {

    private static int execute(String... arguments) {
        return new CommandLine(new LocksCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    private static boolean hasCompiler() {
        try (Stream<Path> directories =
                Stream.of(System.getenv("PATH").split(":")).map(Path::of)) {
            return directories.anyMatch(directory -> Files.isExecutable(directory.resolve("gcc")));
        }
    }

    /** One lock of each origin: ours, the JDK's, and, where it can be compiled, C's; each really used by two processes. */
    @Test
    void comparesLocksOfAllOriginsInOneRun(@TempDir Path directory) throws IOException {
        Path json = directory.resolve("locks.json");
        int code = execute(
                "--forks=1",
                "--warmup=0.02",
                "--time=0.02",
                "--measures=uncontended,hand_over,idle",
                "--locks=sluice-mutex,pthread-mutex,reentrant-lock",
                "--directory=" + directory,
                "--json=" + json);
        assertEquals(0, code);
        Map<?, ?> report = (Map<?, ?>) JSON.std.mapFrom(Files.readString(json)).get("locks");
        int expectedRows = hasCompiler() ? 3 + 4 + 2 : 2 + 2 + 1;
        assertEquals(expectedRows, ((List<?>) report.get("rows")).size());
        for (Object row : (List<?>) report.get("rows")) {
            Map<?, ?> fork = (Map<?, ?>) ((List<?>) ((Map<?, ?>) row).get("forks")).get(0);
            assertTrue(((Number) fork.get("nanos")).doubleValue() > 0, row.toString());
        }
        assertEquals(hasCompiler() ? 4 : 1, ((List<?>) report.get("ratios")).size());
    }

    @Test
    void measuresTheSleepersOfEveryLock(@TempDir Path directory) throws IOException, InterruptedException {
        LocksPlan plan = new LocksPlan(
                Set.of(Measure.SLEEPER),
                List.of("sluice-signalling", "sluice-accountable", "file-lock"),
                1,
                Duration.ZERO,
                Duration.ofMillis(20),
                Duration.ofNanos(100_000),
                directory);
        LocksResults results = new LocksRun(plan, System.err).run();
        assertEquals(plan.rows(), results.rows());
        for (Row row : results.rows()) {
            assertTrue(results.figure(row, LocksResults.Quantity.P50_NANOS).median() > 0, row::toString);
        }
    }

    @Test
    void refusesWhatItCannotMeasure() {
        assertEquals(2, execute("--locks=padlock"));
        assertEquals(2, execute("--forks=0"));
        assertEquals(2, execute("--measures=weight"));
        assertEquals(2, execute("--time=0"));
    }
}
