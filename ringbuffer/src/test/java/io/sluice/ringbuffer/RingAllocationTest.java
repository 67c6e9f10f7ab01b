package io.sluice.ringbuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.TestDirectory;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.queue.QueueSpec;
import io.sluice.ringbuffer.queue.SharedBlockingQueue;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.BytesStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What sending and receiving a message allocates, whatever the ring: nothing. */
class RingAllocationTest {

    private static final int ROUNDS = 20_000;
    private static final int MESSAGES_PER_ROUND = 8;
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Round {

        void run() throws InterruptedException;
    }

    /**
     * Measures what a round allocates. The measurement itself may allocate a little, once; anything that each message, or
     * each round, allocated would be at least 16 bytes each.
     */
    private static void assertAllocatesNothing(Round round) throws InterruptedException {
        long best = Long.MAX_VALUE;
        for (int repeat = 0; repeat < 4 && best >= ROUNDS; repeat++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            best = Math.min(best, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        long bytes = best;
        assertTrue(bytes < ROUNDS, () -> bytes + " bytes allocated in " + ROUNDS + " rounds");
    }

    static Stream<RingSpec> rings() {
        return Stream.of(RingKind.values())
                .map(kind -> RingSpec.of(kind, "ring", 1 << 16))
                .flatMap(spec -> Stream.of(spec, spec.withChecksum(true)))
                .flatMap(spec -> switch (spec.kind()) {
                    case MPSC -> Stream.of(spec, spec.withOrder(RingOrder.TOTAL));
                    case BROADCAST -> Stream.of(spec, spec.withLossy(true));
                    default -> Stream.of(spec);
                });
    }

    @ParameterizedTest
    @MethodSource("rings")
    void aMessageAllocatesNothing(RingSpec spec) throws Exception {
        byte[] bytes = Payload.of(1, 48);
        BytesStore<?, ?> store = BytesStore.nativeStoreWithFixedCapacity(48);
        long[] sum = {0};
        MessageHandler handler = message -> sum[0] += message.getLong(0);
        try (TestDirectory directory = TestDirectory.create();
                Ring ring = Rings.create(spec.withAddress(RegionAddress.of(directory.path(), "ring")));
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer()) {
            assertAllocatesNothing(() -> {
                producer.offer(1, bytes, 0, 48);
                producer.offer(1, store, 0, 48);
                producer.put(1, bytes, 0, 48, LONG);
                producer.stage(1, bytes, 0, 48);
                producer.stage(1, bytes, 0, 48);
                producer.flush();
                try (Claim claim = producer.claim(1, 48)) {
                    claim.setLong(0, 7);
                    claim.commit();
                }
                consumer.peek(handler, 2);
                // Not all kinds give everything to one call.
                int left = 6;
                while (left > 0) {
                    left -= consumer.poll(handler, 100);
                }
                producer.offer(bytes);
                consumer.take(handler, 1, LONG);
                assertEquals(OfferResult.ACCEPTED, producer.offer(bytes));
                consumer.poll(handler, 1);
            });
        } finally {
            store.releaseLast();
        }
    }

    static Stream<RingSpec> queues() {
        return rings().filter(spec -> spec.kind() != RingKind.BROADCAST);
    }

    /** Small numbers, which Java keeps boxed. */
    @ParameterizedTest
    @MethodSource("queues")
    void anElementOfAQueueAllocatesNothingButItself(RingSpec spec) throws Exception {
        try (TestDirectory directory = TestDirectory.create();
                SharedBlockingQueue<Long> queue = SharedBlockingQueue.create(
                        QueueSpec.of(spec.withAddress(RegionAddress.of(directory.path(), "queue")), Codecs.longs()))) {
            Long number = 42L;
            assertAllocatesNothing(() -> {
                for (int i = 0; i < MESSAGES_PER_ROUND / 2; i++) {
                    queue.put(number);
                    queue.offer(number);
                }
                for (int i = 0; i < MESSAGES_PER_ROUND / 2; i++) {
                    assertEquals(number, queue.take());
                    assertEquals(number, queue.poll());
                }
            });
        }
    }
}
