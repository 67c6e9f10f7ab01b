package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.Seeded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random operations on the ring and on an {@link ArrayDeque} must show the same messages. */
@Timeout(300)
class SpscModelTest {

    private static final int CAPACITY = 4096;
    private static final int OPERATIONS = 1_500_000;

    @Test
    void behavesAsAQueue() {
        try (SpscTestRing ring = SpscTestRing.mapped(CAPACITY, false, WaitStrategy.backOff())) {
            run(ring, OPERATIONS);
        }
    }

    @Test
    void behavesAsAQueueWithChecksums() {
        try (SpscTestRing ring = SpscTestRing.mapped(CAPACITY, true, WaitStrategy.backOff())) {
            run(ring, OPERATIONS / 2);
        }
    }

    @Test
    void behavesAsAQueueOnTheHeap() {
        try (SpscTestRing ring = SpscTestRing.onHeap(CAPACITY, false, WaitStrategy.backOff())) {
            run(ring, OPERATIONS / 2);
        }
    }

    private static void run(SpscTestRing ring, int operations) {
        Seeded.run(SpscModelTest.class, random -> {
            Model model = new Model(ring, random);
            for (int i = 0; i < operations; i++) {
                model.step();
            }
            model.finish();
        });
    }

    /** A message: its number decides its contents. */
    private record Sent(long number, int type, int length) {
        void check(Message message) {
            assertEquals(type, message.typeId());
            Payload.check(message, number, length);
        }
    }

    private static final class Model {

        private final SpscTestRing ring;
        private final Random random;
        private final ArrayDeque<Sent> committed = new ArrayDeque<>();
        private final List<Sent> staged = new ArrayList<>();
        private RingProducer producer;
        private RingConsumer consumer;
        private long nextNumber;
        private boolean closed;

        Model(SpscTestRing ring, Random random) {
            this.ring = ring;
            this.random = random;
            this.producer = ring.producer();
            this.consumer = ring.consumer();
        }

        void step() {
            int dice = random.nextInt(1000);
            if (dice < 300) {
                offer();
            } else if (dice < 400) {
                stage();
            } else if (dice < 440) {
                producer.flush();
                publishStaged();
            } else if (dice < 550) {
                claim();
            } else if (dice < 850) {
                poll(1 + random.nextInt(8));
            } else if (dice < 940) {
                peek(1 + random.nextInt(8));
            } else if (dice < 990) {
                pollWithAFailingHandler();
            } else if (dice < 994) {
                replaceProducer();
            } else if (dice < 998) {
                replaceConsumer();
            } else {
                poll(Integer.MAX_VALUE);
            }
            assertEquals(producer.backlogBytes(), consumer.backlogBytes());
            assertEquals(committed.isEmpty(), consumer.backlogBytes() == 0);
        }

        void finish() {
            producer.close();
            publishStaged();
            closed = true;
            // A poll drains up to the TAIL that it saw last; have it see the last one.
            assertEquals(committed.isEmpty(), consumer.backlogBytes() == 0);
            while (!committed.isEmpty()) {
                poll(100);
            }
            assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
        }

        private Sent next() {
            int bound = random.nextInt(10) == 0 ? producer.maxMessageLength() + 1 : 200;
            return new Sent(nextNumber++, random.nextInt(3), random.nextInt(bound));
        }

        private void publishStaged() {
            committed.addAll(staged);
            staged.clear();
        }

        private void offer() {
            Sent message = next();
            if (producer.offer(message.type, Payload.of(message.number, message.length), 0, message.length)
                    == OfferResult.ACCEPTED) {
                publishStaged();
                committed.add(message);
            } else {
                assertFull(message);
            }
        }

        private void stage() {
            Sent message = next();
            if (producer.stage(message.type, Payload.of(message.number, message.length), 0, message.length)
                    == OfferResult.ACCEPTED) {
                staged.add(message);
            } else {
                assertFull(message);
            }
        }

        private void assertFull(Sent message) {
            boolean empty = committed.isEmpty() && staged.isEmpty();
            assertTrue(!empty, () -> "no room for " + message.length + " bytes in an empty ring");
            // A refusal publishes what is staged, or the consumer could never make room.
            publishStaged();
        }

        private void claim() {
            Sent message = next();
            Claim claim = producer.claim(message.type, message.length);
            if (claim == null) {
                assertFull(message);
                return;
            }
            if (random.nextInt(4) == 0) {
                claim.abort();
                return;
            }
            Payload.fill(claim, message.number);
            claim.commit();
            publishStaged();
            committed.add(message);
        }

        private void poll(int limit) {
            int expected = Math.min(limit, committed.size());
            int handled = consumer.poll(message -> committed.remove().check(message), limit);
            assertEquals(expected, closed ? Math.max(0, handled) : handled);
        }

        private void peek(int limit) {
            Iterator<Sent> messages = committed.iterator();
            int shown = consumer.peek(message -> messages.next().check(message), limit);
            assertEquals(Math.min(limit, committed.size()), shown);
        }

        private void pollWithAFailingHandler() {
            int[] left = {random.nextInt(4)};
            boolean fails = committed.size() > left[0];
            boolean failed = false;
            try {
                consumer.poll(
                        message -> {
                            if (left[0]-- == 0) {
                                throw new IllegalStateException("not this one");
                            }
                            committed.remove().check(message);
                        },
                        5);
            } catch (IllegalStateException e) {
                failed = true;
            }
            assertEquals(fails, failed);
        }

        private void replaceProducer() {
            if (ring.end(producer, random)) {
                publishStaged();
            } else {
                staged.clear();
            }
            producer = ring.producer();
        }

        private void replaceConsumer() {
            if (random.nextBoolean()) {
                consumer.close();
            } else {
                ring.kill(consumer);
            }
            consumer = ring.consumer();
        }
    }
}
