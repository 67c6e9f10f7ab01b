package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions and words at their limits. */
@Timeout(120)
class MpmcPositionsTest {

    private static final int CAPACITY = 4096;

    /** TAKEN's positions come round at the largest but one. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 31, 1L << 32, 1L << 46, 1L << 56, 1L << 57, 1L << 62, 3L << 57, Long.MIN_VALUE})
    void crossesEveryBoundary(long boundary) {
        for (int length : new int[] {0, 1, 8, 100, 1000, CAPACITY / 2}) {
            try (MpmcTestRing ring = MpmcTestRing.mapped(1, 2, CAPACITY, false, WaitStrategy.backOff())) {
                ring.startAt(0, boundary - 2 * CAPACITY - 8);
                RingProducer producer = ring.producer();
                RingConsumer one = ring.consumer();
                RingConsumer two = ring.consumer();
                long sent = 0;
                long[] received = {0};
                for (int turn = 0; turn < 4 * CAPACITY / 16; turn++) {
                    while (producer.offer(Payload.of(sent, length)) == OfferResult.ACCEPTED) {
                        sent++;
                    }
                    RingConsumer next = turn % 3 == 0 ? one : two;
                    assertTrue(next.poll(message -> Payload.check(message, received[0]++, length), 1 + turn % 3) > 0);
                    assertEquals(producer.backlogBytes(), one.backlogBytes());
                }
            }
        }
    }

    @Test
    void keepsSlotAndPositionOfATakenWordApart() {
        for (long position : new long[] {0, 8, 1 << 20, (1L << 57) - 8, 1L << 57, -8, Long.MIN_VALUE}) {
            for (int slot : new int[] {0, 1, TakenWord.MOST_SLOTS - 1}) {
                long word = TakenWord.of(position, slot);
                assertEquals(slot, TakenWord.slot(word));
                assertEquals(0, TakenWord.distance(word, position));
                assertEquals(64, TakenWord.distance(word, position + 64));
                assertTrue(TakenWord.distance(word, position - 8) > 1L << 46);
            }
        }
    }

    @Test
    void countsTheUsesOfASlot() {
        long state = 0;
        for (int use = 0; use < 1000; use++) {
            long intent = SlotState.nextIntent(state, use % SlotState.MOST_LANES);
            assertEquals(SlotState.INTENT, SlotState.kind(intent));
            assertEquals(use % SlotState.MOST_LANES, SlotState.lane(intent));
            assertFalse(SlotState.isSameUse(state, intent));
            long held = SlotState.held(intent);
            assertEquals(SlotState.HELD, SlotState.kind(held));
            assertTrue(SlotState.isSameUse(intent, held));
            state = SlotState.nextFree(held);
            assertTrue(SlotState.isFree(state));
            assertFalse(SlotState.isSameUse(held, state));
        }
    }

    @Test
    void countsAttemptsOfOnePosition() {
        for (long position : new long[] {0, 8, 1L << 40, 1L << 57, -8}) {
            long word = Attempt.of(position, 3);
            assertTrue(Attempt.isOf(word, position));
            assertFalse(Attempt.isOf(word, position + 8));
            assertFalse(Attempt.isOf(0, position));
            assertEquals(3, Attempt.begun(word));
            assertEquals(Attempt.MOST, Attempt.begun(Attempt.of(position, 1_000_000)));
        }
    }
}
