package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that are killed with SIGKILL at their work, or stopped. Each message is handled, or among the dead letters. */
@Timeout(180)
class WorkerProcessesTest {

    private static final int ROUNDS = Integer.getInteger("sluice.rounds", 4);

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private TestDirectory directory;

    @BeforeEach
    void createDirectory() throws IOException {
        System.out.println("WorkerProcessesTest seed " + seed);
        directory = TestDirectory.create();
    }

    @AfterEach
    void removeDirectory() throws IOException {
        directory.close();
    }

    private ChildJvm start(RingKind kind) {
        return ChildJvm.start(WorkerChild.class, directory.path().toString(), kind.name());
    }

    private Ring open(RingKind kind, String name) {
        return Rings.openOrCreate(WorkerChild.ring(directory.path(), kind, name));
    }

    private static void put(RingProducer producer, long number) {
        until(() -> {
            try (Claim claim = producer.claim(0, Long.BYTES)) {
                if (claim == null) {
                    return false;
                }
                claim.setLong(0, number);
                claim.commit();
            }
            return true;
        });
    }

    private static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "does not become true");
            Thread.yield();
        }
    }

    private List<WorkerFigures.Place> figures() {
        return WorkerFigures.read(WorkerSpec.figuresOf(RegionAddress.of(directory.path(), "work")), false)
                .places();
    }

    private long sum(ToLongFunction<WorkerFigures.Place> figure) {
        return figures().stream().mapToLong(figure).sum();
    }

    /** How often each number came among the dead letters. */
    private Map<Long, Integer> deadLetters() {
        Map<Long, Integer> dead = new TreeMap<>();
        try (Ring ring = open(RingKind.SPSC, "dead");
                RingConsumer consumer = ring.consumer()) {
            while (consumer.poll(message -> dead.merge(message.getLong(0), 1, Integer::sum), 1000) > 0) {
                // It collects.
            }
        }
        return dead;
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPSC", "MPMC"})
    void losesNothingWhileWorkersAreKilled(RingKind kind) throws Exception {
        long sent = 0;
        try (Ring ring = open(kind, "work");
                RingProducer producer = ring.producer()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (ChildJvm worker = start(kind)) {
                    worker.awaitLine("ready");
                    long enough = sent + 2000 + random.nextInt(10_000);
                    while (sent < enough) {
                        put(producer, sent++);
                    }
                    if (random.nextBoolean()) {
                        worker.stop();
                        worker.resume();
                    }
                    worker.kill();
                }
                assertTrue(figures().stream().noneMatch(WorkerFigures.Place::alive));
                assertTrue(
                        figures().stream().anyMatch(place -> place.token() != 0), "the dead one's figures are there");
            }
            try (ChildJvm worker = start(kind)) {
                worker.awaitLine("ready");
                until(() -> producer.backlogBytes() == 0);
                worker.endInput();
                assertEquals(0, worker.awaitExit(), worker::errors);
            }
        }
        audit(sent);
    }

    private void audit(long sent) throws IOException {
        byte[] handled = Files.readAllBytes(directory.path().resolve(".handled"));
        Map<Long, Integer> dead = deadLetters();
        long twice = 0;
        for (long number = 0; number < sent; number++) {
            boolean fails = number % WorkerChild.FAILING == WorkerChild.FAILING - 1;
            int times = handled[(int) number];
            assertTrue(times > 0 || dead.containsKey(number), "lost: " + number + ", seed " + seed);
            assertFalse(fails && times > 0, "handled: " + number);
            assertTrue(!fails || dead.containsKey(number), "no dead letter: " + number + ", seed " + seed);
            twice += Math.max(0, times - 1);
        }
        // Each death makes a batch come again at most.
        assertTrue(twice <= ROUNDS * 20L, twice + " came twice, seed " + seed);
        assertTrue(sum(WorkerFigures.Place::delivered) >= sent - dead.size() - ROUNDS);
        // A death in a handler, or with a failing message in the batch, is a delivery that nobody counted as failed; a
        // batch holds one such message at most.
        long failures = (long) WorkerChild.DELIVERIES * (sent / WorkerChild.FAILING) - ROUNDS;
        assertTrue(sum(WorkerFigures.Place::failed) >= failures, "failures not counted, seed " + seed);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPSC", "MPMC"})
    void putsAMessageAsideThatKillsItsWorkers(RingKind kind) throws Exception {
        try (Ring ring = open(kind, "work");
                RingProducer producer = ring.producer()) {
            for (long number = 0; number < 10; number++) {
                put(producer, number);
            }
            put(producer, WorkerChild.POISON);
            put(producer, 10);
            int deaths = 0;
            int exit = 7;
            while (exit == 7) {
                try (ChildJvm worker = start(kind)) {
                    until(() -> producer.backlogBytes() == 0
                            || !ProcessHandle.of(worker.pid())
                                    .map(ProcessHandle::isAlive)
                                    .orElse(false));
                    worker.endInput();
                    exit = worker.awaitExit();
                    deaths += exit == 7 ? 1 : 0;
                }
                assertTrue(deaths <= WorkerChild.DELIVERIES, "deaths: " + deaths);
            }
            assertEquals(0, exit);
            assertEquals(WorkerChild.DELIVERIES, deaths);
        }
        assertEquals(List.of(WorkerChild.POISON), new ArrayList<>(deadLetters().keySet()));
        byte[] handled = Files.readAllBytes(directory.path().resolve(".handled"));
        for (int number = 0; number <= 10; number++) {
            assertTrue(handled[number] > 0, "lost: " + number);
        }
    }

    @Test
    void aStoppedWorkerIsNotHeldForDead() throws Exception {
        try (Ring ring = open(RingKind.SPSC, "work");
                RingProducer producer = ring.producer();
                ChildJvm worker = start(RingKind.SPSC)) {
            worker.awaitLine("ready");
            put(producer, 0);
            until(() -> sum(WorkerFigures.Place::delivered) == 1);
            worker.stop();
            assertTrue(figures().get(0).alive());
            assertEquals(WorkerState.RUNNING, figures().get(0).state());
            put(producer, 1);
            worker.resume();
            until(() -> sum(WorkerFigures.Place::delivered) == 2);
            worker.endInput();
            assertEquals(0, worker.awaitExit(), worker::errors);
            assertEquals(WorkerState.ENDED, figures().get(0).state());
        }
    }
}
