package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.ringbuffer.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker over each kind of ring that it can work on. */
class WorkerTest extends WorkerTestBase {

    // ---- ending ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void drainsWhatIsThereAndEnds(Work over) throws Exception {
        send(over, "a", "b", "c");
        try (Worker worker = Worker.start(spec(over, text -> {}))) {
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
        assertEquals(List.of(), left(over, "work"));
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheStreamIfToldSo(Work over) throws Exception {
        try (Worker worker = Worker.start(spec(over, text -> {}).untilClosed())) {
            assertFalse(worker.await(Duration.ofMillis(30)));
            send(over, "a", "b");
            assertTrue(worker.await(LONG));
        }
        assertEquals(List.of("a", "b"), seen);
    }

    @ParameterizedTest
    @EnumSource
    void aHardStopLeavesTheMessageInHand(Work over) throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        send(over, "a", "b", "c");
        try (Worker worker = Worker.start(spec(over, text -> {
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
        assertEquals(List.of("b", "c"), left(over, "work"));
        assertEquals(0, figures().discarded());
    }

    @Test
    void stoppingFinishesTheBatchInHand() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        send(Work.SPSC, "a", "b", "c", "d");
        try (Worker worker = Worker.start(spec(Work.SPSC, text -> {
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
        assertEquals(List.of("b", "c", "d"), left(Work.SPSC, "work"));
    }

    @ParameterizedTest
    @EnumSource
    void othersSeeHowMuchIsLeftWhileAHandlerIsAtWork(Work over) throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        send(over, "a", "b", "c");
        try (Worker worker = Worker.start(spec(over, text -> {
                    if (text.equals("b")) {
                        inHand.countDown();
                        goOn.await();
                    }
                })
                .withBatch(1))) {
            inHand.await();
            WorkerFigures.Place seenByOthers = figures();
            goOn.countDown();
            assertTrue(worker.drain(LONG));
            assertTrue(seenByOthers.lagBytes() > 0);
            assertEquals(1, seenByOthers.delivered());
        }
        assertEquals(0, figures().lagBytes());
    }

    // ---- errors ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void stopsAtAFailureAndLeavesTheMessage(Work over) throws Exception {
        send(over, "a", "bad", "c");
        try (Worker worker = Worker.start(spec(over, text -> {
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
        assertEquals(List.of("bad", "c"), left(over, "work"));
    }

    @ParameterizedTest
    @EnumSource
    void deliversAgainUntilItWorks(Work over) throws Exception {
        send(over, "a", "b", "c");
        try (Worker worker = Worker.start(spec(over, text -> {
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
    @EnumSource
    void sendsADeadLetterAfterSoManyDeliveries(Work over) throws Exception {
        send(over, "a", "bad", "c");
        ErrorPolicy errors = ErrorPolicy.deadLetter(ring(Work.SPSC, "dead"))
                .withDeliveries(3, Duration.ZERO)
                .withNack();
        try (Worker worker = Worker.start(spec(over, text -> {
                    if (text.equals("bad")) {
                        fail(text);
                    }
                })
                .withErrors(errors))) {
            assertTrue(worker.drain(LONG));
            assertEquals(1, worker.figures().places().get(0).deadLettered());
        }
        assertEquals(List.of("a", "bad", "bad", "bad", "c"), seen);
        assertEquals(3, figures().failed());
        assertEquals(2, figures().redelivered());
        assertEquals(2, figures().delivered());
        assertEquals(List.of("bad"), left(Work.SPSC, "dead"));
        assertEquals(List.of(), left(over, "work"));
    }

    @ParameterizedTest
    @EnumSource
    void discardsIfToldSo(Work over) throws Exception {
        send(over, "a", "bad", "c");
        try (Worker worker = Worker.start(spec(over, text -> {
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
        RingSpec dead = RingSpec.spsc("unused", 1 << 14).withAddress(directory.address("dead"));
        String large = "x".repeat(7000);
        send(Work.SPSC, large, large);
        try (Ring letters = Rings.create(dead);
                RingConsumer consumer = letters.consumer();
                Worker worker =
                        Worker.start(spec(Work.SPSC, text -> fail("all")).withErrors(ErrorPolicy.deadLetter(dead)))) {
            long start = System.nanoTime();
            while (figures().deadLettered() < 2) {
                assertTrue(System.nanoTime() - start < LONG.toNanos());
                Thread.onSpinWait();
            }
            try (Ring ring = Rings.open(ring(Work.SPSC, "work"));
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
        send(Work.SPSC, "a");
        try (Worker worker = Worker.start(spec(Work.SPSC, text -> {
                    throw new AssertionError(text);
                })
                .withErrors(ErrorPolicy.discard()))) {
            assertTrue(worker.await(LONG));
            assertInstanceOf(AssertionError.class, worker.failure().orElseThrow());
        }
        assertEquals(List.of("a"), left(Work.SPSC, "work"));
    }

    @Test
    void anInterruptThatAHandlerLeavesEndsNothing() throws Exception {
        send(Work.SPSC, "a", "b");
        try (Worker worker = Worker.start(
                spec(Work.SPSC, text -> Thread.currentThread().interrupt()).withBatch(1))) {
            assertTrue(worker.drain(LONG));
            assertTrue(worker.failure().isEmpty());
        }
        assertEquals(List.of("a", "b"), seen);
    }

    // ---- several producers ----------------------------------------------------------------------------------------

    /** Messages with numbers from 10 on, as many in each lane. */
    private static void putIntoBoth(RingProducer one, RingProducer two, int messages) throws InterruptedException {
        for (int number = 10; number < 10 + messages; number++) {
            one.put(Received.bytes("one " + number));
            two.put(Received.bytes("two " + number));
        }
    }

    private static boolean isBad(String text) {
        return text.endsWith("20");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPSC")
    void tellsMessagesAtTheSamePositionsOfTwoLanesApart(Work over) throws Exception {
        try (Ring ring = Rings.create(ring(over, "work"));
                RingProducer one = ring.producer();
                RingProducer two = ring.producer()) {
            putIntoBoth(one, two, 50);
            try (Worker worker =
                    Worker.start(spec(over, text -> {}).withBatch(1).withErrors(ErrorPolicy.discard()))) {
                assertTrue(worker.drain(LONG));
                assertTrue(worker.failure().isEmpty());
            }
        }
        assertEquals(100, seen.size());
        assertEquals(100, Set.copyOf(seen).size());
        assertEquals(100, figures().delivered());
        assertEquals(0, figures().redelivered());
        assertEquals(0, figures().discarded());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPSC")
    void countsTheDeliveriesOfEachMessageBesideThoseOfAnotherLane(Work over) throws Exception {
        try (Ring ring = Rings.create(ring(over, "work"));
                RingProducer one = ring.producer();
                RingProducer two = ring.producer()) {
            putIntoBoth(one, two, 20);
            try (Worker worker = Worker.start(spec(over, text -> {
                        if (isBad(text)) {
                            fail(text);
                        }
                    })
                    .withBatch(1)
                    .withErrors(ErrorPolicy.discard().withDeliveries(3, Duration.ZERO)))) {
                assertTrue(worker.drain(LONG));
                assertTrue(worker.failure().isEmpty());
            }
        }
        for (String text : Set.copyOf(seen)) {
            assertEquals(isBad(text) ? 3 : 1, Collections.frequency(seen, text), text);
        }
        assertEquals(40, Set.copyOf(seen).size());
        assertEquals(38, figures().delivered());
        assertEquals(4, figures().redelivered());
        assertEquals(6, figures().failed());
        assertEquals(2, figures().discarded());
    }

    // ---- several --------------------------------------------------------------------------------------------------

    @Test
    void sharesTheMessagesAmongItsThreads() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        try (Worker worker = Worker.start(spec(Work.MPMC, text -> {
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
            send(Work.MPMC, texts);
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
    void leavesAFailedMessageToTheOtherThreadIfToldSo() throws Exception {
        List<Integer> deliveries = Collections.synchronizedList(new ArrayList<>());
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch twice = new CountDownLatch(2);
        WorkerSpec spec = WorkerSpec.of(ring(Work.MPMC, "work"), message -> {
                    deliveries.add(message.deliveryCount());
                    threads.add(Thread.currentThread().getName());
                    twice.countDown();
                    if (message.deliveryCount() == 1) {
                        fail("the first delivery");
                    }
                })
                .withThreads(2)
                .withErrors(ErrorPolicy.stop().withDeliveries(2, LONG).withNack());
        send(Work.MPMC, "a");
        try (Worker worker = Worker.start(spec)) {
            // Who failed pauses for longer than this.
            assertTrue(twice.await(LONG.toSeconds() / 2, TimeUnit.SECONDS), "nobody got it again");
            assertTrue(worker.stop(LONG));
            assertTrue(worker.failure().isEmpty());
        }
        assertEquals(List.of(1, 2), deliveries);
        assertEquals(2, threads.size());
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThrows(IllegalArgumentException.class, () -> spec(Work.SPSC, text -> {})
                .withThreads(2));
        assertThrows(IllegalArgumentException.class, () -> spec(Work.MPSC, text -> {})
                .withThreads(2));
        assertThrows(
                IllegalArgumentException.class,
                () -> WorkerSpec.of(RingSpec.broadcast("unused", 1 << 14), message -> {}));
        assertThrows(IllegalArgumentException.class, () -> spec(Work.SPSC, text -> {})
                .withBatch(0));
        assertThrows(IllegalArgumentException.class, () -> ErrorPolicy.stop().withDeliveries(0, Duration.ZERO));
        RingSpec small = RingSpec.spsc("unused", 4096).withAddress(directory.address("small"));
        WorkerSpec spec = spec(Work.SPSC, text -> {}).withErrors(ErrorPolicy.deadLetter(small));
        assertThrows(IllegalArgumentException.class, () -> Worker.start(spec));
    }
}
