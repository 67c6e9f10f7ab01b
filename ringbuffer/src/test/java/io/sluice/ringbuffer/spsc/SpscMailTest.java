package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.lane.LaneLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The copy of the newest record behind TAIL: taken when it is the right one and whole, passed over otherwise, whatever
 * deaths and hostile bytes left there.
 */
@Timeout(120)
class SpscMailTest {

    private static final int CAPACITY = 4096;
    private static final int LENGTH = 32;
    private static final int VICTIM = 100;
    private static final int SUCCESSOR = 200;

    private SpscTestRing ring;
    private RegionMemory memory;

    @BeforeEach
    void createRing() {
        ring = SpscTestRing.onHeap(CAPACITY, false, WaitStrategy.backOff());
        memory = ring.newProcess();
    }

    @AfterEach
    void closeRing() {
        ring.close();
    }

    private static byte[] content(int number) {
        return Payload.of(number, LENGTH);
    }

    private static void offer(RingProducer producer, int number) {
        assertEquals(OfferResult.ACCEPTED, producer.offer(content(number)));
    }

    /** Numbers of the messages that are there now; each must be whole. */
    private static List<Integer> received(RingConsumer consumer) {
        List<Integer> numbers = new ArrayList<>();
        int result;
        do {
            result = consumer.poll(
                    message -> {
                        byte[] bytes = message.toByteArray();
                        for (int number : List.of(0, 1, 2, VICTIM, SUCCESSOR)) {
                            if (Arrays.equals(bytes, content(number))) {
                                numbers.add(number);
                                return;
                            }
                        }
                        throw new AssertionError("a torn or unknown message at " + message.position());
                    },
                    10);
        } while (result > 0);
        return numbers;
    }

    @Test
    void isAskedForByAConsumerThatGetsItsMessagesOneAtATimeAndNotByAStream() {
        RingProducer producer = ring.producer();
        RingConsumer consumer = ring.consumer();
        for (int round = 0; round < 20; round++) {
            assertEquals(round < 16 ? 0 : 1, memory.getInt(SpscLayout.MAIL_WANTED));
            offer(producer, 1);
            assertEquals(List.of(1), received(consumer));
        }
        for (int i = 0; i < 4; i++) {
            offer(producer, 2);
        }
        assertEquals(List.of(2, 2, 2, 2), received(consumer));
        assertEquals(0, memory.getInt(SpscLayout.MAIL_WANTED));
    }

    @Test
    void deliversWhatItHoldsInPlaceOfTheRecord() {
        memory.setInt(SpscLayout.MAIL_WANTED, 1);
        RingProducer producer = ring.producer();
        RingConsumer consumer = ring.consumer();
        offer(producer, 1);
        // Damage to the record does not show: this really came from the copy.
        memory.writeLong(SpscLayout.RECORDS + 8, -1);
        assertEquals(List.of(1), received(consumer));
    }

    @Test
    void carriesEveryLengthThatFitsAndLeavesTheOthersToTheRecord() {
        memory.setInt(SpscLayout.MAIL_WANTED, 1);
        RingProducer producer = ring.producer();
        RingConsumer consumer = ring.consumer();
        for (int length = 0; length <= 100; length++) {
            byte[] bytes = Payload.of(length, length);
            assertEquals(OfferResult.ACCEPTED, producer.offer(length, bytes, 0, length));
            boolean mailed = memory.getLong(SpscLayout.MAIL_OF) == memory.getLong(SpscLayout.HEAD) + 1;
            assertEquals(length <= LaneLayout.MAIL_BYTES, mailed);
            int expected = length;
            int handled = consumer.poll(
                    message -> {
                        assertEquals(expected, message.typeId());
                        assertTrue(Arrays.equals(bytes, message.toByteArray()));
                    },
                    10);
            assertEquals(1, handled);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 31, 41, 1000, Long.MAX_VALUE, (7L << 32) | 0xffff_fff0L})
    void passesOverACopyWithAnImpossibleHeader(long header) {
        memory.setInt(SpscLayout.MAIL_WANTED, 1);
        RingProducer producer = ring.producer();
        RingConsumer consumer = ring.consumer();
        offer(producer, 1);
        memory.setLong(SpscLayout.MAIL_HEADER, header);
        assertEquals(List.of(1), received(consumer));
        offer(producer, 2);
        memory.setLong(SpscLayout.MAIL_OF, header);
        assertEquals(List.of(2), received(consumer));
    }

    @Test
    void isNotBelievedOfADeadProducerThatHadNotPublishedIt() {
        memory.setInt(SpscLayout.MAIL_WANTED, 1);
        RingProducer dead = ring.producer();
        RingConsumer consumer = ring.consumer();
        // As killed between the copy and the store of TAIL.
        memory.setLong(SpscLayout.MAIL_OF, 1);
        memory.setLong(SpscLayout.MAIL_HEADER, (5L << 32) | LENGTH);
        ring.kill(dead);
        RingProducer next = ring.producer();
        memory.setInt(SpscLayout.MAIL_WANTED, 0);
        offer(next, SUCCESSOR);
        assertEquals(List.of(SUCCESSOR), received(consumer));
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesTheDeathOfTheProducerAtEveryAccess(boolean successorSendsMail) {
        assertTrue(KillPoints.enumerate(() -> new ProducerTrial(successorSendsMail)) > 10);
    }

    @Test
    void survivesTheDeathOfTheConsumerAtEveryAccess() {
        assertTrue(KillPoints.enumerate(ConsumerTrial::new) > 10);
    }

    private static SpscTestRing ringWithMail() {
        SpscTestRing ring = SpscTestRing.onHeap(CAPACITY, false, WaitStrategy.backOff());
        ring.newProcess().setInt(SpscLayout.MAIL_WANTED, 1);
        return ring;
    }

    /** A producer with a message behind it that dies in an offer. */
    private static final class ProducerTrial implements KillTrial {

        private final SpscTestRing ring = ringWithMail();
        private final RingConsumer consumer = ring.consumer();
        private final DyingMemory memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        private final RingProducer producer = ring.producer(memory);
        private final boolean successorSendsMail;
        private boolean accepted;

        ProducerTrial(boolean successorSendsMail) {
            this.successorSendsMail = successorSendsMail;
            offer(producer, 0);
            assertEquals(List.of(0), received(consumer));
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            offer(producer, VICTIM);
            accepted = true;
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                producer.leave();
            }
            RingProducer next = ring.producer();
            ring.newProcess().setInt(SpscLayout.MAIL_WANTED, successorSendsMail ? 1 : 0);
            offer(next, SUCCESSOR);
            List<Integer> found = received(consumer);
            assertTrue(
                    found.equals(List.of(VICTIM, SUCCESSOR)) || (!accepted && found.equals(List.of(SUCCESSOR))),
                    found::toString);
        }
    }

    /** A consumer that dies in a poll that finds mail. */
    private static final class ConsumerTrial implements KillTrial {

        private final SpscTestRing ring = ringWithMail();
        private final RingProducer producer = ring.producer();
        private final DyingMemory memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        private final RingConsumer consumer = ring.consumer(memory);
        private boolean acknowledged;

        ConsumerTrial() {
            offer(producer, 1);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            assertEquals(1, consumer.poll(message -> assertTrue(Arrays.equals(content(1), message.toByteArray())), 10));
            acknowledged = true;
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                consumer.close();
            }
            offer(producer, 2);
            List<Integer> found = received(ring.consumer());
            assertTrue(found.equals(List.of(2)) || (!acknowledged && found.equals(List.of(1, 2))), found::toString);
        }
    }

    // ---- races ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNeverTornWhileTheNextIsBeingWritten(boolean mapped) throws Exception {
        int messages = 300_000;
        long seed = System.nanoTime();
        System.out.println("SpscMailTest seed " + seed);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (SpscTestRing raced = mapped
                ? SpscTestRing.mapped(CAPACITY, false, WaitStrategy.yielding())
                : SpscTestRing.onHeap(CAPACITY, false, WaitStrategy.yielding())) {
            RegionMemory wish = raced.newProcess();
            RingProducer producer = raced.producer();
            RingConsumer consumer = raced.consumer();
            Future<?> sent = threads.submit(() -> {
                Random random = new Random(seed);
                byte[] bytes = new byte[LaneLayout.MAIL_BYTES];
                for (int number = 0; number < messages; number++) {
                    Arrays.fill(bytes, (byte) number);
                    int length = 8 + random.nextInt(LaneLayout.MAIL_BYTES - 7);
                    assertEquals(OfferResult.ACCEPTED, producer.put(0, bytes, 0, length, SpscRingContractTest.LONG));
                }
                return null;
            });
            int[] next = {0};
            while (next[0] < messages) {
                // The consumer would stop asking as soon as it falls behind; here it must not.
                wish.setInt(SpscLayout.MAIL_WANTED, 1);
                consumer.take(
                        message -> {
                            byte expected = (byte) next[0]++;
                            for (int i = 0; i < message.length(); i++) {
                                assertEquals(expected, message.getByte(i));
                            }
                        },
                        1);
            }
            sent.get();
        } finally {
            threads.shutdownNow();
        }
    }
}
