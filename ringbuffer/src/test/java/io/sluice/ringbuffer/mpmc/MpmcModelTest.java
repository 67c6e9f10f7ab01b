package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random operations of several producers and consumers, with failures, refusals and deaths, on the ring and on an account
 * of every message: each that was committed is handled once, comes again only after a failure, a refusal or a death, and
 * is marked then. Where there is one consumer at a time, a lane's messages come for the first time in their order, as an
 * {@link ArrayDeque} per lane has it; where there are several, one may handle its range before another has begun an earlier
 * one.
 */
@Timeout(300)
class MpmcModelTest {

    private static final int CAPACITY = 4096;
    private static final int PLACES = 3;
    private static final int OPERATIONS = 1_000_000;

    @Test
    void accountsForEveryMessage() {
        try (MpmcTestRing ring = MpmcTestRing.mapped(PLACES, PLACES, CAPACITY, false, WaitStrategy.backOff())) {
            run(ring, OPERATIONS);
        }
    }

    @Test
    void accountsForEveryMessageWithChecksums() {
        try (MpmcTestRing ring = MpmcTestRing.mapped(PLACES, PLACES, CAPACITY, true, WaitStrategy.backOff())) {
            run(ring, OPERATIONS / 2);
        }
    }

    @Test
    void accountsForEveryMessageOnTheHeap() {
        try (MpmcTestRing ring = MpmcTestRing.onHeap(PLACES, PLACES, CAPACITY, false, WaitStrategy.backOff())) {
            run(ring, OPERATIONS / 2);
        }
    }

    @Test
    void keepsTheOrderOfEachLaneWhereThereIsOneConsumer() {
        try (MpmcTestRing ring = MpmcTestRing.mapped(PLACES, 1, CAPACITY, false, WaitStrategy.backOff())) {
            run(ring, OPERATIONS / 2);
        }
    }

    private static void run(MpmcTestRing ring, int operations) {
        Seeded.run(MpmcModelTest.class, random -> {
            Model model = new Model(ring, random);
            for (int i = 0; i < operations; i++) {
                model.step();
            }
            model.finish();
        });
    }

    /** A message: its number decides its contents. */
    private static final class Sent {
        private final long number;
        private final int length;
        private final ArrayDeque<Sent> lane;
        private int begun; // deliveries
        private int doubts; // deaths of consumers that may have begun it

        Sent(long number, int length, ArrayDeque<Sent> lane) {
            this.number = number;
            this.length = length;
            this.lane = lane;
        }
    }

    /** A producer, and what it has staged. */
    private static final class Sender {
        private final ArrayDeque<Sent> lane = new ArrayDeque<>(); // committed and not acknowledged, in order
        private final List<Sent> staged = new ArrayList<>();
        private RingProducer handle;
    }

    /** A consumer, and the first message that it holds, if it holds any. */
    private static final class Receiver {
        private RingConsumer handle;
        private Sent first;
    }

    private static final class Model {

        private final MpmcTestRing ring;
        private final Random random;
        private final Map<Long, Sent> outstanding = new HashMap<>();
        private final List<Sender> senders = new ArrayList<>();
        private final List<Receiver> receivers = new ArrayList<>();
        private long nextNumber = 1;

        Model(MpmcTestRing ring, Random random) {
            this.ring = ring;
            this.random = random;
            for (int i = 0; i < PLACES; i++) {
                Sender sender = new Sender();
                sender.handle = ring.producer();
                senders.add(sender);
            }
            for (int i = 0; i < ring.geometry().maxConsumers(); i++) {
                Receiver receiver = new Receiver();
                receiver.handle = ring.consumer();
                receivers.add(receiver);
            }
        }

        void step() {
            Sender sender = senders.get(random.nextInt(PLACES));
            Receiver receiver = receivers.get(random.nextInt(receivers.size()));
            int dice = random.nextInt(1000);
            if (dice < 250) {
                offer(sender);
            } else if (dice < 350) {
                stage(sender);
            } else if (dice < 380) {
                sender.handle.flush();
                publishStaged(sender);
            } else if (dice < 480) {
                claim(sender);
            } else if (dice < 800) {
                poll(receiver, 1 + random.nextInt(8));
            } else if (dice < 850) {
                peek(receiver, 1 + random.nextInt(8));
            } else if (dice < 930) {
                pollWithAFailingHandler(receiver);
            } else if (dice < 970) {
                receiver.handle.nack();
                receiver.first = null;
            } else if (dice < 978) {
                replaceProducer(sender);
            } else if (dice < 990) {
                replaceConsumer(receiver);
            } else {
                poll(receiver, Integer.MAX_VALUE);
            }
            assertEquals(outstanding.isEmpty(), receiver.handle.backlogBytes() == 0);
        }

        void finish() {
            for (Sender sender : senders) {
                sender.handle.close();
                publishStaged(sender);
            }
            while (!outstanding.isEmpty()) {
                receivers.forEach(receiver -> poll(receiver, 100));
            }
            for (Receiver receiver : receivers) {
                assertEquals(RingConsumer.CLOSED, receiver.handle.poll(message -> {}, 1));
            }
        }

        // ---- producing --------------------------------------------------------------------------------------------

        private Sent next(Sender sender) {
            int bound = random.nextInt(10) == 0 ? sender.handle.maxMessageLength() - 7 : 200;
            return new Sent(nextNumber++, 8 + random.nextInt(bound), sender.lane);
        }

        private static byte[] contents(Sent message) {
            byte[] bytes = Payload.of(message.number, message.length);
            for (int i = 0; i < Long.BYTES; i++) {
                bytes[i] = (byte) (message.number >>> (8 * i));
            }
            return bytes;
        }

        private void publishStaged(Sender sender) {
            sender.staged.forEach(message -> commit(sender, message));
            sender.staged.clear();
        }

        private void commit(Sender sender, Sent message) {
            sender.lane.add(message);
            outstanding.put(message.number, message);
        }

        private void offer(Sender sender) {
            Sent message = next(sender);
            if (sender.handle.offer(contents(message)) == OfferResult.ACCEPTED) {
                publishStaged(sender);
                commit(sender, message);
            } else {
                assertFull(sender);
            }
        }

        private void stage(Sender sender) {
            Sent message = next(sender);
            if (sender.handle.stage(0, contents(message), 0, message.length) == OfferResult.ACCEPTED) {
                sender.staged.add(message);
            } else {
                assertFull(sender);
            }
        }

        private void claim(Sender sender) {
            Sent message = next(sender);
            Claim claim = sender.handle.claim(0, message.length);
            if (claim == null) {
                assertFull(sender);
            } else if (random.nextInt(4) == 0) {
                claim.abort();
            } else {
                claim.setBytes(0, contents(message), 0, message.length);
                claim.commit();
                publishStaged(sender);
                commit(sender, message);
            }
        }

        private void assertFull(Sender sender) {
            assertTrue(
                    !sender.staged.isEmpty() || outstanding.values().stream().anyMatch(m -> m.lane == sender.lane),
                    "no room in an empty lane");
            publishStaged(sender);
        }

        private void replaceProducer(Sender sender) {
            if (ring.end(sender.handle, random)) {
                publishStaged(sender);
            } else {
                sender.staged.clear();
            }
            // The only place that is free.
            sender.handle = ring.producer();
        }

        // ---- consuming --------------------------------------------------------------------------------------------

        private Sent identify(Message message) {
            Sent sent = outstanding.get(message.getLong(0));
            assertNotNull(sent, () -> "message " + message.getLong(0) + " is not outstanding");
            assertArrayEquals(contents(sent), message.toByteArray());
            return sent;
        }

        private Sent begin(Message message) {
            Sent sent = identify(message);
            int least = sent.begun + 1;
            assertTrue(
                    message.deliveryCount() >= least && message.deliveryCount() <= least + sent.doubts,
                    () -> "delivery " + least + " or up to " + sent.doubts + " more, counted as "
                            + message.deliveryCount());
            if (receivers.size() == 1 && sent.begun == 0) {
                assertEquals(sent, firstNeverBegun(sent.lane));
            }
            sent.begun++;
            return sent;
        }

        private static Sent firstNeverBegun(ArrayDeque<Sent> lane) {
            for (Sent sent : lane) {
                if (sent.begun == 0) {
                    return sent;
                }
            }
            return null;
        }

        private void acknowledge(Sent sent) {
            outstanding.remove(sent.number);
            sent.lane.remove(sent);
        }

        private void poll(Receiver receiver, int limit) {
            int handled = receiver.handle.poll(message -> acknowledge(begin(message)), limit);
            assertTrue(handled <= limit);
            if (handled < limit) {
                receiver.first = null;
            } else if (receiver.first != null && !outstanding.containsKey(receiver.first.number)) {
                // It may still hold something, but what?
                receiver.first = null;
            }
        }

        private void peek(Receiver receiver, int limit) {
            Sent[] first = new Sent[1];
            int shown = receiver.handle.peek(
                    message -> {
                        Sent sent = identify(message);
                        if (first[0] == null) {
                            first[0] = sent;
                        }
                    },
                    limit);
            assertTrue(shown <= limit);
            assertEquals(shown > 0, first[0] != null);
            if (receiver.first != null) {
                assertEquals(receiver.first, first[0]);
            }
            receiver.first = first[0];
        }

        private void pollWithAFailingHandler(Receiver receiver) {
            int[] left = {random.nextInt(4)};
            Sent[] failed = new Sent[1];
            try {
                receiver.handle.poll(
                        message -> {
                            Sent sent = begin(message);
                            if (left[0]-- == 0) {
                                failed[0] = sent;
                                throw new HandlerFailure();
                            }
                            acknowledge(sent);
                        },
                        5);
                receiver.first = null;
            } catch (HandlerFailure e) {
                receiver.first = failed[0];
                return;
            }
            // Up to five messages, of which the fourth at the latest would have failed.
            assertFalse(left[0] < 0);
        }

        private void replaceConsumer(Receiver receiver) {
            if (random.nextBoolean()) {
                receiver.handle.close();
            } else {
                // Who looks at it may take it for begun.
                peek(receiver, 1);
                ring.kill(receiver.handle);
                if (receiver.first != null) {
                    receiver.first.doubts++;
                }
            }
            receiver.first = null;
            receiver.handle = ring.consumer();
        }
    }
}
