package io.sluice.benchmarks.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.benchmarks.Main;
import io.sluice.benchmarks.run.Jvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that is told to end (SIGTERM, as Ctrl-C) takes everything along: processes, files, message queues. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndedBySignalTest {

    private static final int BY_SIGTERM = 128 + 15;
    private static final long LOOK_MILLIS = 10;

    @TempDir
    private Path parent;

    private Process start(String... arguments) throws IOException {
        List<String> all = Stream.concat(
                        Stream.of("--directory=" + parent, "--forks=1", "--warmup=60"), Stream.of(arguments))
                .toList();
        return new ProcessBuilder(Jvm.command(List.of(), Main.class, all))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private List<Path> scratch() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.toList();
        }
    }

    private Path awaitScratch(Process benchmark) throws IOException, InterruptedException {
        while (scratch().isEmpty()) {
            assertTrue(benchmark.isAlive(), "the benchmark has ended by itself");
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return scratch().get(0);
    }

    private static List<ProcessHandle> awaitDescendants(Process benchmark, int count) throws InterruptedException {
        List<ProcessHandle> descendants = benchmark.descendants().toList();
        while (descendants.size() < count) {
            assertTrue(benchmark.isAlive(), "the benchmark has ended by itself");
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            descendants = benchmark.descendants().toList();
        }
        return descendants;
    }

    private void endBySignal(Process benchmark, int processes) throws Exception {
        List<ProcessHandle> descendants = awaitDescendants(benchmark, processes);
        benchmark.destroy();
        assertEquals(BY_SIGTERM, benchmark.waitFor());
        for (ProcessHandle descendant : descendants) {
            assertFalse(descendant.isAlive(), () -> "left alive: " + descendant.info());
        }
        assertEquals(List.of(), scratch());
    }

    @Test
    void leavesNoMessageQueue() throws Exception {
        Process benchmark = start("--measures=throughput", "--transports=posix-mq", "--sizes=32");
        String queue = "/" + awaitScratch(benchmark).getFileName() + "-there";
        boolean there = false;
        while (!there) {
            try {
                NativeQueue.openToSend(queue).close();
                there = true;
            } catch (IOException e) {
                assertTrue(benchmark.isAlive(), "the benchmark has ended by itself");
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
        endBySignal(benchmark, 2);
        assertThrows(IOException.class, () -> NativeQueue.openToSend(queue));
    }

    @Test
    void leavesNoMediaDriver() throws Exception {
        Process benchmark = start("--measures=throughput", "--transports=aeron", "--sizes=32");
        awaitScratch(benchmark);
        endBySignal(benchmark, 3);
    }

    @Test
    void leavesNoHolderOfALock() throws Exception {
        Process benchmark = start("--measures=recovery");
        awaitScratch(benchmark);
        endBySignal(benchmark, 2);
    }
}
