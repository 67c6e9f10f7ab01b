package io.sluice.ringbuffer;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.role.RoleHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every ring does whose messages wait for a consumer and go to the next one when a consumer leaves or dies, on top of
 * {@link StreamContract}.
 */
public abstract class RingContract extends StreamContract {

    @Test
    void acknowledgesWhatWasHandledBeforeTheHandlerThrew() {
        failAtTheSecondOfThree();
        consumer.close();
        consumer = ring.consumer();
        expect(consumer, "b", "c");
    }

    @Test
    void acknowledgesWhatWasHandledWhenAHandlerClosesTheConsumer() {
        for (String text : List.of("a", "b", "last", "d")) {
            producer.offer(bytes(text));
        }
        Received received = new Received();
        int handled = consumer.poll(
                message -> {
                    received.onMessage(message);
                    if (message.length() == 4) {
                        consumer.close();
                    }
                },
                10);
        assertEquals(3, handled);
        assertEquals(List.of("a", "b", "last"), received.texts());
        assertThrows(DetachedException.class, () -> consumer.poll(NOBODY, 1));
        expect(ring.consumer(), "d");
    }

    @Test
    void keepsTheRoleUntilTheHandlerThatClosedTheConsumerReturned() {
        producer.offer(bytes("a"));
        consumer.poll(
                message -> {
                    consumer.close();
                    assertThrows(RoleTakenException.class, () -> ring.consumer());
                },
                1);
        expect(ring.consumer());
    }

    @Test
    void staysClosedForALaterConsumer() {
        producer.offer(bytes("a"));
        producer.close();
        consumer.close();
        RingConsumer later = ring.consumer();
        expect(later, "a");
        assertEquals(RingConsumer.CLOSED, later.poll(NOBODY, 1));
    }

    @Test
    void keepsMessagesForTheNextConsumer() {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        assertEquals(1, consumer.poll(message -> {}, 1));
        consumer.close();
        assertEquals(PeerState.ABSENT, producer.consumerState());
        producer.offer(bytes("c"));
        expect(ring.consumer(), "b", "c");
    }

    @Test
    void keepsMessagesThatWereOfferedBeforeAnyConsumerCame() {
        consumer.close();
        producer.offer(bytes("a"));
        producer.close();
        expect(ring.consumer(), "a");
    }

    @Test
    void refusesUseOfAClosedConsumer() {
        producer.offer(bytes("a"));
        consumer.close();
        consumer.close();
        List<Executable> uses = List.of(
                () -> consumer.poll(NOBODY, 1),
                () -> consumer.peek(NOBODY, 1),
                () -> consumer.take(NOBODY, 1),
                () -> consumer.backlogBytes(),
                () -> consumer.producerState());
        for (Executable use : uses) {
            assertThrows(DetachedException.class, use);
        }
        expect(ring.consumer(), "a");
    }

    /** The ring is closed by another thread at each moment of the poll. */
    @ParameterizedTest
    @CsvSource({"1, 10", "1, 1100", "2, 10", "2, 1100"})
    void aPollInARingThatIsBeingClosedReturnsWhatItHasAcknowledged(int messages, int length) throws Exception {
        boolean closed = true;
        for (int access = 1; closed; access++) {
            useRingThatWaitsBy(WaitStrategy.backOff());
            consumer.close();
            SimulatedRing<?, ?> simulated = (SimulatedRing<?, ?>) ring;
            DyingMemory memory = simulated.attach();
            RegionMemory control = simulated.newProcess();
            RingConsumer closing = simulated.consumer(memory);
            // With the next one that comes alone it asks for mail.
            for (int single = 0; single < 15; single++) {
                producer.offer(new byte[1]);
                assertEquals(1, closing.poll(message -> {}, 1));
            }
            for (int number = 0; number < messages; number++) {
                assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(number, length)));
            }
            memory.detachAt(access, () -> ((RoleHandle) closing).abandon(control));
            int polled = 0;
            try {
                polled = closing.poll(message -> Payload.check(message, 0, length), 1);
                assertEquals(1, polled);
            } catch (DetachedException e) {
                // Then it comes to the next consumer.
            }
            closed = memory.isDetached();
            if (!closed) {
                ((RoleHandle) closing).abandon(control);
            }
            consumer = ring.consumer();
            drain(polled, messages, length);
            assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void putNoticesTheDeathOfTheConsumer(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        fill(100);
        Future<OfferResult> put = threads.submit(() -> producer.put(new byte[100]));
        ring.kill(consumer);
        assertEquals(OfferResult.PEER_DEAD, put.get());
        assertEquals(OfferResult.PEER_DEAD, producer.put(0, new byte[100], 0, 100, LONG));
        assertNull(producer.awaitClaim(0, 100, LONG));
    }

    @Test
    void offerNoticesTheDeathOfTheConsumerInTheEnd() {
        fill(100);
        ring.kill(consumer);
        OfferResult result;
        do {
            result = producer.offer(new byte[100]);
        } while (result == OfferResult.FULL);
        assertEquals(OfferResult.PEER_DEAD, result);
        consumer = ring.consumer();
        assertTrue(consumer.poll(message -> {}, 1) > 0);
        assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[100]));
    }

    @Test
    void deliversAgainWhatADeadConsumerHadNotAcknowledged() {
        for (String text : List.of("a", "b", "c")) {
            producer.offer(bytes(text));
        }
        assertEquals(1, consumer.poll(message -> {}, 1));
        assertEquals(2, consumer.peek(message -> {}, 5));
        ring.kill(consumer);
        expect(ring.consumer(), "b", "c");
    }

    @Test
    void failsLoudlyForAConsumerThatWasWronglyHeldForDead() {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        assertEquals(1, consumer.poll(message -> {}, 1));
        ring.misjudge(consumer);
        RingConsumer next = ring.consumer();
        assertThrows(LeaseLostException.class, () -> consumer.poll(NOBODY, 1));
        assertThrows(LeaseLostException.class, () -> consumer.peek(NOBODY, 1));
        assertThrows(LeaseLostException.class, consumer::close);
        expect(next, "b");
    }

    @Test
    void takesNoAcknowledgementFromAConsumerThatLostItsRoleInsideOfABatch() {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        List<RingConsumer> next = new ArrayList<>();
        assertThrows(
                LeaseLostException.class,
                () -> consumer.poll(
                        message -> {
                            if (next.isEmpty()) {
                                ring.misjudge(consumer);
                                next.add(ring.consumer());
                            }
                        },
                        10));
        expect(next.get(0), "a", "b");
    }
}
