package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** An MPMC ring with as many producers and as many consumers as it can have. */
@Timeout(120)
class MpmcPlacesTest {

    private static final int MOST = RingSpec.MOST_PARTICIPANTS;

    private final List<RingProducer> producers = new ArrayList<>();
    private final List<RingConsumer> consumers = new ArrayList<>();
    private MpmcTestRing ring;

    @BeforeEach
    void fillTheRing() {
        ring = MpmcTestRing.onHeap(MOST, MOST, 4096, false, WaitStrategy.backOff());
        for (int i = 0; i < MOST; i++) {
            producers.add(ring.producer());
            consumers.add(ring.consumer());
        }
    }

    @AfterEach
    void closeRing() {
        ring.close();
    }

    private static void assertTaken(Executable join) {
        RoleTakenException refusal = assertThrows(RoleTakenException.class, join);
        assertTrue(refusal.getMessage().contains("all 256 places"), refusal.getMessage());
    }

    private void send(int producer, int number) {
        byte[] message = ByteBuffer.allocate(4).putInt(number).array();
        assertEquals(OfferResult.ACCEPTED, producers.get(producer).offer(message));
    }

    private static int numberOf(Message message) {
        return ByteBuffer.wrap(message.toByteArray()).getInt();
    }

    /** Has each consumer handle one message at a time, until nothing is left. */
    private List<Integer> drain() {
        List<Integer> found = new ArrayList<>();
        int before;
        do {
            before = found.size();
            for (RingConsumer consumer : consumers) {
                consumer.poll(message -> found.add(numberOf(message)), 1);
            }
        } while (found.size() > before);
        found.sort(null);
        return found;
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void givesEachALaneOrAPlaceAndRefusesTheNext() {
        assertTaken(ring::producer);
        assertTaken(ring::consumer);
        for (int number = 0; number < 3 * MOST; number++) {
            send(number % MOST, number);
        }
        assertEquals(numbers(3 * MOST), drain());
    }

    @Test
    void usesThePlacesOfThoseWhoLeftOrDiedAgain() {
        for (int number = 0; number < MOST; number++) {
            send(number, number);
        }
        producers.get(7).leave();
        ring.kill(producers.get(9));
        consumers.get(11).close();
        assertEquals(1, consumers.get(13).peek(message -> {}, 1));
        ring.kill(consumers.get(13));
        for (int place : new int[] {7, 9}) {
            producers.set(place, ring.producer());
            send(place, MOST + (place - 7) / 2);
        }
        for (int place : new int[] {11, 13}) {
            consumers.set(place, ring.consumer());
        }
        assertTaken(ring::producer);
        assertTaken(ring::consumer);
        // What the dead one held, too.
        assertEquals(numbers(MOST + 2), drain());
        assertEquals(0, consumers.get(0).backlogBytes());
    }

    @Test
    void hasASlotForEachConsumerThatHoldsAndForAsMuchAgainThatWasLeft() {
        for (int round = 0; round < 5; round++) {
            for (int number = 0; number < 2 * MOST; number++) {
                send(number % MOST, number);
            }
            // Each holds a message, leaves it to the others, and holds another one.
            for (int time = 0; time < 2; time++) {
                for (RingConsumer consumer : consumers) {
                    assertEquals(1, consumer.peek(message -> {}, 1));
                }
                if (time == 0) {
                    consumers.forEach(RingConsumer::nack);
                }
            }
            assertTrue(ring.slots().heldBytes() > 0);
            for (int place = round; place < MOST; place += 50) {
                ring.kill(consumers.get(place));
                consumers.set(place, ring.consumer());
            }
            assertEquals(numbers(2 * MOST), drain());
            assertEquals(0, ring.slots().heldBytes());
        }
    }
}
