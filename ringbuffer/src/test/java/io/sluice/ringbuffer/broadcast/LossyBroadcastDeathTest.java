package io.sluice.ringbuffer.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.lane.LaneLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Producers and consumers of a lossy broadcast ring that die in front of, and inside of, every access. */
@Timeout(300)
class LossyBroadcastDeathTest {

    private static final int CAPACITY = 4096;
    private static final int LONGEST = 600;

    private static void send(RingProducer producer, Numbered messages, long from, long to) {
        for (long number = from; number < to; number++) {
            assertEquals(OfferResult.ACCEPTED, producer.offer(messages.content(number)));
        }
    }

    /** Reads until nothing is left. */
    private static void readOn(RingConsumer consumer, Numbered received) {
        int result;
        do {
            result = consumer.poll(received, 10);
        } while (result > 0 || result == RingConsumer.LAPPED);
    }

    /** {@code before}: messages that went through the ring before, so that records fall on every place of a lap. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9, 10, 11, 12, 13, 14, 40})
    void aProducerMayDieAnywhere(int before) {
        assertTrue(KillPoints.enumerate(() -> new ProducerTrial(before)) > 20);
    }

    private static final class ProducerTrial implements KillTrial {

        private static final int OFFERED = 12;

        private final BroadcastTestRing ring =
                BroadcastTestRing.lossy(3, CAPACITY, false, WaitStrategy.backOff(), false);
        private final int before;
        private final Numbered messages = new Numbered(LONGEST);
        private final Numbered quickly = new Numbered(LONGEST);
        private final Numbered slowly = new Numbered(LONGEST);
        private final RingConsumer quick;
        private final RingConsumer slow;
        private final DyingMemory memory;
        private int accepted;

        ProducerTrial(int before) {
            this.before = before;
            RingProducer earlier = ring.producer();
            this.quick = ring.consumer();
            this.slow = ring.consumer();
            send(earlier, messages, 0, before);
            earlier.leave();
            readOn(quick, quickly);
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            RingProducer producer = ring.producer(memory);
            producer.claim(0, CAPACITY / 2).abort();
            byte[] claimed = messages.content(before);
            Claim claim = producer.claim(0, claimed.length);
            claim.setBytes(0, claimed, 0, claimed.length);
            claim.commit();
            accepted++;
            send1(producer, before + 1);
            while (accepted < OFFERED) {
                send1(producer, before + accepted);
            }
            producer.close();
        }

        private void send1(RingProducer producer, long number) {
            send(producer, messages, number, number + 1);
            accepted++;
        }

        @Override
        public void survive() {
            long all = (long) before + accepted;
            readOn(quick, quickly);
            // What was committed is there, newest last, and nothing of what was not.
            if (all > 0) {
                assertTrue(
                        quickly.last() == all - 1 || quickly.last() == all,
                        () -> "the last of " + all + " is " + quickly.last());
            }
            long next = quickly.last() + 1;
            RingProducer successor = ring.producer();
            readOn(slow, slowly);
            assertEquals(next - 1, slowly.last());
            for (long number = next; number < next + 60; number++) {
                send(successor, messages, number, number + 1);
                assertEquals(1, quick.poll(quickly, 10));
            }
            readOn(slow, slowly);
            assertEquals(next + 59, slowly.last());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConsumerMayDieAnywhere(boolean lapped) {
        assertTrue(KillPoints.enumerate(() -> new ConsumerTrial(lapped)) > 15);
    }

    /** Joins, reads, is perhaps overtaken and goes on, and leaves. */
    private static final class ConsumerTrial implements KillTrial {

        private final BroadcastTestRing ring =
                BroadcastTestRing.lossy(2, CAPACITY, false, WaitStrategy.backOff(), false);
        private final RingProducer producer = ring.producer();
        private final RingConsumer other = ring.consumer();
        private final Numbered messages = new Numbered(LONGEST);
        private final boolean lapped;
        private final DyingMemory memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        private long sent;

        ConsumerTrial(boolean lapped) {
            this.lapped = lapped;
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            RingConsumer consumer = ring.consumer(memory);
            Numbered received = new Numbered(LONGEST);
            for (int round = 0; round < 3; round++) {
                long to = sent + (lapped ? 40 : 4);
                send(producer, messages, sent, to);
                sent = to;
                readOn(consumer, received);
                assertEquals(sent - 1, received.last());
            }
            consumer.close();
        }

        @Override
        public void survive() {
            // The producer was never held up, the other consumer reads, and the place can be had again.
            send(producer, messages, sent, sent + 5);
            Numbered others = new Numbered(LONGEST);
            readOn(other, others);
            assertEquals(sent + 4, others.last());
            RingConsumer next = ring.consumer();
            assertEquals(0, next.missedBytes());
            send(producer, messages, sent + 5, sent + 8);
            Numbered received = new Numbered(LONGEST);
            assertEquals(3, next.poll(received, 10));
            assertEquals(sent + 7, received.last());
        }
    }

    @Test
    void aConsumerMayDieWhereverItPassesDamageOver() {
        assertTrue(KillPoints.enumerate(DamageTrial::new) > 15);
    }

    /** Joins, comes to a damaged record, goes on behind it, and leaves. */
    private static final class DamageTrial implements KillTrial {

        private final BroadcastTestRing ring =
                BroadcastTestRing.lossy(1, CAPACITY, false, WaitStrategy.backOff(), false);
        private final RingProducer producer = ring.producer();
        private final Numbered messages = new Numbered(LONGEST);
        private final DyingMemory memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        private long sent;

        @Override
        public DyingMemory memory() {
            return memory;
        }

        private void sendFive() {
            send(producer, messages, sent, sent + 5);
            sent += 5;
        }

        @Override
        public void operate() {
            RingConsumer consumer = ring.consumer(memory);
            sendFive();
            ring.newProcess().setLong(ring.geometry().laneAt(LaneLayout.RECORDS), -1);
            Numbered received = new Numbered(LONGEST);
            assertTrue(refuses(consumer, received));
            sendFive();
            readOn(consumer, received);
            assertEquals(sent - 1, received.last());
            consumer.close();
        }

        /** Not by an assertion, which would swallow the death. */
        private static boolean refuses(RingConsumer consumer, Numbered received) {
            try {
                consumer.poll(received, 10);
                return false;
            } catch (CorruptRingException e) {
                return true;
            }
        }

        @Override
        public void survive() {
            sendFive();
            RingConsumer next = ring.consumer();
            assertEquals(0, next.missedBytes());
            sendFive();
            Numbered received = new Numbered(LONGEST);
            assertEquals(5, next.poll(received, 10));
            assertEquals(sent - 1, received.last());
        }
    }
}
