package io.sluice.ringbuffer.spsc;

import static io.sluice.ringbuffer.Received.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes on a real ring, killed with SIGKILL in the middle of the stream, or stopped. */
@Timeout(180)
class SpscProcessesTest {

    private static final long CAPACITY = 1 << 16;
    private static final MessageHandler NOBODY = message -> fail("unexpected message at " + message.position());

    private TestDirectory directory;
    private Ring ring;

    @BeforeEach
    void createRing() throws IOException {
        directory = TestDirectory.create();
        ring = Rings.create(RingSpec.spsc("unused", CAPACITY)
                .withAddress(RegionAddress.of(directory.path(), "ring"))
                .withWaitStrategy(WaitStrategy.block())
                .withChecksum(true));
    }

    @AfterEach
    void removeRing() throws IOException {
        ring.close();
        directory.close();
    }

    private ChildJvm start(String what, long first) {
        return ChildJvm.start(SpscChild.class, what, directory.path().toString(), Long.toString(first));
    }

    private long noted(int offset) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(directory.path().resolve(".notes")))
                .getLong(offset);
    }

    @Test
    void aKilledProducersStreamIsAPrefixWithEverythingThatWasAccepted() throws Exception {
        long seed = System.nanoTime();
        System.out.println("SpscProcessesTest seed " + seed);
        Random random = new Random(seed);
        RingConsumer consumer = ring.consumer();
        long[] next = {0};
        MessageHandler inOrder = message -> {
            Payload.check(message, next[0], SpscChild.lengthOf(next[0]));
            next[0]++;
        };
        for (int round = 0; round < 4; round++) {
            try (ChildJvm producer = start("produce", next[0])) {
                producer.awaitLine("ready");
                long enough = next[0] + 1000 + random.nextInt(20_000);
                while (next[0] < enough) {
                    assertTrue(consumer.take(inOrder, 100) > 0);
                }
                producer.kill();
            }
            int result;
            do {
                result = consumer.take(inOrder, 100);
            } while (result > 0);
            assertEquals(RingConsumer.PEER_DEAD, result);
            long accepted = noted(SpscChild.DONE);
            assertTrue(
                    accepted == next[0] || accepted + 1 == next[0],
                    "accepted " + accepted + ", delivered " + next[0] + ", seed " + seed);
        }
    }

    @Test
    void whatAKilledProducerHadNotCommittedIsNeverSeen() throws InterruptedException {
        RingConsumer consumer = ring.consumer();
        try (ChildJvm producer = start("stage", 0)) {
            producer.awaitLine("ready");
            producer.kill();
        }
        assertEquals(1, consumer.take(message -> Payload.check(message, 0, 100), 10));
        assertEquals(RingConsumer.PEER_DEAD, consumer.take(NOBODY, 10));
        RingProducer next = ring.producer();
        assertEquals(OfferResult.ACCEPTED, next.put(bytes("next")));
        assertEquals(1, consumer.take(message -> assertEquals(4, message.length()), 10));
    }

    @Test
    void theNextConsumerGetsExactlyWhatAKilledOneHadNotAcknowledged() throws Exception {
        long seed = System.nanoTime();
        System.out.println("SpscProcessesTest seed " + seed);
        Random random = new Random(seed);
        RingProducer producer = ring.producer();
        long sent = 0;
        long first = 0;
        for (int round = 0; round < 4; round++) {
            try (ChildJvm consumer = start("consume", first)) {
                consumer.awaitLine("ready");
                long enough = sent + 1000 + random.nextInt(20_000);
                while (sent < enough) {
                    assertEquals(OfferResult.ACCEPTED, producer.put(Payload.of(sent, SpscChild.lengthOf(sent))));
                    sent++;
                }
                consumer.kill();
            }
            assertEquals(PeerState.DEAD, producer.consumerState());
            long handled = noted(SpscChild.HANDLED);
            long acknowledged = noted(SpscChild.DONE);
            // The next one may die as well, having only looked.
            RingConsumer next = ring.consumer();
            long[] seen = {-1};
            next.peek(message -> seen[0] = find(message.toByteArray(), acknowledged, handled), 1);
            first = seen[0] < 0 ? sent : seen[0];
            assertTrue(first >= acknowledged && first <= handled + 1, "seed " + seed);
            long[] expected = {first};
            int result = next.poll(
                    message -> {
                        Payload.check(message, expected[0], SpscChild.lengthOf(expected[0]));
                        expected[0]++;
                    },
                    Integer.MAX_VALUE);
            assertTrue(result >= 0);
            assertEquals(sent, expected[0], "seed " + seed);
            first = sent;
            next.close();
        }
    }

    private static long find(byte[] content, long from, long to) {
        for (long number = from; number <= to; number++) {
            if (Arrays.equals(content, Payload.of(number, SpscChild.lengthOf(number)))) {
                return number;
            }
        }
        throw new AssertionError("the first message again is none of " + from + " to " + to);
    }

    @Test
    void putReportsAKilledConsumer() throws InterruptedException {
        RingProducer producer = ring.producer();
        try (ChildJvm consumer = start("hold", 0)) {
            consumer.awaitLine("ready");
            assertEquals(PeerState.LIVE, producer.consumerState());
            consumer.kill();
        }
        OfferResult result;
        do {
            result = producer.put(new byte[1000]);
        } while (result == OfferResult.ACCEPTED);
        assertEquals(OfferResult.PEER_DEAD, result);
    }

    @Test
    void aStoppedProducerIsNotDead() throws InterruptedException {
        RingConsumer consumer = ring.consumer();
        long[] next = {0};
        MessageHandler inOrder = message -> {
            Payload.check(message, next[0], SpscChild.lengthOf(next[0]));
            next[0]++;
        };
        try (ChildJvm producer = start("produce", 0)) {
            producer.awaitLine("ready");
            for (int round = 0; round < 3; round++) {
                while (next[0] < (round + 1) * 2000L) {
                    assertTrue(consumer.take(inOrder, 100) > 0);
                }
                producer.stop();
                int result;
                do {
                    result = consumer.take(inOrder, 100, Duration.ofMillis(60));
                } while (result > 0);
                assertEquals(RingConsumer.EMPTY, result);
                assertEquals(PeerState.LIVE, consumer.producerState());
                assertThrows(RoleTakenException.class, ring::producer);
                producer.resume();
            }
        }
    }

    @Test
    void aSecondProducerInAnotherProcessIsRefusedWhileTheFirstLives() {
        RingProducer producer = ring.producer();
        try (ChildJvm second = start("join", 0)) {
            assertEquals("refused", second.awaitLine());
        }
        producer.leave();
        try (ChildJvm second = start("join", 0)) {
            assertEquals("joined", second.awaitLine());
            assertThrows(RoleTakenException.class, ring::producer);
            second.kill();
        }
        assertEquals(OfferResult.ACCEPTED, ring.producer().offer(bytes("taken over")));
    }
}
