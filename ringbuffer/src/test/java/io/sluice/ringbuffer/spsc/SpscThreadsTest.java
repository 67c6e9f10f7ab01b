package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A producer and a consumer at full speed, each with a mapping of its own: what comes out is what went in. */
@Timeout(300)
class SpscThreadsTest {

    private static final int MESSAGES = 400_000;
    private static final Duration LONG = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({
        "yield, 4096, false, true",
        "backoff, 65536, false, true",
        "block, 4096, false, true",
        "block, 4096, true, true",
        "backoff, 4096, false, false",
        "block, 4096, false, false",
    })
    void everyByteArrivesInOrder(String strategy, long capacity, boolean checksum, boolean mapped) throws Exception {
        long seed = System.nanoTime();
        System.out.println("SpscThreadsTest seed " + seed);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        WaitStrategy waiting =
                switch (strategy) {
                    case "yield" -> WaitStrategy.yielding();
                    case "block" -> WaitStrategy.block();
                    default -> WaitStrategy.backOff();
                };
        try (SpscTestRing ring = mapped
                ? SpscTestRing.mapped(capacity, checksum, waiting)
                : SpscTestRing.onHeap(capacity, checksum, waiting)) {
            Future<Long> sent = threads.submit(() -> send(ring.producer(), seed));
            Future<Long> received = threads.submit(() -> receive(ring.consumer()));
            assertEquals(sent.get(), received.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private static long send(RingProducer producer, long seed) throws InterruptedException {
        Random random = new Random(seed);
        CRC32C crc = new CRC32C();
        byte[] content = new byte[2048];
        random.nextBytes(content);
        for (int number = 0; number < MESSAGES; number++) {
            int length = Long.BYTES + (random.nextInt(100) == 0 ? random.nextInt(2040) : random.nextInt(60));
            for (int i = 0; i < Long.BYTES; i++) {
                content[i] = (byte) (number >>> (8 * (i % 4)));
            }
            crc.update(content, 0, length);
            switch (random.nextInt(3)) {
                case 0 -> {
                    OfferResult result = producer.put(0, content, 0, length, LONG);
                    assertEquals(OfferResult.ACCEPTED, result);
                }
                case 1 -> {
                    Claim claim = producer.awaitClaim(0, length, LONG);
                    claim.setBytes(0, content, 0, length);
                    claim.commit();
                }
                default -> {
                    if (producer.stage(0, content, 0, length) != OfferResult.ACCEPTED) {
                        assertEquals(OfferResult.ACCEPTED, producer.put(0, content, 0, length, LONG));
                    }
                }
            }
        }
        producer.close();
        return crc.getValue();
    }

    private static long receive(RingConsumer consumer) throws InterruptedException {
        CRC32C crc = new CRC32C();
        byte[] content = new byte[2048];
        int[] next = {0};
        int result;
        do {
            result = consumer.take(message -> check(message, next[0]++, content, crc), 64);
        } while (result > 0);
        assertEquals(RingConsumer.CLOSED, result);
        assertEquals(MESSAGES, next[0]);
        return crc.getValue();
    }

    private static void check(Message message, int number, byte[] content, CRC32C crc) {
        message.getBytes(0, content, 0, message.length());
        for (int i = 0; i < Long.BYTES; i++) {
            assertEquals((byte) (number >>> (8 * (i % 4))), content[i]);
        }
        crc.update(content, 0, message.length());
    }
}
