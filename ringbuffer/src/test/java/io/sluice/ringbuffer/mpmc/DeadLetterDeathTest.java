package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A consumer that puts what it cannot handle into another ring, as a worker does with dead letters, killed at every
 * access to either: no message is lost, and only the one that it died with may be in the other ring twice.
 */
@Timeout(300)
class DeadLetterDeathTest {

    private static final int CAPACITY = 4096;
    private static final int MESSAGES = 3;
    private static final int LENGTH = 60;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void losesNothingBetweenTwoRings(boolean diesInTheOther) {
        assertTrue(KillPoints.enumerate(() -> new Trial(diesInTheOther)) > 10);
    }

    private static MpmcTestRing ring() {
        return MpmcTestRing.onHeap(2, 2, CAPACITY, false, WaitStrategy.backOff());
    }

    /** One process in two rings: its death in one is that in the other. */
    private static final class Trial implements KillTrial {

        private final MpmcTestRing ring = ring();
        private final MpmcTestRing letters = ring();
        private final RingProducer producer = ring.producer();
        private final boolean diesInTheOther;
        private final DyingMemory memory;
        private final DyingMemory lettersMemory;
        private final RingConsumer consumer;
        private final RingProducer writer;

        Trial(boolean diesInTheOther) {
            this.diesInTheOther = diesInTheOther;
            for (int number = 0; number < MESSAGES; number++) {
                assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(number, LENGTH)));
            }
            this.memory = dying(ring);
            this.lettersMemory = dying(letters);
            this.consumer = ring.consumer(memory);
            this.writer = letters.producer(lettersMemory);
        }

        private DyingMemory dying(MpmcTestRing where) {
            RegionMemory process = Scene.withOwnClock(where.newProcess());
            return new DyingMemory(process, () -> {
                where.liveness().kill(process.selfToken());
                memory().kill();
                elsewhere().kill();
            });
        }

        @Override
        public DyingMemory memory() {
            return diesInTheOther ? lettersMemory : memory;
        }

        private DyingMemory elsewhere() {
            return diesInTheOther ? memory : lettersMemory;
        }

        @Override
        public void operate() {
            assertEquals(MESSAGES, consumer.poll(message -> putAside(message, writer), MESSAGES));
        }

        private static void putAside(Message message, RingProducer into) {
            assertEquals(OfferResult.ACCEPTED, into.offer(message.toByteArray()));
        }

        @Override
        public void survive() {
            if (!memory().isDead()) {
                consumer.close();
                writer.leave();
            }
            RingConsumer heir = ring.consumer();
            RingProducer next = letters.producer();
            int[] again = {0};
            int polled;
            do {
                polled = heir.poll(
                        message -> {
                            again[0] += message.isRedelivered() ? 1 : 0;
                            putAside(message, next);
                        },
                        1);
            } while (polled > 0);
            assertEquals(0, producer.backlogBytes());
            List<Integer> found = new ArrayList<>();
            RingConsumer reader = letters.consumer();
            do {
                polled = reader.poll(message -> found.add(numberOf(message)), 10);
            } while (polled > 0);
            for (int number = 0; number < MESSAGES; number++) {
                assertTrue(found.contains(number), () -> "of all only " + found);
            }
            // Only what came again, and says so, can be there twice.
            assertTrue(found.size() <= MESSAGES + again[0] && again[0] <= 1, () -> again[0] + " again: " + found);
        }

        private static int numberOf(Message message) {
            byte[] bytes = message.toByteArray();
            return IntStream.range(0, MESSAGES)
                    .filter(number -> Arrays.equals(bytes, Payload.of(number, LENGTH)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("a torn message"));
        }
    }
}
