package io.sluice.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import io.sluice.benchmarks.worker.Job;
import io.sluice.benchmarks.worker.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every transport carries every byte between two real processes; wrong jobs fail instead of hanging. */
class PairTest {

    private static final Duration SHORT = Duration.ofMillis(40);
    private static final int LENGTH = 72;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "sluice-bench-test-");
    }

    @AfterEach
    void removeDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Job job(Measure measure, String transport) {
        return job(measure, transport, 16);
    }

    private Job job(Measure measure, String transport, int limit) {
        return new Job(
                measure,
                transport,
                Job.Role.SENDER,
                directory,
                LENGTH,
                1 << 16,
                limit,
                Duration.ofNanos(200_000),
                SHORT,
                SHORT,
                true);
    }

    private static List<String> flags(String transport) {
        return Transports.named(transport).jvmFlags();
    }

    private static Stream<String> transports(Measure measure) {
        return Transports.all().stream()
                .filter(transport -> transport.measures().contains(measure))
                .map(Transport::name);
    }

    static Stream<String> oneWayTransports() {
        return transports(Measure.THROUGHPUT);
    }

    static Stream<String> roundTripTransports() {
        return transports(Measure.ROUND_TRIP);
    }

    static Stream<String> wakingTransports() {
        return transports(Measure.WAKE);
    }

    @ParameterizedTest
    @MethodSource("oneWayTransports")
    void deliversEveryByteInOrder(String transport) throws Exception {
        Job job = job(Measure.THROUGHPUT, transport);
        job.create();
        Pair.Outcomes outcomes = new Pair(job, flags(transport)).run();
        assertTrue(outcomes.sender().getCount() > 0, "nothing was sent");
        assertEquals(outcomes.sender().getCount(), outcomes.receiver().getCount());
    }

    @ParameterizedTest
    @MethodSource("roundTripTransports")
    void repliesToEveryMessage(String transport) throws Exception {
        Job job = job(Measure.ROUND_TRIP, transport);
        job.create();
        Pair.Outcomes outcomes = new Pair(job, flags(transport)).run();
        Outcome asker = outcomes.sender();
        assertTrue(asker.latencies().getTotalCount() > 0, "no latency was recorded");
        assertEquals(
                asker.getCount(),
                asker.latencies().getTotalCount() + 100 * asker.latencySums().getTotalCount());
    }

    @ParameterizedTest
    @MethodSource("wakingTransports")
    void wakesTheReceiverForEveryMessage(String transport) throws Exception {
        Job job = job(Measure.WAKE, transport);
        job.create();
        Pair.Outcomes outcomes = new Pair(job, flags(transport)).run();
        assertEquals(
                outcomes.sender().getCount(), outcomes.receiver().latencies().getTotalCount());
    }

    @Test
    void attachesToARingOfAnotherProcess() throws Exception {
        Job job = job(Measure.ATTACH, "sluice-spsc");
        job.create();
        Pair.Outcomes outcomes = new Pair(job, List.of()).run();
        assertEquals(1000, outcomes.sender().latencies().getTotalCount());
    }

    @Test
    void failsWhenItsProcessesDo() throws Exception {
        Job job = job(Measure.THROUGHPUT, "fifo");
        job.create();
        // The JVM refuses this flag, so nobody opens the pipe.
        Pair pair = new Pair(job, List.of("-XX:NoSuchFlag=1"));
        assertThrows(IllegalStateException.class, pair::run);
    }

    @Test
    void endsTheSenderWhenTheReceiverFails() throws Exception {
        // A limit of 0 is refused by the receiving ring, while the sender fills it and then waits for room.
        Job job = job(Measure.THROUGHPUT, "sluice-spsc", 0);
        job.create();
        Pair pair = new Pair(job, List.of());
        IllegalStateException failure = assertThrows(IllegalStateException.class, pair::run);
        assertTrue(failure.getMessage().contains("ended with code"), failure.getMessage());
    }
}
