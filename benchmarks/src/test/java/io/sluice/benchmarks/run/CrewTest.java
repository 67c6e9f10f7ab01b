package io.sluice.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Mode;
import io.sluice.benchmarks.transport.Shape;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Every transport carries every byte between two real processes; wrong jobs fail instead of hanging. */
class CrewTest {

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
        return job(measure, transport, 16, Shape.PAIR);
    }

    private Job job(Measure measure, String transport, int limit, Shape shape) {
        return new Job(
                measure,
                transport,
                shape,
                Job.Role.BOTH,
                0,
                directory,
                LENGTH,
                1 << 16,
                limit,
                Duration.ofNanos(200_000),
                10_000,
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

    @ParameterizedTest
    @MethodSource("oneWayTransports")
    void deliversEveryByteInOrder(String transport) throws Exception {
        Job job = job(Measure.THROUGHPUT, transport);
        Crew.Outcomes outcomes = new Crew(job, flags(transport)).run();
        // What may lose messages may lose them all, once, to a receiver that never runs.
        for (int more = 0; more < 3 && outcomes.receiver().getTotalCount() == 0; more++) {
            assertTrue(Transports.named(transport).loses(), "nothing was received");
            outcomes = new Crew(job(Measure.THROUGHPUT, transport), flags(transport)).run();
        }
        long sent = outcomes.sender().getTotalCount();
        long received = outcomes.receiver().getTotalCount();
        assertTrue(sent > 0, "nothing was sent");
        assertTrue(received > 0, "nothing was received");
        // Each byte of what came was compared; what may lose messages must not make any up.
        assertTrue(Transports.named(transport).loses() ? received <= sent : received == sent, received + " of " + sent);
    }

    /** A transport that is measured by no stream carries a word, or nothing: nobody is left out unseen. */
    @Test
    void leavesOutOnlyWhatHasNoStream() {
        List<String> streamed = oneWayTransports().toList();
        List<String> others = Transports.all().stream()
                .map(Transport::name)
                .filter(name -> !streamed.contains(name))
                .toList();
        assertEquals(List.of("raw-word", "memcpy"), others);
        assertEquals(38, streamed.size());
    }

    static Stream<String> sharedTransports() {
        return transports(Measure.THROUGHPUT)
                .filter(name -> Transports.named(name).mode() != Mode.BACK_OFF)
                .filter(name -> !Transports.named(name).loses())
                .filter(name -> Transports.named(name).connects(new Shape(2, 1))
                        || Transports.named(name).connects(new Shape(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("sharedTransports")
    void accountsForEveryMessageOfManyEnds(String name) throws Exception {
        Transport transport = Transports.named(name);
        Shape shape = Stream.of(new Shape(2, 2), new Shape(2, 1), new Shape(1, 2))
                .filter(transport::connects)
                .findFirst()
                .orElseThrow();
        Crew.Outcomes outcomes = new Crew(job(Measure.THROUGHPUT, name, 16, shape), flags(name)).run();
        assertEquals(shape.producers(), outcomes.senders().size());
        assertEquals(shape.consumers(), outcomes.receivers().size());
        long sent =
                outcomes.senders().stream().mapToLong(Outcome::getTotalCount).sum();
        long received =
                outcomes.receivers().stream().mapToLong(Outcome::getTotalCount).sum();
        assertTrue(sent > 0, "nothing was sent");
        assertEquals(transport.broadcasts() ? shape.consumers() * sent : sent, received);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sluice-spsc", "sluice-spsc-block", "agrona", "aeron", "pipe", "tcp", "posix-mq", "raw-word"})
    void repliesToEveryMessage(String transport) throws Exception {
        Job job = job(Measure.ROUND_TRIP, transport);
        Crew.Outcomes outcomes = new Crew(job, flags(transport)).run();
        Outcome asker = outcomes.sender();
        assertTrue(asker.latencies().getTotalCount() > 0, "no latency was recorded");
        assertEquals(
                asker.getCount(),
                asker.latencies().getTotalCount() + 100 * asker.latencySums().getTotalCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice-spsc-block", "fifo"})
    void wakesTheReceiverForEveryMessage(String transport) throws Exception {
        Job job = job(Measure.WAKE, transport);
        Crew.Outcomes outcomes = new Crew(job, flags(transport)).run();
        assertEquals(
                outcomes.sender().getCount(), outcomes.receiver().latencies().getTotalCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice-spsc", "chronicle-queue"})
    void accountsForEveryMessageOfferedAtARate(String transport) throws Exception {
        Crew.Outcomes outcomes = new Crew(job(Measure.LOAD, transport), flags(transport)).run();
        assertTrue(outcomes.sender().getTotalCount() > 0, "nothing was sent");
        assertEquals(outcomes.sender().getTotalCount(), outcomes.receiver().getTotalCount());
    }

    @Test
    void attachesToARingOfAnotherProcess() throws Exception {
        Job job = job(Measure.ATTACH, "sluice-spsc");
        Crew.Outcomes outcomes = new Crew(job, List.of()).run();
        assertEquals(1000, outcomes.sender().latencies().getTotalCount());
    }

    @Test
    void failsWhenItsProcessesDo() throws Exception {
        Job job = job(Measure.THROUGHPUT, "fifo");
        // The JVM refuses this flag, so nobody opens the pipe.
        Crew crew = new Crew(job, List.of("-XX:NoSuchFlag=1"));
        assertThrows(IllegalStateException.class, crew::run);
    }

    @Test
    void endsTheSenderWhenTheReceiverFails() throws Exception {
        // A limit of 0 is refused by the receiving ring, while the sender fills it and then waits for room.
        Job job = job(Measure.THROUGHPUT, "sluice-spsc", 0, Shape.PAIR);
        Crew crew = new Crew(job, List.of());
        IllegalStateException failure = assertThrows(IllegalStateException.class, crew::run);
        assertTrue(failure.getMessage().contains("ended with the codes"), failure.getMessage());
    }
}
