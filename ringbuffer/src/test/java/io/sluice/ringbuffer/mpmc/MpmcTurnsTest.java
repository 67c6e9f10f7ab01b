package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Moments;
import io.sluice.ringbuffer.lane.LaneLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody is overlooked who joins, no lane waits for another without end, and the dead are looked for by the clock. */
@Timeout(60)
class MpmcTurnsTest {

    private static final int PLACES = 3;

    private final MpmcTestRing ring = MpmcTestRing.onHeap(PLACES, PLACES, 4096, false, WaitStrategy.backOff());

    @AfterEach
    void closeRing() {
        ring.close();
    }

    private static void send(RingProducer producer, int number) {
        assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[] {(byte) number}));
    }

    private long leaseOfLane(int lane) {
        return ring.geometry().laneAt(lane) + LaneLayout.PRODUCER;
    }

    @Test
    void theRingIsNotClosedWhereAProducerJoinsBehindTheLook() {
        RingProducer first = ring.producer();
        RingProducer second = ring.producer();
        Moments moments = new Moments(ring.newProcess());
        RingConsumer consumer = ring.consumer(moments);
        first.leave();
        RingProducer[] third = new RingProducer[1];
        moments.before(leaseOfLane(1), () -> {
            // The consumer has seen that nobody has the first lane.
            third[0] = ring.producer();
            second.close();
        });
        assertEquals(RingConsumer.EMPTY, consumer.poll(message -> {}, 1));
        send(third[0], 1);
        assertEquals(1, consumer.poll(message -> assertEquals(1, message.getByte(0)), 1));
        third[0].leave();
        assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
    }

    @Test
    void aLaneThatIsRefilledForEverDoesNotKeepTheOthersWaiting() {
        RingProducer busy = ring.producer();
        RingProducer other = ring.producer();
        RingConsumer consumer = ring.consumer();
        send(busy, 1);
        int[] handled = new int[1];
        boolean[] met = new boolean[1];
        consumer.poll(
                message -> {
                    if (message.getByte(0) == 2) {
                        met[0] = true;
                        return;
                    }
                    if (handled[0]++ == 0) {
                        send(other, 2);
                    }
                    assertTrue(handled[0] < 10_000, "the other lane is not looked at");
                    if (!met[0]) {
                        send(busy, 1);
                    }
                },
                Integer.MAX_VALUE);
        assertTrue(met[0]);
    }

    @Test
    void aConsumerWithNothingToDoSoonFindsWhatADeadOneHeld() throws InterruptedException {
        RingProducer producer = ring.producer();
        RingConsumer victim = ring.consumer();
        Moments moments = new Moments(ring.newProcess());
        RingConsumer heir = ring.consumer(moments);
        send(producer, 1);
        assertEquals(1, victim.peek(message -> {}, 1));
        ring.kill(victim);
        moments.pass(Duration.ofMillis(11).toNanos());
        List<Integer> counts = new ArrayList<>();
        for (int polls = 0; polls < 32; polls++) {
            heir.poll(message -> counts.add(message.deliveryCount()), 1);
        }
        assertEquals(1, counts.size());
    }

    @Test
    void aConsumerThatIsBusySoonFindsWhatADeadOneHeld() {
        RingProducer producer = ring.producer();
        RingConsumer victim = ring.consumer();
        Moments moments = new Moments(ring.newProcess());
        RingConsumer heir = ring.consumer(moments);
        send(producer, 1);
        assertEquals(1, victim.peek(message -> {}, 1));
        ring.kill(victim);
        moments.pass(Duration.ofMillis(11).toNanos());
        List<Byte> got = new ArrayList<>();
        for (int polls = 0; polls < 3; polls++) {
            send(producer, 2);
            heir.poll(message -> got.add(message.getByte(0)), 1);
        }
        assertTrue(got.contains((byte) 1), got::toString);
    }

    @Test
    void aPollThatCannotTellWhoIsDeadHasHandledNothing() {
        RingProducer producer = ring.producer();
        RingConsumer dead = ring.consumer();
        Unsure unsure = new Unsure(Scene.withOwnClock(ring.newProcess()));
        RingConsumer consumer = ring.consumer(unsure);
        ring.kill(dead);
        send(producer, 1);
        send(producer, 2);
        List<Integer> handled = new ArrayList<>();
        unsure.now = true;
        assertThrows(IllegalStateException.class, () -> consumer.poll(message -> handled.add(1), 1));
        assertEquals(List.of(), handled);
        unsure.now = false;
        assertEquals(1, consumer.poll(message -> handled.add((int) message.getByte(0)), 1));
        assertEquals(1, consumer.poll(message -> handled.add((int) message.getByte(0)), 1));
        assertEquals(List.of(1, 2), handled);
    }

    /** Memory of a process that cannot find out who is dead, as one whose list of participants was deleted. */
    private static final class Unsure extends ForwardingMemory {

        private boolean now;

        Unsure(RegionMemory target) {
            super(target);
        }

        @Override
        public boolean isAlive(long token) {
            if (now) {
                throw new IllegalStateException("no verdict");
            }
            return super.isAlive(token);
        }
    }
}
