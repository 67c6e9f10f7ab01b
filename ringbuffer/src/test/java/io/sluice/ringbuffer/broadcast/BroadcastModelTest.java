package io.sluice.ringbuffer.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandlerFailure;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.Seeded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random operations of a producer and of consumers that come, go, fail and die, on a lossless broadcast ring and on a queue
 * for each consumer, which has everything that was published since it joined.
 */
@Timeout(300)
class BroadcastModelTest {

    private static final int CAPACITY = 4096;
    private static final int PLACES = 3;
    private static final int OPERATIONS = 1_000_000;

    @Test
    void behavesAsAQueueForEachConsumer() {
        try (BroadcastTestRing ring = BroadcastTestRing.mapped(PLACES, CAPACITY, false, WaitStrategy.backOff())) {
            run(ring, OPERATIONS);
        }
    }

    @Test
    void behavesAsAQueueForEachConsumerWithChecksums() {
        try (BroadcastTestRing ring = BroadcastTestRing.onHeap(PLACES, CAPACITY, true, WaitStrategy.backOff())) {
            run(ring, OPERATIONS / 2);
        }
    }

    private static void run(BroadcastTestRing ring, int operations) {
        Seeded.run(BroadcastModelTest.class, random -> {
            Model model = new Model(ring, random);
            for (int i = 0; i < operations; i++) {
                model.step();
            }
            model.finish();
        });
    }

    /** A message: its number decides its contents. */
    private record Sent(long number, int length) {

        byte[] contents() {
            return Payload.of(number, length);
        }

        void check(Message message) {
            Payload.check(message, number, length);
        }
    }

    /** A consumer, and what it has not acknowledged. */
    private record Listener(RingConsumer handle, ArrayDeque<Sent> expected) {}

    private static final class Model {

        private final BroadcastTestRing ring;
        private final Random random;
        private final List<Listener> listeners = new ArrayList<>();
        private final List<Sent> staged = new ArrayList<>();
        private RingProducer producer;
        private long nextNumber;

        Model(BroadcastTestRing ring, Random random) {
            this.ring = ring;
            this.random = random;
            this.producer = ring.producer();
        }

        void step() {
            int dice = random.nextInt(1000);
            if (dice < 260) {
                offer();
            } else if (dice < 340) {
                stage();
            } else if (dice < 370) {
                producer.flush();
                publishStaged();
            } else if (dice < 450) {
                claim();
            } else if (dice < 455) {
                replaceProducer();
            } else if (listeners.isEmpty() || (dice < 465 && listeners.size() < PLACES)) {
                listeners.add(new Listener(ring.consumer(), new ArrayDeque<>()));
            } else {
                listen(listeners.get(random.nextInt(listeners.size())), dice);
            }
        }

        private void listen(Listener listener, int dice) {
            if (dice < 475) {
                end(listener);
            } else if (dice < 850) {
                poll(listener, 1 + random.nextInt(20));
            } else if (dice < 920) {
                peek(listener, 1 + random.nextInt(20));
            } else if (dice < 980) {
                pollAndFail(listener, random.nextInt(4));
            } else {
                assertEquals(listener.expected.isEmpty(), listener.handle.backlogBytes() == 0);
            }
        }

        void finish() {
            producer.close();
            publishStaged();
            for (Listener listener : listeners) {
                while (!listener.expected.isEmpty()) {
                    poll(listener, 100);
                }
                assertEquals(RingConsumer.CLOSED, listener.handle.poll(message -> {}, 1));
            }
        }

        // ---- producing --------------------------------------------------------------------------------------------

        private Sent next() {
            return new Sent(nextNumber++, random.nextInt(random.nextInt(10) == 0 ? 2000 : 60));
        }

        private void publishStaged() {
            listeners.forEach(listener -> listener.expected.addAll(staged));
            staged.clear();
        }

        private void publish(Sent message) {
            publishStaged();
            listeners.forEach(listener -> listener.expected.add(message));
        }

        private void refused() {
            assertTrue(
                    !staged.isEmpty() || listeners.stream().anyMatch(listener -> !listener.expected.isEmpty()),
                    "no room in an empty ring");
            publishStaged();
        }

        private void offer() {
            Sent message = next();
            if (producer.offer(message.contents()) == OfferResult.ACCEPTED) {
                publish(message);
            } else {
                refused();
            }
        }

        private void stage() {
            Sent message = next();
            if (producer.stage(0, message.contents(), 0, message.length) == OfferResult.ACCEPTED) {
                staged.add(message);
            } else {
                refused();
            }
        }

        private void claim() {
            Sent message = next();
            Claim claim = producer.claim(0, message.length);
            if (claim == null) {
                refused();
            } else if (random.nextInt(4) == 0) {
                claim.abort();
            } else {
                claim.setBytes(0, message.contents(), 0, message.length);
                claim.commit();
                publish(message);
            }
        }

        private void replaceProducer() {
            if (ring.end(producer, random)) {
                publishStaged();
            } else {
                staged.clear();
            }
            producer = ring.producer();
        }

        // ---- consuming --------------------------------------------------------------------------------------------

        private void poll(Listener listener, int limit) {
            boolean waiting = !listener.expected.isEmpty();
            int handled =
                    listener.handle.poll(message -> listener.expected.remove().check(message), limit);
            assertEquals(waiting, handled > 0);
        }

        private void peek(Listener listener, int limit) {
            Iterator<Sent> expected = listener.expected.iterator();
            int shown = listener.handle.peek(message -> expected.next().check(message), limit);
            assertEquals(Math.min(limit, listener.expected.size()), shown);
        }

        private void pollAndFail(Listener listener, int messages) {
            int[] left = {messages};
            try {
                listener.handle.poll(
                        message -> {
                            listener.expected.element().check(message);
                            if (left[0]-- == 0) {
                                throw new HandlerFailure();
                            }
                            listener.expected.remove();
                        },
                        10);
            } catch (HandlerFailure e) {
                assertEquals(-1, left[0]);
            }
        }

        private void end(Listener listener) {
            if (random.nextBoolean()) {
                listener.handle.close();
            } else {
                ring.kill(listener.handle);
                // The producer takes its place away.
                producer.consumerState();
            }
            listeners.remove(listener);
        }
    }
}
