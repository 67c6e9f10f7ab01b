package io.sluice.ringbuffer.mpsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandlerFailure;
import io.sluice.ringbuffer.Moments;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.record.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes that come, go and are damaged at the worst moment of a consumer that is looking at them. */
@Timeout(60)
class MpscLineupTest {

    private static final int CAPACITY = 4096;

    private static MpscTestRing ring(int lanes, boolean total) {
        return MpscTestRing.onHeap(lanes, CAPACITY, new RecordFormat(false, total), WaitStrategy.backOff());
    }

    private static void send(RingProducer producer, int... numbers) {
        for (int number : numbers) {
            producer.offer(new byte[] {(byte) number});
        }
    }

    private static MessageHandler into(List<Integer> found) {
        return message -> found.add((int) message.getByte(0));
    }

    private static List<Integer> drain(RingConsumer consumer) {
        List<Integer> found = new ArrayList<>();
        int polled;
        do {
            polled = consumer.poll(into(found), 10);
        } while (polled > 0);
        return found;
    }

    /** Damages the header of the {@code index}-th of a lane's messages of one byte. */
    private static void damage(MpscTestRing ring, int lane, int index, boolean total) {
        long length = Records.recordLength(new RecordFormat(false, total).headerLength(), 1);
        ring.newProcess().setLong(ring.geometry().at(lane, LaneLayout.RECORDS) + index * length, Records.header(0, -7));
    }

    // ---- damage ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasHandledBeforeDamageWasFoundDoesNotComeAgain(boolean total) {
        try (MpscTestRing ring = ring(3, total)) {
            RingProducer left = ring.producer();
            RingProducer bad = ring.producer();
            send(left, 1);
            send(bad, 11, 12, 13);
            left.leave();
            damage(ring, 1, 2, total);
            List<Integer> found = new ArrayList<>();
            RingConsumer first = ring.consumer();
            CorruptRingException damage = assertThrows(CorruptRingException.class, () -> first.poll(into(found), 10));
            assertTrue(damage.getMessage().contains("lane 1 "), damage.getMessage());
            assertEquals(List.of(1, 11, 12), found);
            first.close();
            RingConsumer second = ring.consumer();
            assertThrows(CorruptRingException.class, () -> second.poll(into(found), 10));
            assertEquals(List.of(1, 11, 12), found);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasOnlyShownWhenDamageWasFoundStillComes(boolean total) {
        try (MpscTestRing ring = ring(3, total)) {
            RingProducer left = ring.producer();
            RingProducer bad = ring.producer();
            send(left, 1, 2);
            send(bad, 11, 12);
            left.leave();
            damage(ring, 1, 1, total);
            RingConsumer consumer = ring.consumer();
            List<Integer> shown = new ArrayList<>();
            assertThrows(CorruptRingException.class, () -> consumer.peek(into(shown), 10));
            assertEquals(List.of(1, 2), shown.subList(0, 2));
            assertEquals(List.of(1, 2), drain(consumer));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedLaneIsNamedAgainInsteadOfTheEnd(boolean total) {
        try (MpscTestRing ring = ring(3, total)) {
            RingProducer good = ring.producer();
            RingProducer bad = ring.producer();
            send(good, 1);
            send(bad, 11);
            damage(ring, 1, 0, total);
            good.close();
            bad.close();
            RingConsumer consumer = ring.consumer();
            List<Integer> found = new ArrayList<>();
            assertNamesLane1(() -> consumer.poll(into(found), 10));
            if (found.isEmpty()) {
                assertEquals(1, consumer.poll(into(found), 10));
            }
            assertEquals(List.of(1), found);
            for (int i = 0; i < 2; i++) {
                assertNamesLane1(() -> consumer.poll(into(found), 10));
                assertNamesLane1(() -> consumer.peek(into(found), 10));
                assertNamesLane1(() -> consumer.take(into(found), 10));
            }
            RingProducer next = ring.producer();
            assertEquals(RingConsumer.EMPTY, consumer.poll(into(found), 10));
            send(next, 2);
            assertEquals(List.of(2), drain(consumer));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedLaneIsNamedAgainInsteadOfADeath(boolean total) {
        try (MpscTestRing ring = ring(3, total)) {
            RingProducer good = ring.producer();
            RingProducer bad = ring.producer();
            RingConsumer consumer = ring.consumer();
            ring.newProcess().setLong(ring.geometry().at(1, LaneLayout.TAIL), -1);
            List<Integer> found = new ArrayList<>();
            assertNamesLane1(() -> consumer.poll(into(found), 10));
            assertEquals(RingConsumer.EMPTY, consumer.poll(into(found), 10));
            ring.kill(good);
            ring.kill(bad);
            for (int i = 0; i < 2; i++) {
                assertNamesLane1(() -> consumer.take(into(found), 10));
                assertNamesLane1(() -> {
                    int polled;
                    do {
                        polled = consumer.poll(into(found), 10);
                    } while (polled == RingConsumer.EMPTY);
                });
            }
            assertEquals(List.of(), found);
        }
    }

    private static void assertNamesLane1(Executable use) {
        CorruptRingException damage = assertThrows(CorruptRingException.class, use);
        assertTrue(damage.field().startsWith("lane 1 "), damage.getMessage());
    }

    @Test
    void damageThatCutsTheLooksShortMakesNothingOvertake() {
        try (MpscTestRing ring = ring(3, true)) {
            RingProducer damaged = ring.producer();
            RingProducer early = ring.producer();
            RingProducer late = ring.producer();
            Moments moments = new Moments(ring.newProcess());
            RingConsumer consumer = ring.consumer(moments);
            assertEquals(List.of(), drain(consumer));
            send(damaged, 21);
            moments.before(ring.geometry().at(2, LaneLayout.TAIL), () -> {
                // The consumer has looked at lane 1, and looks at lane 2 now.
                send(early, 1);
                send(late, 2);
                moments.before(MpscLayout.JOINS, () -> ring.newProcess()
                        .setLong(ring.geometry().at(0, LaneLayout.TAIL), -1));
            });
            assertThrows(CorruptRingException.class, () -> consumer.poll(message -> {}, 1));
            List<Integer> found = drain(consumer);
            assertEquals(List.of(1, 2), found);
        }
    }

    // ---- what comes first -----------------------------------------------------------------------------------------

    private static void failAt(int expected, RingConsumer consumer) {
        List<Integer> found = new ArrayList<>();
        assertThrows(
                HandlerFailure.class,
                () -> consumer.poll(
                        message -> {
                            into(found).onMessage(message);
                            throw new HandlerFailure();
                        },
                        10));
        assertEquals(List.of(expected), found);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasShownFirstComesFirst(boolean total) {
        try (MpscTestRing ring = ring(3, total)) {
            RingProducer early = ring.producer();
            RingProducer late = ring.producer();
            RingConsumer consumer = ring.consumer();
            List<Integer> found = new ArrayList<>();
            send(late, 11);
            assertEquals(1, consumer.peek(into(found), 1));
            // In a lane that was looked at before that of the other one.
            send(early, 1);
            assertEquals(1, consumer.peek(into(found), 1));
            assertEquals(1, consumer.poll(into(found), 1));
            assertEquals(List.of(11, 11, 11), found);
            assertEquals(List.of(1), drain(consumer));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageWhoseHandlerThrewComesFirstAlsoIfALaneInFrontOfItComes(boolean total) {
        try (MpscTestRing ring = ring(3, total)) {
            RingProducer zero = ring.producer();
            RingProducer one = ring.producer();
            RingProducer two = ring.producer();
            zero.leave();
            RingConsumer consumer = ring.consumer();
            send(one, 11);
            assertEquals(List.of(11), drain(consumer));
            send(two, 21);
            failAt(21, consumer);
            send(one, 12);
            send(ring.producer(), 1);
            failAt(21, consumer);
            List<Integer> found = drain(consumer);
            assertEquals(21, found.get(0));
            found.sort(null);
            assertEquals(List.of(1, 12, 21), found);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageWhoseHandlerThrewComesFirstAlsoIfALaneInFrontOfItGoes(boolean total) {
        try (MpscTestRing ring = ring(4, total)) {
            RingProducer zero = ring.producer();
            RingProducer one = ring.producer();
            RingProducer two = ring.producer();
            RingConsumer consumer = ring.consumer();
            send(one, 11);
            failAt(11, consumer);
            send(two, 21);
            send(ring.producer(), 31);
            zero.leave();
            failAt(11, consumer);
            List<Integer> found = drain(consumer);
            assertEquals(11, found.get(0));
            found.sort(null);
            assertEquals(List.of(11, 21, 31), found);
        }
    }

    // ---- coming and going -----------------------------------------------------------------------------------------

    @Test
    void aLaneThatJoinsBetweenTheLooksIsNotOvertakenByTheOnlyOther() {
        try (MpscTestRing ring = ring(2, true)) {
            RingProducer only = ring.producer();
            send(only, 1);
            Moments moments = new Moments(ring.newProcess());
            RingConsumer consumer = ring.consumer(moments);
            long tail = ring.geometry().at(0, LaneLayout.TAIL);
            moments.before(
                    MpscLayout.JOINS,
                    () -> moments.before(MpscLayout.JOINS, () -> {
                        // Somebody joins and leaves; so the consumer looks at the only lane again.
                        ring.producer().leave();
                        moments.before(tail, () -> {
                            send(ring.producer(), 2);
                            send(only, 3);
                        });
                    }));
            List<Integer> found = drain(consumer);
            assertEquals(List.of(1, 2, 3), found);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHandlerMayAskForTheBacklogWhileProducersComeAndGo(boolean total) {
        try (MpscTestRing ring = ring(4, total)) {
            List<RingProducer> producers = new ArrayList<>();
            for (int lane = 0; lane < 4; lane++) {
                producers.add(ring.producer());
                send(producers.get(lane), lane, lane + 10);
            }
            producers.get(0).leave();
            producers.get(1).leave();
            RingConsumer consumer = ring.consumer();
            List<Integer> found = new ArrayList<>();
            List<Long> backlogs = new ArrayList<>();
            consumer.poll(
                    message -> {
                        found.add((int) message.getByte(0));
                        if (found.size() == 7) {
                            send(ring.producer(), 99);
                        }
                        backlogs.add(consumer.backlogBytes());
                    },
                    10);
            found.addAll(drain(consumer));
            assertEquals(List.of(0, 10, 1, 11, 2, 12, 3, 13, 99), found);
            long record = Records.recordLength(new RecordFormat(false, total).headerLength(), 1);
            assertEquals(
                    List.of(8L, 7L, 6L, 5L, 4L, 3L, 3L, 2L),
                    backlogs.stream().map(bytes -> bytes / record).toList());
        }
    }
}
