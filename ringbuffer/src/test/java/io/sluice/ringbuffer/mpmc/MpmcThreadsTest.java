package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandlerFailure;
import io.sluice.ringbuffer.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Producers and consumers at full speed, each with a mapping of its own: every message is acknowledged once, whole. */
@Timeout(300)
class MpmcThreadsTest {

    private static final int MESSAGES = 100_000; // of each producer
    private static final Duration LONG = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({
        "yield, 1, 2, 4096, false, false",
        "backoff, 2, 2, 65536, false, true",
        "block, 2, 1, 4096, false, true",
        "block, 2, 2, 4096, true, true",
        "block, 3, 3, 65536, false, true",
        "backoff, 2, 3, 4096, false, true",
    })
    void everyMessageIsAcknowledgedOnce(
            String strategy, int producers, int consumers, long capacity, boolean checksum, boolean refusing)
            throws Exception {
        long seed = System.nanoTime();
        System.out.println("MpmcThreadsTest seed " + seed);
        WaitStrategy waiting =
                switch (strategy) {
                    case "yield" -> WaitStrategy.yielding();
                    case "block" -> WaitStrategy.block();
                    default -> WaitStrategy.backOff();
                };
        ExecutorService threads = Executors.newFixedThreadPool(producers + consumers);
        AtomicIntegerArray acknowledged = new AtomicIntegerArray(producers * MESSAGES);
        try (MpmcTestRing ring = MpmcTestRing.mapped(producers, consumers, capacity, checksum, waiting)) {
            List<RingProducer> senders = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                senders.add(ring.producer());
            }
            List<RingConsumer> receivers = new ArrayList<>();
            for (int i = 0; i < consumers; i++) {
                receivers.add(ring.consumer());
            }
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                int index = i;
                ends.add(threads.submit(() -> {
                    send(senders.get(index), index * MESSAGES);
                    return null;
                }));
            }
            for (int i = 0; i < consumers; i++) {
                int index = i;
                ends.add(threads.submit(() -> {
                    receive(receivers.get(index), acknowledged, refusing ? new Random(seed + index) : null);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (int number = 0; number < producers * MESSAGES; number++) {
            int times = acknowledged.get(number);
            int which = number;
            assertEquals(1, times, () -> "message " + which);
        }
    }

    private static int lengthOf(int number) {
        return number % 97 == 0 ? 8 + number % 1500 : 8 + number % 60;
    }

    private static void send(RingProducer producer, int first) throws InterruptedException {
        for (int number = first; number < first + MESSAGES; number++) {
            byte[] content = Payload.of(number, lengthOf(number));
            for (int i = 0; i < Integer.BYTES; i++) {
                content[i] = (byte) (number >>> (8 * i));
            }
            assertEquals(OfferResult.ACCEPTED, producer.put(0, content, 0, content.length, LONG));
        }
        producer.close();
    }

    private static void receive(RingConsumer consumer, AtomicIntegerArray acknowledged, Random refusals)
            throws InterruptedException {
        int result;
        do {
            try {
                result = consumer.take(message -> handle(message, acknowledged, refusals), 16);
            } catch (HandlerFailure e) {
                result = 1;
                if (refusals.nextBoolean()) {
                    consumer.nack();
                }
            }
        } while (result > 0);
        assertEquals(RingConsumer.CLOSED, result);
    }

    private static void handle(Message message, AtomicIntegerArray acknowledged, Random refusals) {
        int number = message.getInt(0);
        byte[] expected = Payload.of(number, lengthOf(number));
        assertEquals(expected.length, message.length());
        for (int i = Integer.BYTES; i < expected.length; i++) {
            if (expected[i] != message.getByte(i)) {
                throw new AssertionError("byte " + i + " of message " + number);
            }
        }
        if (refusals == null) {
            assertFalse(message.isRedelivered());
        } else if (refusals.nextInt(50) == 0) {
            throw new HandlerFailure();
        }
        acknowledged.incrementAndGet(number);
    }
}
