package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.testing.OneSleep;
import io.sluice.ringbuffer.HandlerFailure;
import io.sluice.ringbuffer.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * An MPMC ring with two producers whose messages are numbered, and the account of what became of each: committed, begun,
 * acknowledged. Nothing may get lost, nothing may come again that was acknowledged, and what comes again is marked.
 */
final class Scene {

    static final int CAPACITY = 4096;
    private static final int CONSUMERS = 4;
    private static final Duration LONG = Duration.ofHours(1);

    final MpmcTestRing ring;
    final RingProducer first;
    final RingProducer second;

    private final int length;
    private final Set<Long> committed = new HashSet<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Long> handled = new HashSet<>(); // perhaps acknowledged, unless the consumer lived on
    private final Map<Long, Integer> begun = new HashMap<>();
    private int markedUnbegun;
    private final List<byte[]> sent = new ArrayList<>();

    /**
     * Messages have {@code length} bytes; the first lane goes on at {@code position}, and gets one more whenever a
     * consumer sleeps.
     */
    Scene(int length, long position, boolean checksum) {
        this.length = length;
        this.ring = MpmcTestRing.onHeap(2, CONSUMERS, CAPACITY, checksum, OneSleep.then(this::sendOne));
        ring.startAt(0, position);
        this.first = ring.producer();
        this.second = ring.producer();
    }

    private void sendOne() {
        send(first, 1);
    }

    /** Sends so many messages through {@code producer}. */
    void send(RingProducer producer, int messages) {
        for (int i = 0; i < messages; i++) {
            long number = sent.size();
            sent.add(Payload.of(number, length));
            assertEquals(OfferResult.ACCEPTED, producer.offer(sent.get((int) number)));
            committed.add(number);
        }
    }

    /** A process that may die. */
    DyingMemory dyingProcess() {
        return DyingMemory.over(withOwnClock(ring.newProcess()), ring.liveness());
    }

    /** A process whose accesses do not depend on how fast this machine is. */
    static RegionMemory withOwnClock(RegionMemory process) {
        return new Ticking(process);
    }

    /** Memory with a clock of its own: whenever somebody looks, it is time to look for the dead again. */
    private static final class Ticking extends ForwardingMemory {

        private static final long TICK_NANOS = 11_000_000;

        private long now;

        Ticking(RegionMemory target) {
            super(target);
        }

        @Override
        public long nanoTime() {
            now += TICK_NANOS;
            return now;
        }
    }

    /** Has {@code consumer} handle up to {@code limit} messages, and takes down what it is given. */
    int poll(RingConsumer consumer, int limit) {
        return handle(handler -> consumer.poll(handler, limit));
    }

    /** The same, but sleeps until there is something. */
    void take(RingConsumer consumer, int limit) {
        int taken = handle(handler -> {
            try {
                return consumer.take(handler, limit, LONG);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertTrue(taken > 0, () -> "took " + taken);
    }

    private int handle(ToIntFunction<MessageHandler> delivery) {
        Accountant accountant = new Accountant();
        int handled = delivery.applyAsInt(message -> {
            accountant.onMessage(message);
            accountant.end();
        });
        accountant.acknowledge();
        return handled;
    }

    /** The same, but the handler fails at its {@code n}-th message. */
    void pollAndFail(RingConsumer consumer, int limit, int n) {
        Accountant accountant = new Accountant();
        int[] messages = {0};
        try {
            consumer.poll(
                    message -> {
                        accountant.onMessage(message);
                        if (++messages[0] == n) {
                            throw new HandlerFailure();
                        }
                        accountant.end();
                    },
                    limit);
        } catch (HandlerFailure expected) {
            // What came before is acknowledged, see acknowledge() at the beginning of each message.
            return;
        }
        accountant.acknowledge();
    }

    /** Handles one poll's messages: each is acknowledged when the next one comes, the last when the poll returns. */
    private final class Accountant implements MessageHandler {

        private long last = -1;

        @Override
        public void onMessage(Message message) {
            acknowledge();
            long number = numberOf(message);
            assertTrue(committed.contains(number), () -> "message " + number + " was never committed");
            assertTrue(
                    !acknowledged.contains(number),
                    () -> "message " + number + " came again after its acknowledgement");
            int before = begun.merge(number, 1, Integer::sum) - 1;
            if (before == 0) {
                markedUnbegun += message.isRedelivered() ? 1 : 0;
            } else {
                assertTrue(
                        message.deliveryCount() > before,
                        () -> "delivery " + (before + 1) + " of message " + number + " counted as "
                                + message.deliveryCount());
            }
            last = number;
        }

        void end() {
            handled.add(last);
        }

        void acknowledge() {
            if (last >= 0) {
                acknowledged.add(last);
                last = -1;
            }
        }
    }

    private long numberOf(Message message) {
        byte[] found = message.toByteArray();
        for (int number = 0; number < sent.size(); number++) {
            if (Arrays.equals(sent.get(number), found)) {
                return number;
            }
        }
        throw new AssertionError("a torn message of " + message.length() + " bytes at " + message.position());
    }

    /**
     * Survivors, and then a newcomer, get everything that is left, and all space is free again.
     *
     * @param deaths so many messages may be marked although nobody knows of a delivery
     */
    void checkRest(int deaths, RingConsumer... survivors) {
        for (RingConsumer survivor : survivors) {
            poll(survivor, 1);
        }
        RingConsumer newcomer = ring.consumer();
        boolean progress = true;
        while (progress) {
            progress = poll(newcomer, 2) > 0;
            for (RingConsumer survivor : survivors) {
                progress |= poll(survivor, 1) > 0;
            }
        }
        Set<Long> lost = new HashSet<>(committed);
        lost.removeAll(acknowledged);
        lost.removeAll(handled);
        assertEquals(Set.of(), lost);
        assertTrue(
                markedUnbegun <= deaths, () -> markedUnbegun + " messages are marked that were not delivered before");
        checkRoom(first, newcomer);
        checkRoom(second, newcomer);
        first.close();
        second.close();
        assertEquals(0, newcomer.backlogBytes());
        assertEquals(RingConsumer.CLOSED, newcomer.poll(message -> {}, 1));
    }

    private static void checkRoom(RingProducer producer, RingConsumer consumer) {
        assertEquals(0, producer.backlogBytes());
        assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(77, CAPACITY / 2)));
        assertEquals(1, consumer.poll(message -> Payload.check(message, 77, CAPACITY / 2), 2));
    }
}
