package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.TestDirectory;
import io.sluice.ringbuffer.Received;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.worker.WorkerHandler.ElementHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker over each kind of ring that it can work on. */
@Timeout(120)
class WorkerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private TestDirectory directory;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = TestDirectory.create();
    }

    @AfterEach
    void removeDirectory() throws IOException {
        directory.close();
    }

    private RingSpec ring(RingKind kind, String name) {
        return RingSpec.of(kind, "unused", 1 << 14).withAddress(RegionAddress.of(directory.path(), name));
    }

    private WorkerSpec spec(RingKind kind, ElementHandler<String> handler) {
        return WorkerSpec.of(ring(kind, "work"), WorkerHandler.of(Codecs.strings(), text -> {
            seen.add(text);
            handler.handle(text);
        }));
    }

    private void send(RingKind kind, String... texts) throws InterruptedException {
        try (Ring ring = Rings.openOrCreate(ring(kind, "work"));
                RingProducer producer = ring.producer()) {
            for (String text : texts) {
                producer.put(Received.bytes(text));
            }
        }
    }

    private List<String> left(RingKind kind, String name) {
        try (Ring ring = Rings.openOrCreate(ring(kind, name));
                RingConsumer consumer = ring.consumer()) {
            Received received = new Received();
            while (consumer.poll(received, 100) > 0) {
                // It collects.
            }
            return received.texts();
        }
    }

    private WorkerFigures.Place figures() {
        List<WorkerFigures.Place> places = WorkerFigures.read(
                        WorkerSpec.figuresOf(RegionAddress.of(directory.path(), "work")), false)
                .places();
        assertEquals(1, places.size());
        return places.get(0);
    }

    private static void fail(String text) {
        throw new IllegalStateException(text);
    }

    // ---- ending ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPMC"})
    void drainsWhatIsThereAndEnds(RingKind kind) throws Exception {
        send(kind, "a", "b", "c");
        try (Worker worker = Worker.start(spec(kind, text -> {}))) {
            assertTrue(worker.drain(LONG));
            assertTrue(worker.isEnded());
            assertTrue(worker.failure().isEmpty());
        }
        assertEquals(List.of("a", "b", "c"), seen);
        assertEquals(3, figures().delivered());
        assertEquals(0, figures().redelivered());
        assertEquals(0, figures().lagBytes());
        assertEquals(WorkerState.ENDED, figures().state());
        assertEquals(0, figures().token());
        assertEquals(List.of(), left(kind, "work"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPMC"})
    void endsWithTheStreamIfToldSo(RingKind kind) throws Exception {
        try (Worker worker = Worker.start(spec(kind, text -> {}).untilClosed())) {
            assertFalse(worker.await(Duration.ofMillis(30)));
            send(kind, "a", "b");
            assertTrue(worker.await(LONG));
        }
        assertEquals(List.of("a", "b"), seen);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPMC"})
    void aHardStopLeavesTheMessageInHand(RingKind kind) throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        send(kind, "a", "b", "c");
        try (Worker worker = Worker.start(spec(kind, text -> {
                    if (text.equals("b")) {
                        inHand.countDown();
                        Thread.sleep(Long.MAX_VALUE);
                    }
                })
                .withErrors(ErrorPolicy.discard()))) {
            inHand.await();
            assertEquals(WorkerState.RUNNING, figures().state());
            assertTrue(figures().alive());
            assertFalse(worker.stop(Duration.ofMillis(20)));
            assertTrue(worker.stopNow(LONG));
            assertTrue(worker.failure().isEmpty());
        }
        assertEquals(List.of("a", "b"), seen);
        assertEquals(List.of("b", "c"), left(kind, "work"));
        assertEquals(0, figures().discarded());
    }

    @Test
    void stoppingFinishesTheBatchInHand() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        send(RingKind.SPSC, "a", "b", "c", "d");
        try (Worker worker = Worker.start(spec(RingKind.SPSC, text -> {
                    inHand.countDown();
                    goOn.await();
                })
                .withBatch(1))) {
            inHand.await();
            assertFalse(worker.stop(Duration.ofMillis(20)));
            goOn.countDown();
            assertTrue(worker.await(LONG));
        }
        assertEquals(List.of("a"), seen);
        assertEquals(List.of("b", "c", "d"), left(RingKind.SPSC, "work"));
    }

    // ---- errors ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPMC"})
    void stopsAtAFailureAndLeavesTheMessage(RingKind kind) throws Exception {
        send(kind, "a", "bad", "c");
        try (Worker worker = Worker.start(spec(kind, text -> {
            if (text.equals("bad")) {
                throw new IOException(text);
            }
        }))) {
            assertTrue(worker.await(LONG));
            Throwable failure = worker.failure().orElseThrow();
            assertInstanceOf(HandlerFailedException.class, failure);
            assertInstanceOf(IOException.class, failure.getCause());
        }
        assertEquals(WorkerState.FAILED, figures().state());
        assertEquals(1, figures().failed());
        assertEquals(List.of("bad", "c"), left(kind, "work"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPMC"})
    void deliversAgainUntilItWorks(RingKind kind) throws Exception {
        send(kind, "a", "b", "c");
        try (Worker worker = Worker.start(spec(kind, text -> {
                    if (text.equals("b") && Collections.frequency(seen, "b") < 3) {
                        fail(text);
                    }
                })
                .withErrors(ErrorPolicy.stop().withDeliveries(3, Duration.ofMillis(2))))) {
            assertTrue(worker.drain(LONG));
            assertTrue(worker.failure().isEmpty());
        }
        assertEquals(List.of("a", "b", "b", "b", "c"), seen);
        assertEquals(3, figures().delivered());
        assertEquals(2, figures().redelivered());
        assertEquals(2, figures().failed());
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPMC"})
    void sendsADeadLetterAfterSoManyDeliveries(RingKind kind) throws Exception {
        send(kind, "a", "bad", "c");
        ErrorPolicy errors = ErrorPolicy.deadLetter(ring(RingKind.SPSC, "dead"))
                .withDeliveries(3, Duration.ZERO)
                .withNack();
        try (Worker worker = Worker.start(spec(kind, text -> {
                    if (text.equals("bad")) {
                        fail(text);
                    }
                })
                .withErrors(errors))) {
            assertTrue(worker.drain(LONG));
            assertEquals(1, worker.figures().places().get(0).deadLettered());
        }
        assertEquals(3, Collections.frequency(seen, "bad"));
        assertEquals(3, figures().failed());
        assertEquals(2, figures().delivered());
        assertEquals(List.of("bad"), left(RingKind.SPSC, "dead"));
        assertEquals(List.of(), left(kind, "work"));
    }

    @Test
    void discardsIfToldSo() throws Exception {
        send(RingKind.SPSC, "a", "bad", "c");
        try (Worker worker = Worker.start(spec(RingKind.SPSC, text -> {
                    if (text.equals("bad")) {
                        fail(text);
                    }
                })
                .withErrors(ErrorPolicy.discard()))) {
            assertTrue(worker.drain(LONG));
        }
        assertEquals(List.of("a", "bad", "c"), seen);
        assertEquals(1, figures().discarded());
        assertEquals(2, figures().delivered());
    }

    @Test
    void waitsForRoomAmongTheDeadLetters() throws Exception {
        RingSpec dead = RingSpec.spsc("unused", 1 << 14).withAddress(RegionAddress.of(directory.path(), "dead"));
        String large = "x".repeat(7000);
        send(RingKind.SPSC, large, large);
        try (Ring letters = Rings.create(dead);
                RingConsumer consumer = letters.consumer();
                Worker worker = Worker.start(
                        spec(RingKind.SPSC, text -> fail("all")).withErrors(ErrorPolicy.deadLetter(dead)))) {
            long start = System.nanoTime();
            while (figures().deadLettered() < 2) {
                assertTrue(System.nanoTime() - start < LONG.toNanos());
                Thread.onSpinWait();
            }
            try (Ring ring = Rings.open(ring(RingKind.SPSC, "work"));
                    RingProducer producer = ring.producer()) {
                producer.put(Received.bytes(large));
                while (figures().fullWaits() == 0) {
                    assertTrue(System.nanoTime() - start < LONG.toNanos());
                    Thread.onSpinWait();
                }
            }
            assertEquals(2, figures().deadLettered());
            assertEquals(1, consumer.poll(message -> {}, 1));
            assertTrue(worker.drain(LONG));
            assertEquals(3, figures().deadLettered());
        }
    }

    @Test
    void anErrorEndsTheWorker() throws Exception {
        send(RingKind.SPSC, "a");
        try (Worker worker = Worker.start(spec(RingKind.SPSC, text -> {
                    throw new AssertionError(text);
                })
                .withErrors(ErrorPolicy.discard()))) {
            assertTrue(worker.await(LONG));
            assertInstanceOf(AssertionError.class, worker.failure().orElseThrow());
        }
        assertEquals(List.of("a"), left(RingKind.SPSC, "work"));
    }

    @Test
    void anInterruptThatAHandlerLeavesEndsNothing() throws Exception {
        send(RingKind.SPSC, "a", "b");
        try (Worker worker = Worker.start(
                spec(RingKind.SPSC, text -> Thread.currentThread().interrupt()).withBatch(1))) {
            assertTrue(worker.drain(LONG));
            assertTrue(worker.failure().isEmpty());
        }
        assertEquals(List.of("a", "b"), seen);
    }

    // ---- several --------------------------------------------------------------------------------------------------

    @Test
    void sharesTheMessagesAmongItsThreads() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        try (Worker worker = Worker.start(spec(RingKind.MPMC, text -> {
                    if (threads.add(Thread.currentThread().getName())) {
                        both.countDown();
                    }
                    both.await();
                })
                .withThreads(2)
                .withBatch(1))) {
            String[] texts = new String[200];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = "text " + i;
            }
            send(RingKind.MPMC, texts);
            assertTrue(worker.drain(LONG));
            assertEquals(
                    200,
                    worker.figures().places().stream()
                            .mapToLong(WorkerFigures.Place::delivered)
                            .sum());
        }
        assertEquals(2, threads.size());
        assertEquals(200, Set.copyOf(seen).size());
        assertEquals(200, seen.size());
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThrows(IllegalArgumentException.class, () -> spec(RingKind.SPSC, text -> {})
                .withThreads(2));
        assertThrows(IllegalArgumentException.class, () -> spec(RingKind.BROADCAST, text -> {})
                .withThreads(1));
        assertThrows(IllegalArgumentException.class, () -> spec(RingKind.SPSC, text -> {})
                .withBatch(0));
        assertThrows(IllegalArgumentException.class, () -> ErrorPolicy.stop().withDeliveries(0, Duration.ZERO));
        RingSpec small = RingSpec.spsc("unused", 4096).withAddress(RegionAddress.of(directory.path(), "small"));
        WorkerSpec spec = spec(RingKind.SPSC, text -> {}).withErrors(ErrorPolicy.deadLetter(small));
        assertThrows(IllegalArgumentException.class, () -> Worker.start(spec));
    }
}
