package io.sluice.ringbuffer.mpmc;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandlerFailure;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.Received;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A live ring into which something else stored: each damage is an exception that names it, and nothing worse. */
@Timeout(180)
class MpmcCorruptionTest {

    private static final int CAPACITY = 4096;
    private static final int PLACES = 2;
    private static final MessageHandler NOBODY = message -> fail("delivered the message at " + message.position());

    private MpmcTestRing ring;
    private RegionMemory vandal;
    private RingProducer producer;
    private RingConsumer consumer;

    @BeforeEach
    void createRing() {
        ring = MpmcTestRing.mapped(PLACES, PLACES, CAPACITY, false, WaitStrategy.backOff());
        vandal = ring.newProcess();
        producer = ring.producer();
        consumer = ring.consumer();
    }

    @AfterEach
    void closeRing() {
        ring.close();
    }

    private long lane(int lane, long field) {
        return ring.geometry().laneAt(lane) + field;
    }

    private long slot(int slot, long field) {
        return ring.geometry().slotsAt() + slot * MpmcLayout.SLOT_BYTES + field;
    }

    private static void assertNames(String field, Executable use) {
        CorruptRingException damage = assertThrows(CorruptRingException.class, use);
        assertTrue(damage.getMessage().contains("corrupt " + field), damage.getMessage());
        assertTrue(damage.getMessage().contains("expected"), damage.getMessage());
        assertTrue(damage.getMessage().contains("found"), damage.getMessage());
    }

    @Test
    void refusesAnImpossiblePosition() {
        producer.offer(bytes("a"));
        long good = vandal.getLong(lane(0, MpmcLayout.TAKEN));
        for (long taken : new long[] {TakenWord.of(24, 0), TakenWord.of(-CAPACITY, 0), TakenWord.of(1 << 20, 1), -1}) {
            vandal.setLong(lane(0, MpmcLayout.TAKEN), taken);
            assertNames("lane 0 TAKEN", () -> consumer.poll(NOBODY, 1));
        }
        for (long taken : new long[] {TakenWord.of(24, 0), TakenWord.of(-CAPACITY, 0)}) {
            vandal.setLong(lane(0, MpmcLayout.TAKEN), taken);
            assertNames("lane 0 TAKEN", () -> consumer.peek(NOBODY, 1));
        }
        vandal.setLong(lane(0, MpmcLayout.TAKEN), -1);
        assertNames("lane 0 TAKEN", () -> consumer.take(NOBODY, 1));
        vandal.setLong(lane(0, MpmcLayout.TAKEN), good);
        for (long tail : new long[] {4, -8, CAPACITY + 8, 1L << 56}) {
            vandal.setLong(lane(0, LaneLayout.TAIL), tail);
            RingConsumer newcomer = ring.consumer();
            assertNames("lane 0 TAKEN", () -> newcomer.poll(NOBODY, 1));
            newcomer.close();
        }
        vandal.setLong(lane(0, LaneLayout.TAIL), 16);
        expect(consumer, "a");
    }

    @Test
    void refusesASlotThatIsNone() {
        producer.offer(bytes("a"));
        vandal.setLong(lane(0, MpmcLayout.TAKEN), TakenWord.of(0, TakenWord.MOST_SLOTS - 1));
        assertNames("lane 0 TAKEN", () -> consumer.poll(NOBODY, 1));
    }

    @Test
    void producerRefusesAnImpossiblePosition() {
        while (producer.offer(new byte[100]) == OfferResult.ACCEPTED) {
            // until it is full
        }
        for (long taken : new long[] {TakenWord.of(-CAPACITY, 0), TakenWord.of(CAPACITY + 8, 0)}) {
            vandal.setLong(lane(0, MpmcLayout.TAKEN), taken);
            assertThrows(CorruptRingException.class, () -> producer.offer(new byte[100]));
            assertThrows(CorruptRingException.class, () -> producer.put(new byte[100]));
            assertThrows(CorruptRingException.class, producer::backlogBytes);
        }
    }

    @Test
    void producerRefusesAnImpossibleRange() {
        while (producer.offer(new byte[100]) == OfferResult.ACCEPTED) {
            // until it is full
        }
        assertEquals(1, consumer.peek(message -> {}, 1));
        for (long current : new long[] {-CAPACITY, 4, Long.MIN_VALUE}) {
            vandal.setLong(slot(0, MpmcLayout.CURRENT), current);
            assertThrows(CorruptRingException.class, () -> producer.offer(new byte[100]));
        }
    }

    @Test
    void namesADamagedLaneOnceAndGoesOnWithTheOthers() {
        RingProducer other = ring.producer();
        producer.offer(new byte[16]);
        vandal.setLong(lane(0, LaneLayout.RECORDS), Records.header(0, -1));
        assertNames("lane 0 record length", () -> consumer.poll(NOBODY, 1));
        for (int i = 0; i < 20; i++) {
            other.offer(bytes("m" + i));
            if (i % 5 == 0) {
                // Behind the damage: no other damage.
                producer.offer(new byte[16]);
            }
            expect(consumer, "m" + i);
        }
    }

    @Test
    void deliversWhatIsWholeInFrontOfADamage() {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        producer.offer(bytes("c"));
        vandal.setLong(lane(0, LaneLayout.RECORDS) + 32, Records.header(0, -1));
        Received received = new Received();
        assertNames("lane 0 record length", () -> consumer.poll(received, 10));
        assertEquals(List.of("a", "b"), received.texts());
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 10));
    }

    @Test
    void forgetsADamageThatWasRepairedAndHandledByAnother() {
        RingConsumer other = ring.consumer();
        producer.offer(bytes("a"));
        long good = vandal.getLong(lane(0, LaneLayout.RECORDS));
        vandal.setLong(lane(0, LaneLayout.RECORDS), Records.header(0, -1));
        assertNames("lane 0 record length", () -> consumer.poll(NOBODY, 1));
        vandal.setLong(lane(0, LaneLayout.RECORDS), good);
        expect(other, "a");
        producer.close();
        assertEquals(RingConsumer.CLOSED, consumer.poll(NOBODY, 1));
    }

    @Test
    void waitsForTheOtherLanesBesideADamagedOne() throws InterruptedException {
        RingProducer other = ring.producer();
        producer.offer(new byte[16]);
        vandal.setLong(lane(0, LaneLayout.RECORDS), Records.header(0, -1));
        assertNames("lane 0 record length", () -> consumer.take(NOBODY, 1));
        assertEquals(RingConsumer.EMPTY, consumer.take(NOBODY, 1, Duration.ofMillis(50)));
        other.offer(bytes("a"));
        Received received = new Received();
        assertEquals(1, consumer.take(received, 1));
        assertEquals(List.of("a"), received.texts());
    }

    @Test
    void namesADamagedLaneAgainInsteadOfTheEnd() {
        RingProducer other = ring.producer();
        producer.offer(new byte[16]);
        vandal.setLong(lane(0, LaneLayout.RECORDS), Records.header(0, -1));
        other.offer(bytes("a"));
        producer.close();
        other.close();
        assertNames("lane 0 record length", () -> consumer.poll(NOBODY, 1));
        Received received = new Received();
        assertEquals(1, consumer.poll(received, 1));
        assertEquals(List.of("a"), received.texts());
        for (int i = 0; i < 2; i++) {
            assertNames("lane 0 record length", () -> consumer.poll(NOBODY, 1));
            assertNames("lane 0 record length", () -> consumer.take(NOBODY, 1));
        }
    }

    @Test
    void goesOnWithALaneThatWasRepaired() {
        producer.offer(bytes("a"));
        long good = vandal.getLong(lane(0, LaneLayout.RECORDS));
        vandal.setLong(lane(0, LaneLayout.RECORDS), Records.header(0, -1));
        assertNames("lane 0 record length", () -> consumer.poll(NOBODY, 1));
        vandal.setLong(lane(0, LaneLayout.RECORDS), good);
        producer.offer(bytes("b"));
        expect(consumer, "a", "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 17, 4000, Integer.MAX_VALUE})
    void setsARangeAsideWhoseRecordsWereDamagedAfterItWasTaken(int length) {
        RingProducer other = ring.producer();
        producer.offer(new byte[16]);
        producer.offer(new byte[16]);
        other.offer(bytes("whole"));
        List<String> got = new ArrayList<>();
        assertNames("lane 0 record length", () -> {
            while (true) {
                consumer.poll(
                        message -> {
                            if (message.length() == 16) {
                                vandal.setLong(lane(0, LaneLayout.RECORDS) + 24, Records.header(0, length));
                            } else {
                                got.add("whole");
                            }
                        },
                        10);
            }
        });
        while (got.isEmpty()) {
            consumer.poll(message -> got.add("whole"), 10);
        }
        producer.offer(bytes("next"));
        expect(consumer, "next");
    }

    @Test
    void aProducerThatJoinsPassesADamagedLaneOverAsLongAsThereIsAnother() {
        producer.leave();
        vandal.setLong(lane(0, LaneLayout.TAIL), 4);
        RingProducer newcomer = ring.producer();
        assertEquals(OfferResult.ACCEPTED, newcomer.offer(bytes("a")));
        assertEquals(16, vandal.getLong(lane(1, LaneLayout.TAIL)));
        assertNames("lane 0 TAIL", ring::producer);
        assertEquals(
                PeerState.ABSENT, ring.geometry().producers(vandal).lease(0).state());
    }

    @Test
    void setsAsideWhatADeadConsumerCannotHaveLeft() {
        long[][] ranges = {{-CAPACITY, 16}, {0, CAPACITY + 8}, {16, 0}, {4, 16}, {0, 12}, {Long.MIN_VALUE, 16}, {16, 40}
        };
        for (long[] range : ranges) {
            producer.offer(bytes("a"));
            consumer.close();
            RingConsumer dead = ring.consumer();
            assertEquals(1, dead.peek(message -> {}, 1));
            int held = heldSlot();
            vandal.setLong(slot(held, MpmcLayout.CURRENT), range[0]);
            vandal.setLong(slot(held, MpmcLayout.TO), range[1]);
            vandal.setLong(slot(held, MpmcLayout.STATE), SlotState.held(vandal.getLong(slot(held, MpmcLayout.STATE))));
            ring.kill(dead);
            RingConsumer heir = ring.consumer();
            consumer = ring.consumer();
            assertNames("lane 0 range of slot " + held, () -> heir.poll(NOBODY, 1));
            assertEquals(Slots.SET_ASIDE, vandal.getLong(slot(held, MpmcLayout.OWNER)));
            // And goes on.
            producer.offer(bytes("b"));
            expect(heir, "b");
            // But the end of the stream is no good one, for anybody.
            producer.close();
            for (int i = 0; i < 2; i++) {
                assertNames("slot " + held + " OWNER", () -> heir.poll(NOBODY, 1));
                assertNames("slot " + held + " OWNER", () -> consumer.poll(NOBODY, 1));
                assertNames("slot " + held + " OWNER", () -> consumer.take(NOBODY, 1));
            }
            closeRing();
            createRing();
        }
    }

    private int heldSlot() {
        for (int slot = 0; slot < ring.geometry().slots(); slot++) {
            if (!SlotState.isFree(vandal.getLong(slot(slot, MpmcLayout.STATE)))) {
                return slot;
            }
        }
        throw new AssertionError("nothing is held");
    }

    @Test
    void refusesAStateThatIsNone() {
        for (long state :
                new long[] {3, SlotState.nextIntent(0, PLACES), SlotState.held(SlotState.nextIntent(0, 1023))}) {
            vandal.setInt(MpmcLayout.SLOTS_USED, 4);
            vandal.setLong(slot(2, MpmcLayout.STATE), state);
            vandal.setLong(slot(2, MpmcLayout.TO), 64);
            RingConsumer newcomer = ring.consumer();
            assertNames("slot 2 STATE", () -> newcomer.poll(NOBODY, 1));
            newcomer.close();
            vandal.setLong(slot(2, MpmcLayout.STATE), 0);
            vandal.setLong(slot(2, MpmcLayout.OWNER), 0);
        }
    }

    @Test
    void looksAtEverythingWhenCountsAreWild() {
        for (int wild : new int[] {-1, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            vandal.setInt(MpmcLayout.LANES_USED, wild);
            vandal.setInt(MpmcLayout.SLOTS_USED, wild);
            producer.offer(bytes("a"));
            expect(consumer, "a");
            RingConsumer other = ring.consumer();
            producer.offer(bytes("b"));
            expect(other, "b");
            other.close();
        }
    }

    @Test
    void survivesWhateverIsStoredIntoTheRing() {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println("MpmcCorruptionTest seed " + seed);
        Random random = new Random(seed);
        closeRing();
        for (int round = 0; round < 2000; round++) {
            createRing();
            Visitor visitor = new Visitor(random);
            for (int i = 0; i < 10; i++) {
                visitor.act();
            }
            for (int wound = random.nextInt(5); wound >= 0; wound--) {
                wound(random);
            }
            for (int i = 0; i < 40; i++) {
                visitor.act();
            }
            closeRing();
        }
        createRing();
    }

    private void wound(Random random) {
        long at =
                switch (random.nextInt(4)) {
                    case 0 -> MpmcLayout.DATA + 8L * (1 + random.nextInt(2));
                    case 1 ->
                        slot(
                                random.nextInt(2 * PLACES),
                                List.of(0, 8, 128, 136, 144).get(random.nextInt(5)));
                    case 2 -> lane(random.nextInt(PLACES), List.of(0, 128).get(random.nextInt(2)));
                    default -> lane(random.nextInt(PLACES), LaneLayout.RECORDS + 8L * random.nextInt(CAPACITY / 8));
                };
        long old = vandal.getLong(at);
        long value =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextLong();
                    case 1 -> random.nextInt(8192);
                    case 2 -> old ^ (1L << random.nextInt(64));
                    default -> TakenWord.of(8L * random.nextInt(1024), random.nextInt(8));
                };
        vandal.setLong(at, value);
    }

    /** Uses the ring in every way, and minds only exceptions that a damaged ring may not throw. */
    private final class Visitor {

        private final Random random;

        Visitor(Random random) {
            this.random = random;
        }

        void act() {
            try {
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> producer.offer(Payload.of(1, random.nextInt(300)));
                    case 3, 4 -> consumer.poll(message -> message.toByteArray(), 1 + random.nextInt(5));
                    case 5 -> consumer.peek(message -> message.toByteArray(), 2);
                    case 6 ->
                        consumer.poll(
                                message -> {
                                    throw new HandlerFailure();
                                },
                                2);
                    case 7 -> consumer.nack();
                    case 8 -> {
                        ring.kill(consumer);
                        consumer = ring.consumer();
                    }
                    default -> {
                        producer.backlogBytes();
                        consumer.backlogBytes();
                    }
                }
            } catch (CorruptRingException | LeaseLostException | RoleTakenException | HandlerFailure expected) {
                assertTrue(expected.getMessage().length() > 10);
            }
        }
    }
}
