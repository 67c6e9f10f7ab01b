package io.sluice.ringbuffer.broadcast;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandlerFailure;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.Received;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several consumers of a broadcast ring: they come, go, lag and die. */
@Timeout(300)
class BroadcastConsumersTest {

    private static final int CAPACITY = 4096;
    private static final Duration LONG = Duration.ofSeconds(100);

    private static BroadcastTestRing ring(int places) {
        return BroadcastTestRing.onHeap(places, CAPACITY, false, WaitStrategy.backOff());
    }

    private static int fill(RingProducer producer) {
        int sent = 0;
        while (producer.offer(Payload.of(sent, 100)) == OfferResult.ACCEPTED) {
            sent++;
        }
        return sent;
    }

    // ---- coming and going -----------------------------------------------------------------------------------------

    @Test
    void givesEveryMessageToEveryConsumer() {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            List<RingConsumer> consumers = List.of(ring.consumer(), ring.consumer(), ring.consumer());
            producer.offer(bytes("a"));
            producer.offer(bytes("b"));
            for (RingConsumer consumer : consumers) {
                expect(consumer, "a", "b");
            }
            producer.close();
            for (RingConsumer consumer : consumers) {
                assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
            }
        }
    }

    @Test
    void startsWithWhatIsCommittedAfterJoining() {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            producer.offer(bytes("before"));
            producer.stage(0, bytes("staged"), 0, 6);
            RingConsumer consumer = ring.consumer();
            producer.offer(bytes("after"));
            expect(consumer, "staged", "after");
            consumer.close();
            producer.offer(bytes("meanwhile"));
            RingConsumer again = ring.consumer();
            producer.offer(bytes("later"));
            expect(again, "later");
        }
    }

    @Test
    void aHandlerThatThrowsLeavesItsMessageToItsOwnConsumerOnly() {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            RingConsumer failing = ring.consumer();
            RingConsumer other = ring.consumer();
            int sent = fill(producer);
            assertEquals(sent, other.poll(message -> {}, 1000));
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThrows(
                        HandlerFailure.class,
                        () -> failing.poll(
                                message -> {
                                    Payload.check(message, 0, 100);
                                    throw new HandlerFailure();
                                },
                                10));
                assertEquals(OfferResult.FULL, producer.offer(new byte[100]));
                assertEquals(RingConsumer.EMPTY, other.poll(message -> {}, 1));
            }
            int[] next = {0};
            assertEquals(sent, failing.poll(message -> Payload.check(message, next[0]++, 100), 1000));
            assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[100]));
        }
    }

    @Test
    void messagesGoNowhereWhereNobodyListens() {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            for (int number = 0; number < 1000; number++) {
                assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(number, 100)));
            }
            assertEquals(PeerState.ABSENT, producer.consumerState());
            assertEquals(0, producer.backlogBytes());
        }
    }

    @Test
    void theSlowestConsumerSetsThePace() {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            RingConsumer quick = ring.consumer();
            RingConsumer slow = ring.consumer();
            int sent = fill(producer);
            assertEquals(sent, quick.poll(message -> {}, 1000));
            assertEquals(OfferResult.FULL, producer.offer(new byte[100]));
            assertEquals(sent * 112L, producer.backlogBytes());
            assertEquals(1, slow.poll(message -> {}, 1));
            assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(sent, 100)));
            slow.close();
            assertEquals(1, quick.poll(message -> Payload.check(message, sent, 100), 10));
            assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[CAPACITY / 2]));
        }
    }

    @Test
    void aPausedConsumerIsWaitedForAndADeadOneIsNot() throws InterruptedException {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            RingConsumer live = ring.consumer();
            RingConsumer paused = ring.consumer();
            fill(producer);
            live.poll(message -> {}, 1000);
            assertEquals(OfferResult.FULL, producer.put(0, new byte[100], 0, 100, Duration.ofMillis(50)));
            assertEquals(PeerState.LIVE, producer.consumerState());
            ring.kill(paused);
            assertEquals(OfferResult.ACCEPTED, producer.put(0, bytes("x"), 0, 1, LONG));
            expect(live, "x");
        }
    }

    @Test
    void offersGoOnInTheEndWhenTheConsumerThatHeldThemUpIsDead() {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            RingConsumer victim = ring.consumer();
            fill(producer);
            ring.kill(victim);
            OfferResult result;
            do {
                result = producer.offer(new byte[100]);
            } while (result == OfferResult.FULL);
            assertEquals(OfferResult.ACCEPTED, result);
        }
    }

    @Test
    void aConsumerThatLeavesWakesAProducerThatWaitsForItsRoom() {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            fill(producer);
            RegionMemory sleeper = ring.newProcess();
            long space = ring.geometry().laneAt(LaneLayout.SPACE);
            sleeper.setInt(space, 1);
            consumer.close();
            assertEquals(2, sleeper.getInt(space));
            assertEquals(OfferResult.ACCEPTED, producer.offer(bytes("x")));
        }
    }

    @Test
    void aConsumerThatWasWronglyHeldForDeadIsToldSo() throws InterruptedException {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            fill(producer);
            ring.misjudge(consumer);
            assertEquals(OfferResult.ACCEPTED, producer.put(0, new byte[100], 0, 100, LONG));
            assertThrows(LeaseLostException.class, () -> consumer.poll(message -> {}, 1));
            assertThrows(LeaseLostException.class, consumer::close);
        }
    }

    @Test
    void staysClosedForALaterConsumerThatGetsNothing() {
        try (BroadcastTestRing ring = ring(4)) {
            RingProducer producer = ring.producer();
            producer.offer(bytes("a"));
            producer.close();
            assertEquals(RingConsumer.CLOSED, ring.consumer().poll(message -> {}, 1));
        }
    }

    // ---- damage ---------------------------------------------------------------------------------------------------

    @Test
    void anImpossiblePositionIsNamed() {
        for (long position : new long[] {4, 1L << 40, Long.MIN_VALUE}) {
            try (BroadcastTestRing ring = ring(2)) {
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer();
                RegionMemory vandal = ring.newProcess();
                fill(producer);
                vandal.setLong(BroadcastLayout.cursor(0, BroadcastLayout.POSITION), position);
                assertNames("POSITION of consumer 0", () -> producer.offer(new byte[100]));
                assertNames("POSITION of consumer 0", () -> producer.put(new byte[100]));
                assertNames("POSITION of consumer 0", producer::backlogBytes);
                vandal.setLong(ring.geometry().laneAt(LaneLayout.TAIL), position);
                assertNames("TAIL", () -> consumer.poll(message -> {}, 1000));
            }
        }
    }

    @Test
    void aDamagedRecordIsNamedToEachConsumerThatComesToIt() {
        try (BroadcastTestRing ring = ring(3)) {
            RingProducer producer = ring.producer();
            RingConsumer quick = ring.consumer();
            RingConsumer slow = ring.consumer();
            producer.offer(bytes("a"));
            producer.offer(bytes("b"));
            expect(quick, "a", "b");
            ring.newProcess().setLong(ring.geometry().laneAt(LaneLayout.RECORDS) + 16, Records.header(0, -1));
            Received received = new Received();
            for (int i = 0; i < 2; i++) {
                assertNames("record length", () -> slow.poll(received, 10));
                assertNames("record length", () -> slow.take(received, 10));
                assertNames("record length", () -> slow.peek(received, 10));
            }
            // What came before it was acknowledged, and nothing behind it was shown.
            assertEquals(List.of("a"), received.texts());
            producer.offer(bytes("c"));
            expect(quick, "c");
            slow.close();
            RingConsumer next = ring.consumer();
            producer.offer(bytes("d"));
            expect(next, "d");
            expect(quick, "d");
        }
    }

    private static void assertNames(String field, Executable use) {
        CorruptRingException damage = assertThrows(CorruptRingException.class, use);
        assertEquals(field, damage.field(), damage.getMessage());
    }

    // ---- speed ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"backoff", "block"})
    void consumersComeAndGoWhileAProducerRuns(String strategy) throws Exception {
        int messages = 150_000;
        WaitStrategy waiting = strategy.equals("block") ? WaitStrategy.block() : WaitStrategy.backOff();
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean done = new AtomicBoolean();
        try (BroadcastTestRing ring = BroadcastTestRing.mapped(4, CAPACITY, false, waiting)) {
            RingProducer producer = ring.producer();
            RingConsumer first = ring.consumer();
            Future<Long> all = threads.submit(() -> receive(first, 0, Long.MAX_VALUE));
            List<Future<?>> visitors = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                visitors.add(threads.submit(() -> {
                    while (!done.get()) {
                        RingConsumer visitor = ring.consumer();
                        receive(visitor, -1, 500);
                        visitor.close();
                    }
                    return null;
                }));
            }
            for (long number = 0; number < messages; number++) {
                int length = 8 + (int) (number % 60);
                assertEquals(OfferResult.ACCEPTED, producer.put(Payload.of(number, length)));
            }
            done.set(true);
            producer.close();
            assertEquals(messages, all.get());
            for (Future<?> visitor : visitors) {
                visitor.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Receives consecutive messages from {@code from}, or from the first one that comes, until the end or so many. */
    private static long receive(RingConsumer consumer, long from, long limit) throws InterruptedException {
        long[] next = {from};
        long[] count = {0};
        int result;
        do {
            result = consumer.take(
                    message -> {
                        if (next[0] < 0) {
                            next[0] = numberOf(message.toByteArray());
                        }
                        Payload.check(message, next[0], 8 + (int) (next[0] % 60));
                        next[0]++;
                        count[0]++;
                    },
                    20);
        } while (result > 0 && count[0] < limit);
        return count[0];
    }

    private static long numberOf(byte[] content) {
        for (long number = content.length - 8L; number < 150_000; number += 60) {
            if (Arrays.equals(content, Payload.of(number, content.length))) {
                return number;
            }
        }
        throw new AssertionError("a torn or unknown message");
    }
}
