package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RingSpec;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The word that says which message is in hand, how often. */
class InHandTest {

    private static final int LAST_LANE = RingSpec.MOST_PARTICIPANTS - 1;
    private static final long LAST_POSITION = (1L << 43) - 8;

    @Test
    void keepsMessageAndCountApart() {
        for (int lane : new int[] {0, 1, LAST_LANE}) {
            for (long position : new long[] {0, 8, 1L << 20, LAST_POSITION, Long.MAX_VALUE - 7}) {
                long message = InHand.message(lane, position);
                for (long tries : new long[] {1, 2, 65_535}) {
                    long word = InHand.word(message, tries);
                    assertEquals(message, InHand.messageOf(word));
                    assertEquals(tries, InHand.triesOf(word));
                }
            }
        }
    }

    @Test
    void tellsLanesAndPositionsApart() {
        Set<Long> messages = new HashSet<>();
        for (int lane = 0; lane <= LAST_LANE; lane++) {
            for (long position : new long[] {0, 8, 16, 1L << 11, 1L << 19, LAST_POSITION}) {
                assertTrue(messages.add(InHand.message(lane, position)), lane + " " + position);
            }
        }
        assertFalse(messages.contains(InHand.NOTHING));
        assertTrue(InHand.areOfOneLane(InHand.message(7, 8), InHand.message(7, LAST_POSITION)));
        assertFalse(InHand.areOfOneLane(InHand.message(7, 8), InHand.message(6, 8)));
    }

    @Test
    void countsNoFurtherThanItsBitsReach() {
        long message = InHand.message(3, 24);
        assertEquals(InHand.word(message, 65_535), InHand.word(message, 65_536));
        assertEquals(message, InHand.messageOf(InHand.word(message, Long.MAX_VALUE)));
    }

    @Test
    void saysNothingWithoutADelivery() {
        assertEquals(InHand.NOTHING, InHand.messageOf(InHand.EMPTY));
        assertEquals(InHand.EMPTY, InHand.word(InHand.NOTHING, 5));
        // Whatever else is stored there.
        assertEquals(InHand.NOTHING, InHand.messageOf(InHand.message(5, 80)));
        assertNotEquals(InHand.NOTHING, InHand.messageOf(-1));
    }

    @Test
    void knowsWhatComesBehindAlsoWhereTheBitsOfAPositionBeginAnew() {
        long last = InHand.message(LAST_LANE, LAST_POSITION);
        long next = InHand.message(LAST_LANE, LAST_POSITION + 8);
        assertTrue(InHand.isBehind(next, last));
        assertFalse(InHand.isBehind(last, next));
        assertFalse(InHand.isBehind(last, last));
        assertTrue(InHand.isBehind(last, InHand.message(LAST_LANE, LAST_POSITION - 8)));
    }
}
