package io.sluice.ringbuffer.broadcast;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandlerFailure;
import io.sluice.ringbuffer.Received;
import io.sluice.ringbuffer.Seeded;
import io.sluice.ringbuffer.lane.LaneLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broadcast ring whose producer waits for nobody. */
@Timeout(300)
class LossyBroadcastTest {

    private static final int CAPACITY = 4096;
    private static final MessageHandler NOBODY = message -> {
        throw new AssertionError("unexpected message at " + message.position());
    };

    private static BroadcastTestRing ring() {
        return BroadcastTestRing.lossy(3, CAPACITY, false, WaitStrategy.backOff(), false);
    }

    private static void send(RingProducer producer, Numbered messages, long from, long to) {
        for (long number = from; number < to; number++) {
            assertEquals(OfferResult.ACCEPTED, producer.offer(messages.content(number)));
        }
    }

    // ---- who waits for whom ---------------------------------------------------------------------------------------

    @Test
    void neverRefusesAnOfferWhoeverIsSlow() throws Exception {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            ring.consumer();
            ring.kill(ring.consumer());
            Numbered messages = new Numbered(CAPACITY / 2);
            send(producer, messages, 0, 1000);
            assertEquals(OfferResult.ACCEPTED, producer.put(messages.content(1000)));
            producer.claim(0, CAPACITY / 2).commit();
            assertEquals(PeerState.LIVE, producer.consumerState());
        }
    }

    @Test
    void publishesInsteadOfOverwritingWhatNobodyCouldSee() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            Numbered messages = new Numbered(100);
            send(producer, messages, 0, 100);
            Numbered received = new Numbered(100);
            assertEquals(RingConsumer.LAPPED, consumer.poll(received, 1000));
            consumer.poll(received, 1000);
            int staged = 100;
            while (producer.stage(0, messages.content(staged), 0, messages.content(staged).length)
                    == OfferResult.ACCEPTED) {
                staged++;
            }
            assertEquals(staged - 100, consumer.poll(received, 1000));
            send(producer, messages, staged, staged + 1);
            assertEquals(1, consumer.poll(received, 10));
        }
    }

    @Test
    void aSlowConsumerDoesNotHarmAQuickOne() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer quick = ring.consumer();
            RingConsumer slow = ring.consumer();
            Numbered received = new Numbered(60);
            for (int number = 0; number < 1000; number++) {
                send(producer, received, number, number + 1);
                assertEquals(1, quick.poll(received, 10));
            }
            assertEquals(999, received.last());
            assertEquals(0, quick.missedBytes());
            assertEquals(RingConsumer.LAPPED, slow.poll(NOBODY, 10));
        }
    }

    @Test
    void refusesMoreConsumersThanItHasPlaces() {
        try (BroadcastTestRing ring = ring()) {
            ring.consumer();
            ring.consumer();
            RingConsumer third = ring.consumer();
            assertThrows(RoleTakenException.class, ring::consumer);
            ring.kill(third);
            ring.consumer();
        }
    }

    @Test
    void startsWithWhatIsCommittedAfterJoining() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            send(producer, new Numbered(60), 0, 500);
            RingConsumer consumer = ring.consumer();
            assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
            producer.offer(bytes("after"));
            expect(consumer, "after");
        }
    }

    @Test
    void aConsumerThatWasWronglyHeldForDeadIsToldSo() {
        try (BroadcastTestRing ring = BroadcastTestRing.lossy(1, CAPACITY, false, WaitStrategy.backOff(), false)) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            producer.offer(bytes("a"));
            ring.misjudge(consumer);
            RingConsumer next = ring.consumer();
            assertThrows(LeaseLostException.class, () -> consumer.poll(NOBODY, 1));
            producer.offer(bytes("b"));
            expect(next, "b");
        }
    }

    // ---- gaps -----------------------------------------------------------------------------------------------------

    @Test
    void saysOnceThatMessagesWereMissedAndHowMuch() throws Exception {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            producer.offer(bytes("first"));
            Received received = new Received();
            assertEquals(1, consumer.poll(received, 1));
            for (int number = 0; number < 1000; number++) {
                producer.offer(bytes(String.format("%08d", number)));
            }
            assertEquals(0, consumer.missedBytes());
            assertEquals(RingConsumer.LAPPED, consumer.poll(NOBODY, 10));
            long[] position = new long[1];
            assertEquals(
                    1,
                    consumer.poll(
                            message -> {
                                position[0] = message.position();
                                received.onMessage(message);
                            },
                            1));
            assertEquals(position[0] - 16, consumer.missedBytes());
            List<String> texts = received.texts();
            assertEquals(List.of("first", String.format("%08d", consumer.missedBytes() / 16)), texts);
            assertTrue(consumer.take(received, Integer.MAX_VALUE) > 0);
            assertEquals("00000999", received.texts().get((int) (998 - consumer.missedBytes() / 16)));
            assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 10));
        }
    }

    @Test
    void deliversWhatItHadReadBeforeTheGapFirst() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            Numbered messages = new Numbered(60);
            send(producer, messages, 0, 5);
            Numbered received = new Numbered(60);
            int handled = consumer.poll(
                    message -> {
                        received.onMessage(message);
                        if (received.count() == 2) {
                            send(producer, messages, 5, 500);
                        }
                    },
                    100);
            // Copied before the first was handled, so it does not matter that they are gone.
            assertEquals(5, handled);
            assertEquals(4, received.last());
            assertEquals(RingConsumer.LAPPED, consumer.peek(NOBODY, 10));
            assertTrue(consumer.peek(message -> {}, 10) > 0);
            while (consumer.poll(received, 10) > 0) {}
            assertEquals(499, received.last());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 56, 500, 1000, 1500, 2048})
    void alwaysHasTheNewestMessageBehindAGap(int longest) {
        Numbered messages = new Numbered(longest);
        for (int sent = 1; sent < 600; sent++) {
            try (BroadcastTestRing ring = ring()) {
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer();
                send(producer, messages, 0, sent);
                Numbered received = new Numbered(longest);
                int result;
                do {
                    result = consumer.poll(received, 3);
                } while (result != RingConsumer.EMPTY);
                assertEquals(sent - 1, received.last());
                assertEquals(consumer.missedBytes() == 0, received.count() == sent);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"backoff", "block"})
    void takeTellsOfAGapAtOnce(String strategy) throws Exception {
        WaitStrategy waiting = strategy.equals("block") ? WaitStrategy.block() : WaitStrategy.backOff();
        try (BroadcastTestRing ring = BroadcastTestRing.lossy(3, CAPACITY, false, waiting, true)) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            send(producer, new Numbered(100), 0, 500);
            assertEquals(RingConsumer.LAPPED, consumer.take(NOBODY, 1));
            assertEquals(1, consumer.take(message -> {}, 1));
        }
    }

    @Test
    void tellsOfAGapBeforeItTellsOfTheClose() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            Numbered messages = new Numbered(100);
            send(producer, messages, 0, 500);
            producer.close();
            assertEquals(RingConsumer.LAPPED, consumer.poll(NOBODY, 1));
            assertTrue(consumer.poll(messages, 1000) > 0);
            assertEquals(499, messages.last());
            assertEquals(RingConsumer.CLOSED, consumer.poll(NOBODY, 1));
        }
    }

    @Test
    void keepsAMessageWhoseHandlerThrewAlsoIfItIsOverwritten() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            Numbered messages = new Numbered(60);
            send(producer, messages, 0, 3);
            MessageHandler failing = message -> {
                throw new HandlerFailure();
            };
            assertThrows(HandlerFailure.class, () -> consumer.poll(failing, 10));
            send(producer, messages, 3, 500);
            assertEquals(3, consumer.poll(messages, 1000));
            assertEquals(2, messages.last());
        }
    }

    // ---- torn -----------------------------------------------------------------------------------------------------

    /** In the middle of each copy out of the ring something happens. */
    private static final class InterruptedCopies extends ForwardingMemory {

        private final Runnable inTheMiddle;
        private final int every;
        private int copies;

        InterruptedCopies(RegionMemory target, int every, Runnable inTheMiddle) {
            super(target);
            this.every = every;
            this.inTheMiddle = inTheMiddle;
        }

        @Override
        public void copyOutToAddress(long offset, long address, long length) {
            long half = length / 2;
            super.copyOutToAddress(offset, address, half);
            if (++copies % every == 0) {
                inTheMiddle.run();
            }
            super.copyOutToAddress(offset + half, address + half, length - half);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20, 40, 70})
    void deliversNothingThatWasOverwrittenWhileItWasCopied(int burst) {
        Numbered messages = new Numbered(300);
        long[] sent = {0};
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            Runnable burstOfMessages = () -> {
                send(producer, messages, sent[0], sent[0] + burst);
                sent[0] += burst;
            };
            RingConsumer consumer = ring.consumer(new InterruptedCopies(ring.newProcess(), 3, burstOfMessages));
            for (int round = 0; round < 2000; round++) {
                burstOfMessages.run();
                int result;
                do {
                    result = consumer.poll(messages, 1 + round % 7);
                } while (result == RingConsumer.LAPPED || (result > 0 && round % 3 == 0));
            }
            assertTrue(messages.count() > 500, "only " + messages.count());
            assertTrue(burst < 20 || consumer.missedBytes() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 1000, 2048})
    void deliversWholeMessagesInOrderWhileTheProducerRuns(int longest) throws Exception {
        int messages = Integer.getInteger("sluice.test.lossy.messages", 300_000) / (longest / 40);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (BroadcastTestRing ring = BroadcastTestRing.lossy(3, CAPACITY, false, WaitStrategy.yielding(), true)) {
            RingProducer producer = ring.producer();
            List<Future<Long>> missed = new ArrayList<>();
            for (int consumers = 0; consumers < 2; consumers++) {
                RingConsumer consumer = ring.consumer();
                missed.add(threads.submit(() -> {
                    Numbered received = new Numbered(longest);
                    int result;
                    do {
                        result = consumer.take(received, 10);
                    } while (result != RingConsumer.CLOSED);
                    assertEquals(messages - 1, received.last());
                    assertTrue(received.count() == messages || consumer.missedBytes() > 0);
                    return consumer.missedBytes();
                }));
            }
            send(producer, new Numbered(longest), 0, messages);
            producer.close();
            for (Future<Long> one : missed) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- damage ---------------------------------------------------------------------------------------------------

    @Test
    void namesAPositionThatCannotBe() {
        for (long field : new long[] {LaneLayout.TAIL, BroadcastLayout.GONE}) {
            for (long value : new long[] {4, 1L << 40, Long.MIN_VALUE, -8, Long.MAX_VALUE}) {
                try (BroadcastTestRing ring = ring()) {
                    RingProducer producer = ring.producer();
                    RingConsumer consumer = ring.consumer();
                    send(producer, new Numbered(100), 0, 20);
                    ring.newProcess().setLong(ring.geometry().laneAt(field), value);
                    assertThrows(CorruptRingException.class, () -> consumer.poll(message -> {}, 1000));
                    ring.kill(producer);
                    assertThrows(CorruptRingException.class, ring::producer);
                    // The role is not kept by who could not use it.
                    assertThrows(CorruptRingException.class, ring::producer);
                }
            }
        }
    }

    @Test
    void namesAPlaceToGoOnThatCannotBe() {
        for (long value : new long[] {4, 0, 1L << 40, Long.MIN_VALUE, -8, Long.MAX_VALUE}) {
            try (BroadcastTestRing ring = ring()) {
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer();
                send(producer, new Numbered(100), 0, 200);
                RegionMemory vandal = ring.newProcess();
                vandal.setLong(ring.geometry().laneAt(BroadcastLayout.OLDER), value);
                vandal.setLong(ring.geometry().laneAt(BroadcastLayout.NEWER), value);
                CorruptRingException damage =
                        assertThrows(CorruptRingException.class, () -> consumer.poll(message -> {}, 1000));
                assertTrue(damage.getMessage().contains("OLDER or NEWER"), damage.getMessage());
            }
        }
    }

    @Test
    void namesARecordThatCannotBeOnceAndGoesOnBehindIt() {
        for (long header : new long[] {-1, 1L << 31, Integer.MAX_VALUE, 2049, (-1L << 32) | 8}) {
            try (BroadcastTestRing ring = ring()) {
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer();
                producer.offer(bytes("a"));
                producer.offer(bytes("b"));
                damage(ring, 0, header);
                // Shown is not passed over.
                assertNamesRecord(() -> consumer.peek(NOBODY, 10));
                assertNamesRecord(() -> consumer.peek(NOBODY, 10));
                assertEquals(0, consumer.missedBytes());
                assertNamesRecord(() -> consumer.poll(NOBODY, 10));
                assertEquals(32, consumer.missedBytes());
                assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 10));
                producer.offer(bytes("c"));
                expect(consumer, "c");
                producer.close();
                assertEquals(RingConsumer.CLOSED, consumer.poll(NOBODY, 10));
            }
        }
    }

    @Test
    void showsWhatIsInFrontOfADamagedRecord() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            producer.offer(bytes("sound"));
            producer.offer(bytes("damaged"));
            damage(ring, 16, -1);
            Received shown = new Received();
            assertEquals(1, consumer.peek(shown, 1));
            assertNamesRecord(() -> consumer.peek(shown, 2));
            assertEquals(1, consumer.poll(shown, 1));
            assertEquals(List.of("sound", "sound", "sound"), shown.texts());
        }
    }

    private static void damage(BroadcastTestRing ring, long position, long header) {
        ring.newProcess().setLong(ring.geometry().laneAt(LaneLayout.RECORDS) + position, header);
    }

    private static void assertNamesRecord(Executable use) {
        CorruptRingException damage = assertThrows(CorruptRingException.class, use);
        assertTrue(damage.field().startsWith("record "), damage.getMessage());
    }

    /** A hundred messages of 16 bytes: OLDER is where the 64th begins, NEWER the 96th. */
    @ParameterizedTest
    @CsvSource({"0, 64", "3, 64", "63, 64", "64, 96", "95, 96", "96, 100", "99, 100"})
    void losesNoMoreBehindADamagedRecordThanItMust(int damaged, int next) {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            List<String> expected = new ArrayList<>();
            for (int number = 0; number < 100; number++) {
                producer.offer(bytes(String.format("%08d", number)));
                if (number < damaged || number >= next) {
                    expected.add(String.format("%08d", number));
                }
            }
            damage(ring, 16L * damaged, -1);
            Received received = new Received();
            assertNamesRecord(() -> consumer.poll(received, 1000));
            assertEquals(16L * (next - damaged), consumer.missedBytes());
            while (consumer.poll(received, 1000) > 0) {}
            assertEquals(expected, received.texts());
            assertEquals(0, consumer.backlogBytes());
        }
    }

    @Test
    void namesEachDamagedRecordThatItComesTo() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            for (int number = 0; number < 100; number++) {
                producer.offer(bytes(String.format("%08d", number)));
            }
            for (long damaged : new long[] {1, 64, 97}) {
                damage(ring, 16 * damaged, -1);
            }
            Received received = new Received();
            for (int named = 0; named < 3; named++) {
                assertNamesRecord(() -> consumer.poll(received, 1000));
            }
            assertEquals(List.of("00000000", "00000096"), received.texts());
            producer.offer(bytes("behind"));
            expect(consumer, "behind");
            assertEquals(16 * (100 - 2), consumer.missedBytes());
        }
    }

    @Test
    void isLappedBehindADamagedRecordAsElsewhere() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            Numbered messages = new Numbered(60);
            send(producer, messages, 0, 5);
            damage(ring, 0, -1);
            assertNamesRecord(() -> consumer.poll(NOBODY, 10));
            long missed = consumer.missedBytes();
            send(producer, messages, 5, 500);
            assertEquals(RingConsumer.LAPPED, consumer.poll(NOBODY, 10));
            assertTrue(consumer.missedBytes() > missed);
            while (consumer.poll(messages, 10) > 0) {}
            assertEquals(499, messages.last());
        }
    }

    @Test
    void doesNotFollowADamagedTailFromADamagedRecord() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            producer.offer(bytes("a"));
            damage(ring, 0, -1);
            assertNamesRecord(() -> consumer.peek(NOBODY, 10));
            ring.newProcess().setLong(ring.geometry().laneAt(LaneLayout.TAIL), 1L << 40);
            assertThrows(CorruptRingException.class, () -> consumer.poll(NOBODY, 10));
            producer.offer(bytes("b"));
            assertNamesRecord(() -> consumer.poll(NOBODY, 10));
            producer.offer(bytes("c"));
            expect(consumer, "c");
        }
    }

    @Test
    void passesNothingOverForADamageThatAHandlerMet() {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            producer.offer(bytes("a"));
            assertThrows(
                    CorruptRingException.class,
                    () -> consumer.poll(
                            message -> {
                                throw new CorruptRingException("another", "record length", 0, "one", "another");
                            },
                            1));
            expect(consumer, "a");
        }
    }

    @Test
    void skipsAMessageThatDoesNotMatchItsChecksum() {
        try (BroadcastTestRing ring = BroadcastTestRing.lossy(2, CAPACITY, true, WaitStrategy.backOff(), false)) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            producer.offer(bytes("damaged"));
            producer.offer(bytes("sound"));
            ring.newProcess().writeByte(ring.geometry().laneAt(LaneLayout.RECORDS) + 17, (byte) 0);
            assertThrows(ChecksumException.class, () -> consumer.peek(NOBODY, 10));
            assertThrows(ChecksumException.class, () -> consumer.poll(NOBODY, 10));
            expect(consumer, "sound");
        }
    }

    // ---- model ----------------------------------------------------------------------------------------------------

    @Test
    void behavesAsAQueueWithGapsForEachConsumer() {
        Seeded.run(LossyBroadcastTest.class, LossyBroadcastTest::compareWithQueuesWithGaps);
    }

    private static void compareWithQueuesWithGaps(Random random) {
        Numbered messages = new Numbered(700);
        long sent = 0;
        try (BroadcastTestRing ring = BroadcastTestRing.lossy(3, CAPACITY, false, WaitStrategy.backOff(), true)) {
            RingProducer producer = ring.producer();
            ArrayDeque<RingConsumer> consumers = new ArrayDeque<>();
            ArrayDeque<Numbered> received = new ArrayDeque<>();
            ArrayDeque<long[]> joined = new ArrayDeque<>(); // number of the first message, bytes known to be missed
            for (int step = 0; step < 1_000_000; step++) {
                int dice = random.nextInt(1000);
                if (dice < 400) {
                    byte[] content = messages.content(sent++);
                    if (random.nextInt(5) == 0) {
                        producer.claim(1, 2000).abort();
                    }
                    assertEquals(OfferResult.ACCEPTED, producer.offer(0, content, 0, content.length));
                } else if (dice < 980 && !consumers.isEmpty()) {
                    RingConsumer consumer = consumers.remove();
                    Numbered mine = received.remove();
                    long[] first = joined.remove();
                    long before = mine.count();
                    boolean up = (mine.last() < 0 ? first[0] : mine.last() + 1) == sent;
                    long expected = mine.last() < 0 ? first[0] : mine.last() + 1;
                    int result = consumer.poll(mine, 1 + random.nextInt(30));
                    assertEquals(up, result == RingConsumer.EMPTY);
                    if (result == RingConsumer.LAPPED) {
                        assertTrue(consumer.missedBytes() > first[1]);
                        first[1] = consumer.missedBytes();
                        first[2] = 1;
                        assertEquals(before, mine.count());
                    } else if (result > 0) {
                        assertEquals(result, mine.count() - before);
                        // Without a gap told, the next message is the next one.
                        assertEquals(first[2] == 0, mine.last() - result + 1 == expected);
                        first[2] = 0;
                    }
                    consumers.add(consumer);
                    received.add(mine);
                    joined.add(first);
                } else if (dice < 990 && consumers.size() < 3) {
                    consumers.add(ring.consumer());
                    received.add(new Numbered(700));
                    joined.add(new long[] {sent, 0, 0});
                } else if (dice < 995 && !consumers.isEmpty()) {
                    consumers.remove().close();
                    received.remove();
                    joined.remove();
                } else {
                    ring.kill(producer);
                    producer = ring.producer();
                }
            }
        }
    }

    @Test
    void aConsumerThatWaitsLongHearsOfTheDeathOfTheProducer() throws Exception {
        try (BroadcastTestRing ring = ring()) {
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            send(producer, new Numbered(100), 0, 500);
            ring.kill(producer);
            assertEquals(RingConsumer.LAPPED, consumer.take(NOBODY, 1, Duration.ofSeconds(100)));
            while (consumer.poll(message -> {}, 100) > 0) {}
            assertEquals(RingConsumer.PEER_DEAD, consumer.take(NOBODY, 1, Duration.ofSeconds(100)));
        }
    }
}
