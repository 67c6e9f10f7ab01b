package io.sluice.ringbuffer.mpsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandlerFailure;
import io.sluice.ringbuffer.Seeded;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several producers and their order: against a model, at full speed, and with lanes that are paused, dead or damaged. */
@Timeout(300)
class MpscOrderTest {

    private static final int CAPACITY = 4096;
    private static final RecordFormat TICKETS = new RecordFormat(false, true);

    private static RecordFormat format(boolean total) {
        return total ? TICKETS : RecordFormat.PLAIN;
    }

    private static byte[] bytes(long producer, long number) {
        return ByteBuffer.allocate(16).putLong(producer).putLong(number).array();
    }

    private static long[] numbers(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new long[] {buffer.getLong(), buffer.getLong()};
    }

    private static List<Long> drain(RingConsumer consumer) {
        List<Long> found = new ArrayList<>();
        int result;
        do {
            result = consumer.poll(message -> found.add(numbers(message.toByteArray())[1]), 3);
        } while (result > 0);
        return found;
    }

    // ---- places ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesEachOfManyProducersALaneAndRefusesTheNext(boolean total) {
        int lanes = 256;
        try (MpscTestRing ring = MpscTestRing.mapped(lanes, CAPACITY, format(total), WaitStrategy.backOff())) {
            RingConsumer consumer = ring.consumer();
            List<RingProducer> producers = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                producers.add(ring.producer());
            }
            RoleTakenException refusal = assertThrows(RoleTakenException.class, ring::producer);
            assertTrue(refusal.getMessage().contains("all 256 places"), refusal.getMessage());
            for (int i = 0; i < lanes; i++) {
                producers.get(i).offer(bytes(i, i));
            }
            List<Long> found = drain(consumer);
            if (!total) {
                found.sort(null);
            }
            assertEquals(IntStream.range(0, lanes).mapToObj(i -> (long) i).toList(), found);
            producers.get(7).leave();
            ring.kill(producers.get(9));
            ring.producer().offer(bytes(7, 1000));
            ring.producer().offer(bytes(9, 1001));
            assertThrows(RoleTakenException.class, ring::producer);
            assertEquals(List.of(1000L, 1001L), drain(consumer));
        }
    }

    // ---- the end of the stream ------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isClosedWhenNobodyHoldsALaneAndSomebodyClosed(boolean total) throws InterruptedException {
        try (MpscTestRing ring = MpscTestRing.onHeap(4, CAPACITY, format(total), WaitStrategy.block())) {
            RingConsumer consumer = ring.consumer();
            RingProducer first = ring.producer();
            RingProducer second = ring.producer();
            first.offer(bytes(0, 1));
            first.close();
            assertEquals(List.of(1L), drain(consumer));
            assertEquals(RingConsumer.EMPTY, consumer.poll(message -> {}, 1));
            second.offer(bytes(1, 2));
            second.leave();
            assertEquals(List.of(2L), drain(consumer));
            assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
            assertEquals(PeerState.CLOSED, consumer.producerState());
            RingProducer again = ring.producer();
            assertEquals(RingConsumer.EMPTY, consumer.poll(message -> {}, 1));
            again.leave();
            assertEquals(RingConsumer.EMPTY, consumer.poll(message -> {}, 1));
            assertEquals(RingConsumer.EMPTY, consumer.take(message -> {}, 1, Duration.ofMillis(2)));
        }
    }

    @Test
    void theLeavingOfTheLastProducerWakesAConsumerThatAClosedOneLeftWaiting() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (MpscTestRing ring = MpscTestRing.mapped(4, CAPACITY, TICKETS, WaitStrategy.block())) {
            RingProducer first = ring.producer();
            RingProducer second = ring.producer();
            RingConsumer consumer = ring.consumer();
            Future<Integer> taken = thread.submit(() -> consumer.take(message -> {}, 1));
            first.close();
            second.leave();
            assertEquals(RingConsumer.CLOSED, taken.get());
        } finally {
            thread.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeathIsNotOverlookedWhereOthersClosed(boolean total) throws InterruptedException {
        try (MpscTestRing ring = MpscTestRing.onHeap(4, CAPACITY, format(total), WaitStrategy.backOff())) {
            RingConsumer consumer = ring.consumer();
            RingProducer victim = ring.producer();
            RingProducer closer = ring.producer();
            victim.offer(bytes(0, 1));
            ring.kill(victim);
            closer.close();
            assertEquals(1, consumer.take(message -> {}, 5));
            assertEquals(RingConsumer.PEER_DEAD, consumer.take(message -> {}, 5));
            RingProducer heir = ring.producer();
            assertEquals(RingConsumer.EMPTY, consumer.poll(message -> {}, 1));
            heir.close();
            assertEquals(RingConsumer.CLOSED, consumer.take(message -> {}, 5));
        }
    }

    // ---- lanes that do not go on ----------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOpenClaimKeepsNobodyElseBack(boolean total) {
        try (MpscTestRing ring = MpscTestRing.onHeap(4, CAPACITY, format(total), WaitStrategy.backOff())) {
            RingConsumer consumer = ring.consumer();
            RingProducer paused = ring.producer();
            RingProducer other = ring.producer();
            paused.stage(0, bytes(0, 1), 0, 16);
            Claim claim = paused.claim(0, 16);
            for (long lap = 0; lap < 1000; lap++) {
                assertEquals(OfferResult.ACCEPTED, other.offer(bytes(1, lap)));
                assertEquals(List.of(lap), drain(consumer));
            }
            claim.setBytes(0, bytes(0, 2), 0, 16);
            claim.commit();
            assertEquals(List.of(1L, 2L), drain(consumer));
        }
    }

    @Test
    void aTicketThatNobodyPublishesKeepsNobodyBack() {
        try (MpscTestRing ring = MpscTestRing.onHeap(4, CAPACITY, TICKETS, WaitStrategy.backOff())) {
            RingConsumer consumer = ring.consumer();
            DyingMemory memory = DyingMemory.over(ring.newProcess(), ring.liveness());
            RingProducer other = ring.producer();
            other.offer(bytes(1, 1));
            // As drawn by one that dies, or stops, before it publishes.
            memory.getAndAddLong(MpscLayout.TICKETS, 1);
            other.offer(bytes(1, 2));
            assertEquals(List.of(1L, 2L), drain(consumer));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedLaneIsNamedOnceAndTheOthersGoOn(boolean total) {
        for (long field : new long[] {LaneLayout.TAIL, LaneLayout.HEAD, LaneLayout.RECORDS}) {
            try (MpscTestRing ring = MpscTestRing.onHeap(4, CAPACITY, format(total), WaitStrategy.backOff())) {
                RingProducer good = ring.producer();
                RingProducer bad = ring.producer();
                bad.offer(bytes(1, -66));
                ring.newProcess().setLong(ring.geometry().at(1, field), -5);
                RingConsumer consumer = ring.consumer();
                List<Long> found = new ArrayList<>();
                List<String> told = new ArrayList<>();
                for (long number = 0; number < 200; number++) {
                    assertEquals(OfferResult.ACCEPTED, good.offer(bytes(0, number)));
                    try {
                        consumer.poll(message -> found.add(numbers(message.toByteArray())[1]), 10);
                    } catch (CorruptRingException e) {
                        told.add(e.getMessage());
                    }
                }
                found.addAll(drain(consumer));
                assertEquals(1, told.size(), told::toString);
                assertTrue(told.get(0).contains("lane 1 "), told.get(0));
                // What came before the damage was found out, and nothing of lane 0 is missing.
                found.remove(-66L);
                assertEquals(LongStream.range(0, 200).boxed().toList(), found);
                bad.leave();
                // A producer that joins finds another lane than the damaged one, or has it in order.
                ring.producer().leave();
            }
        }
    }

    @Test
    void aTicketBelowTheOneBeforeIsRefused() {
        try (MpscTestRing ring = MpscTestRing.onHeap(2, CAPACITY, TICKETS, WaitStrategy.backOff())) {
            RingProducer good = ring.producer();
            RingProducer bad = ring.producer();
            bad.offer(bytes(1, 50));
            bad.offer(bytes(1, 51));
            good.offer(bytes(0, 1));
            // The second record's ticket.
            long second = ring.geometry().at(1, LaneLayout.RECORDS) + 32 + 8;
            for (long ticket : new long[] {0, -1, Long.MIN_VALUE}) {
                ring.newProcess().setLong(second, ticket);
                RingConsumer consumer = ring.consumer();
                List<Long> found = new ArrayList<>();
                CorruptRingException damage = assertThrows(CorruptRingException.class, () -> {
                    for (int i = 0; i < 10; i++) {
                        consumer.peek(message -> found.add(numbers(message.toByteArray())[1]), 10);
                    }
                });
                assertTrue(damage.getMessage().contains("lane 1 ticket"), damage.getMessage());
                consumer.close();
            }
            ring.newProcess().setLong(second, Long.MAX_VALUE);
            RingConsumer consumer = ring.consumer();
            assertThrows(CorruptRingException.class, () -> drain(consumer));
            // Lane 0 comes whole, and what came of lane 1 before the damage was acknowledged.
            assertEquals(List.of(1L), drain(consumer));
        }
    }

    @Test
    void survivesWhateverIsStoredIntoTheLanes() {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println("MpscOrderTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 1500; round++) {
            boolean total = random.nextBoolean();
            try (MpscTestRing ring = MpscTestRing.onHeap(3, CAPACITY, format(total), WaitStrategy.backOff())) {
                RingConsumer consumer = ring.consumer();
                List<RingProducer> producers = List.of(ring.producer(), ring.producer(), ring.producer());
                var vandal = ring.newProcess();
                for (int i = 0; i < 200; i++) {
                    producers.get(random.nextInt(3)).offer(new byte[random.nextInt(200)]);
                }
                for (int wound = random.nextInt(6); wound >= 0; wound--) {
                    long at = ring.geometry().at(random.nextInt(3), LaneLayout.RECORDS)
                            + 8L * random.nextInt(CAPACITY / 8);
                    vandal.setLong(at, random.nextBoolean() ? random.nextLong() : random.nextInt(4096));
                }
                int damages = 0;
                for (int i = 0; i < 600; i++) {
                    try {
                        consumer.poll(message -> message.toByteArray(), 3);
                    } catch (CorruptRingException e) {
                        damages++;
                        assertTrue(e.getMessage().contains("lane "), e.getMessage());
                    }
                }
                assertTrue(damages <= 3, "seed " + seed);
            }
        }
    }

    // ---- model ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void behavesAsAQueue(boolean total, boolean checksum) {
        Seeded.run(MpscOrderTest.class, random -> {
            try (MpscTestRing ring =
                    MpscTestRing.mapped(4, CAPACITY, new RecordFormat(checksum, total), WaitStrategy.backOff())) {
                new Model(ring, total, random).run(1_000_000);
            }
        });
    }

    /** In total order one queue; per producer one for each lane. */
    private static final class Model {

        private static final long ANY = -1;

        private final MpscTestRing ring;
        private final boolean total;
        private final Random random;
        private final RingProducer[] producers = new RingProducer[4];
        private final List<ArrayDeque<Long>> staged = new ArrayList<>();
        private final List<ArrayDeque<Long>> committed = new ArrayList<>();
        private final int[] inLane = new int[4]; // messages that are committed and not acknowledged
        private RingConsumer consumer;
        private long next;
        private long first = ANY; // the message that comes first, if it is known

        Model(MpscTestRing ring, boolean total, Random random) {
            this.ring = ring;
            this.total = total;
            this.random = random;
            for (int i = 0; i < producers.length; i++) {
                staged.add(new ArrayDeque<>());
                committed.add(new ArrayDeque<>());
                producers[i] = ring.producer();
            }
            consumer = ring.consumer();
        }

        void run(int operations) {
            for (int i = 0; i < operations; i++) {
                step(random.nextInt(producers.length), random.nextInt(1000));
            }
            for (int i = 0; i < producers.length; i++) {
                producers[i].close();
                publish(i);
            }
            int polled;
            do {
                polled = poll(100);
            } while (polled > 0);
            assertTrue(isEmpty());
            assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
        }

        private ArrayDeque<Long> queue(int producer) {
            return committed.get(total ? 0 : producer);
        }

        private boolean isEmpty() {
            return committed.stream().allMatch(ArrayDeque::isEmpty);
        }

        private void publish(int producer) {
            staged.get(producer).forEach(number -> commit(producer, number));
            staged.get(producer).clear();
        }

        private void commit(int producer, long number) {
            queue(producer).add(number);
            inLane[producer]++;
        }

        private void acknowledge(int producer) {
            queue(producer).remove();
            inLane[producer]--;
        }

        /** There was no room, which there is in an empty lane; what was staged is published by that. */
        private void assertFull(int producer) {
            assertTrue(!staged.get(producer).isEmpty() || inLane[producer] > 0, "no room in an empty lane");
            publish(producer);
        }

        private void step(int who, int dice) {
            RingProducer producer = producers[who];
            int length = 16 + random.nextInt(random.nextInt(10) == 0 ? 1500 : 60);
            byte[] message = Arrays.copyOf(bytes(who, next), length);
            if (dice < 330) {
                if (producer.offer(0, message, 0, length) == OfferResult.ACCEPTED) {
                    publish(who);
                    commit(who, next++);
                } else {
                    assertFull(who);
                }
            } else if (dice < 430) {
                if (producer.stage(0, message, 0, length) == OfferResult.ACCEPTED) {
                    staged.get(who).add(next++);
                } else {
                    assertFull(who);
                }
            } else if (dice < 460) {
                producer.flush();
                publish(who);
            } else if (dice < 530) {
                claim(who, message);
            } else if (dice < 850) {
                poll(1 + random.nextInt(12));
            } else if (dice < 910) {
                peek(1 + random.nextInt(12));
            } else if (dice < 980) {
                pollAndFail(random.nextInt(4));
            } else if (dice < 985) {
                replace(who);
            } else if (dice < 990) {
                replaceConsumer();
            } else {
                assertEquals(isEmpty(), consumer.backlogBytes() == 0);
            }
        }

        private void claim(int who, byte[] message) {
            Claim claim = producers[who].claim(0, message.length);
            if (claim == null) {
                assertFull(who);
            } else if (random.nextInt(4) == 0) {
                claim.abort();
            } else {
                claim.setBytes(0, message, 0, message.length);
                claim.commit();
                publish(who);
                commit(who, next++);
            }
        }

        /** What was shown, or refused, before comes first now. */
        private void checkFirst(long number) {
            assertTrue(first == ANY || first == number, () -> number + " came before " + first);
            first = ANY;
        }

        private int poll(int limit) {
            boolean empty = isEmpty();
            int handled = consumer.poll(
                    message -> {
                        long[] found = numbers(message.toByteArray());
                        checkFirst(found[1]);
                        assertEquals(queue((int) found[0]).peek(), found[1]);
                        acknowledge((int) found[0]);
                    },
                    limit);
            assertTrue(handled <= limit);
            assertEquals(empty, handled <= 0);
            return handled;
        }

        private void pollAndFail(int messages) {
            int[] left = {messages};
            boolean empty = isEmpty();
            try {
                int handled = consumer.poll(
                        message -> {
                            long[] found = numbers(message.toByteArray());
                            checkFirst(found[1]);
                            assertEquals(queue((int) found[0]).peek(), found[1]);
                            if (left[0]-- == 0) {
                                first = found[1];
                                throw new HandlerFailure();
                            }
                            acknowledge((int) found[0]);
                        },
                        10);
                assertEquals(empty, handled <= 0);
                assertTrue(left[0] >= 0, "the failure of a handler was kept from us");
            } catch (HandlerFailure e) {
                assertEquals(-1, left[0]);
            }
        }

        private void peek(int limit) {
            List<ArrayDeque<Long>> copies =
                    committed.stream().map(ArrayDeque::new).toList();
            long[] firstShown = {ANY};
            int shown = consumer.peek(
                    message -> {
                        long[] found = numbers(message.toByteArray());
                        if (firstShown[0] == ANY) {
                            checkFirst(found[1]);
                            firstShown[0] = found[1];
                        }
                        assertEquals(copies.get(total ? 0 : (int) found[0]).poll(), found[1]);
                    },
                    limit);
            assertTrue(shown <= limit);
            assertEquals(isEmpty(), shown <= 0);
            if (firstShown[0] != ANY) {
                first = firstShown[0];
            }
        }

        private void replace(int who) {
            if (ring.end(producers[who], random)) {
                publish(who);
            } else {
                staged.get(who).clear();
            }
            producers[who] = ring.producer();
        }

        private void replaceConsumer() {
            if (random.nextBoolean()) {
                consumer.close();
            } else {
                ring.kill(consumer);
            }
            consumer = ring.consumer();
            first = ANY;
        }
    }

    // ---- full speed -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"false, backoff, 1", "false, block, 3", "true, backoff, 3", "true, block, 7", "true, yield, 2"})
    void whatWasCommittedBeforeIsDeliveredBefore(boolean total, String strategy, int senders) throws Exception {
        int messages = 60_000;
        WaitStrategy waiting =
                switch (strategy) {
                    case "yield" -> WaitStrategy.yielding();
                    case "block" -> WaitStrategy.block();
                    default -> WaitStrategy.backOff();
                };
        ExecutorService threads = Executors.newCachedThreadPool();
        // How many messages of each sender are committed, as told behind each commit.
        AtomicLongArray committed = new AtomicLongArray(senders);
        try (MpscTestRing ring = MpscTestRing.mapped(8, CAPACITY, format(total), waiting)) {
            List<Future<?>> sent = new ArrayList<>();
            List<RingProducer> producers = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                producers.add(ring.producer());
            }
            for (int i = 0; i < senders; i++) {
                int sender = i;
                sent.add(threads.submit(() -> send(producers.get(sender), sender, messages, committed)));
            }
            Future<?> received = threads.submit(() -> receive(ring.consumer(), total, senders, messages));
            for (Future<?> one : sent) {
                one.get();
            }
            received.get();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Each message says what its sender knew to be committed before it began. */
    private static Void send(RingProducer producer, int sender, int messages, AtomicLongArray committed)
            throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(16 + 8 * committed.length());
        for (long number = 0; number < messages; number++) {
            buffer.putLong(0, sender).putLong(8, number);
            for (int other = 0; other < committed.length(); other++) {
                buffer.putLong(16 + 8 * other, committed.get(other));
            }
            assertEquals(OfferResult.ACCEPTED, producer.put(buffer.array()));
            committed.set(sender, number + 1);
        }
        producer.close();
        return null;
    }

    private static Void receive(RingConsumer consumer, boolean total, int senders, int messages)
            throws InterruptedException {
        long[] next = new long[senders];
        int result;
        do {
            result = consumer.take(
                    message -> {
                        ByteBuffer buffer = ByteBuffer.wrap(message.toByteArray());
                        int sender = (int) buffer.getLong(0);
                        assertEquals(next[sender]++, buffer.getLong(8));
                        for (int other = 0; total && other < senders; other++) {
                            assertTrue(next[other] >= buffer.getLong(16 + 8 * other), "a message was overtaken");
                        }
                    },
                    64);
        } while (result > 0);
        assertEquals(RingConsumer.CLOSED, result);
        assertEquals((long) senders * messages, Arrays.stream(next).sum());
        return null;
    }
}
