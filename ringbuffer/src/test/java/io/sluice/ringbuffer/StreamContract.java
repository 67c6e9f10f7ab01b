package io.sluice.ringbuffer;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.role.Vain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import net.openhft.chronicle.bytes.BytesStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every ring does whose producer waits for its consumers, with one producer and one consumer that was there from the
 * beginning, on top of {@link HandleContract}.
 */
public abstract class StreamContract extends HandleContract {

    @Test
    void refusesOfferWhenFullAndAcceptsAgainOnceReleased() {
        int sent = fill(100);
        assertEquals(OfferResult.FULL, producer.offer(new byte[100]));
        assertEquals(OfferResult.FULL, producer.stage(0, new byte[100], 0, 100));
        assertNull(producer.claim(0, 100));
        assertEquals(1, consumer.poll(message -> Payload.check(message, 0, 100), 1));
        assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(sent, 100)));
        drain(1, sent + 1, 100);
    }

    @Test
    void offersTheProcessorToOthersWhileThereIsNoRoom() {
        SimulatedRing<?, ?> simulated = (SimulatedRing<?, ?>) ring;
        producer.leave();
        Yields yields = new Yields(simulated.newProcess());
        producer = simulated.producer(yields);
        fill(100);
        int before = yields.count();
        for (int offer = 0; offer < 3 * Vain.TRIES_PER_YIELD; offer++) {
            assertEquals(OfferResult.FULL, producer.offer(new byte[100]));
        }
        int yielded = yields.count() - before;
        assertTrue(yielded >= 3, yielded + " times");
    }

    @Test
    void keepsOrderAndContentsOverManyLapsOfFullAndEmpty() {
        long from = 0;
        long to = 0;
        for (int lap = 0; lap < 500; lap++) {
            int length = (lap * 37) % 700;
            while (producer.offer(Payload.of(to, length)) == OfferResult.ACCEPTED) {
                to++;
            }
            assertTrue(to > from);
            long[] next = {from};
            while (next[0] < to) {
                assertTrue(consumer.poll(message -> Payload.check(message, next[0]++, length), 3) > 0);
            }
            assertEquals(to, next[0]);
            from = to;
        }
    }

    @Test
    void reportsTheBacklogInBytes() {
        producer.offer(new byte[100]);
        long one = producer.backlogBytes();
        assertTrue(one >= 100, "backlog " + one);
        producer.offer(new byte[100]);
        assertEquals(2 * one, producer.backlogBytes());
        assertEquals(2 * one, consumer.backlogBytes());
        consumer.poll(message -> {}, 1);
        assertEquals(one, producer.backlogBytes());
        assertEquals(one, consumer.backlogBytes());
    }

    @Test
    void aMessageWhoseHandlerThrewComesFirstNextTime() {
        failAtTheSecondOfThree();
        expect(consumer, "b", "c");
        assertEquals(0, producer.backlogBytes());
    }

    /** Sends "a", "b" and "c" to a handler that throws at "b", again and again; "a" is acknowledged. */
    final void failAtTheSecondOfThree() {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        producer.offer(bytes("c"));
        Received received = new Received();
        HandlerFailure failure = new HandlerFailure();
        MessageHandler picky = message -> {
            if (message.getByte(0) == 'b') {
                throw failure;
            }
            received.onMessage(message);
        };
        for (int attempt = 0; attempt < 3; attempt++) {
            assertEquals(failure, assertThrows(HandlerFailure.class, () -> consumer.poll(picky, 10)));
        }
        assertEquals(List.of("a"), received.texts());
        assertEquals(producer.backlogBytes(), consumer.backlogBytes());
    }

    @Test
    void givesSpaceBackInsideOfALongBatch() {
        int sent = fill(56);
        int[] handled = {0};
        int[] accepted = {0};
        consumer.poll(
                message -> {
                    handled[0]++;
                    if (handled[0] == sent && producer.offer(new byte[56]) == OfferResult.ACCEPTED) {
                        accepted[0]++;
                    }
                },
                sent);
        assertEquals(1, accepted[0]);
    }

    @Test
    void publishesStagedMessagesBeforeWaitingForRoom() throws InterruptedException {
        OfferResult staged;
        do {
            staged = producer.stage(0, new byte[100], 0, 100);
        } while (staged == OfferResult.ACCEPTED);
        assertEquals(OfferResult.FULL, producer.put(0, new byte[100], 0, 100, SHORT));
        assertTrue(consumer.poll(message -> {}, 1) > 0);
        assertEquals(OfferResult.ACCEPTED, producer.put(0, new byte[100], 0, 100, LONG));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void putWaitsForRoom(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        int sent = fill(100);
        Future<OfferResult> put = threads.submit(() -> producer.put(Payload.of(sent, 100)));
        drainAtLeastOne();
        assertEquals(OfferResult.ACCEPTED, put.get());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void awaitClaimWaitsForRoom(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        fill(100);
        Future<Claim> claim = threads.submit(() -> producer.awaitClaim(0, 100, LONG));
        drainAtLeastOne();
        assertNotNull(claim.get());
        claim.get().commit();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void givesUpAfterTheTimeout(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        for (Duration timeout : List.of(SHORT, Duration.ZERO, Duration.ofSeconds(-1))) {
            assertEquals(RingConsumer.EMPTY, consumer.take(NOBODY, 1, timeout));
        }
        fill(100);
        BytesStore<?, ?> store = BytesStore.wrap(new byte[100]);
        for (Duration timeout : List.of(SHORT, Duration.ZERO, Duration.ofSeconds(-1))) {
            assertEquals(OfferResult.FULL, producer.put(0, new byte[100], 0, 100, timeout));
            assertEquals(OfferResult.FULL, producer.put(0, store, 0, 100, timeout));
            assertNull(producer.awaitClaim(0, 100, timeout));
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void putEndsOnInterruptionWithNothingPublished(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        int sent = fill(100);
        assertInterruptible(() -> producer.put(new byte[100]));
        assertInterruptible(() -> producer.awaitClaim(0, 100, LONG));
        drain(0, sent, 100);
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
    }

    @Test
    void putLetsItsProducerBeUsedWhileItWaits() throws Exception {
        List<Integer> sent = new ArrayList<>();
        List<Integer> received = new ArrayList<>();
        Runnable fill = () -> sent.addAll(Collections.nCopies(fill(500), 500));
        MessageHandler note = message -> received.add(message.length());
        Runnable takeAllAndFill = () -> {
            consumer.poll(note, Integer.MAX_VALUE);
            fill.run();
        };
        Runnable takeAllAndClaim = () -> {
            consumer.poll(note, Integer.MAX_VALUE);
            claimAndCommit(producer.claim(0, 7));
            sent.add(7);
        };
        Runnable takeOne = () -> consumer.poll(note, 1);
        useRingThatWaitsBy(whileWaiting(takeAllAndFill, takeAllAndClaim, takeAllAndFill, takeOne));
        fill.run();
        assertEquals(OfferResult.ACCEPTED, producer.put(0, bytes("put"), 0, 3, LONG));
        sent.add(3);
        fill.run();
        claimAndCommit(producer.awaitClaim(0, 5, LONG));
        sent.add(5);
        consumer.poll(note, Integer.MAX_VALUE);
        assertEquals(sent, received);
    }

    /** Where it begins to wait, its message needs padding in front; behind what was offered meanwhile, it needs none. */
    @Test
    void putSeesRoomThatIsEnoughBehindWhatItsProducerOfferedWhileItWaited() throws Exception {
        useRingThatWaitsBy(whileWaiting(() -> {
            consumer.poll(message -> {}, Integer.MAX_VALUE);
            accept(700);
            accept(500);
        }));
        accept(2000);
        accept(1500);
        assertEquals(OfferResult.ACCEPTED, producer.put(0, new byte[2000], 0, 2000, LONG));
    }

    private void accept(int length) {
        assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[length]));
    }

    private static void claimAndCommit(Claim claim) {
        try (claim) {
            claim.commit();
        }
    }

    /** Offers messages 0, 1, 2, ... of {@code length} bytes until the ring is full; returns how many it took. */
    final int fill(int length) {
        int sent = 0;
        while (producer.offer(Payload.of(sent, length)) == OfferResult.ACCEPTED) {
            sent++;
        }
        return sent;
    }

    private void drainAtLeastOne() throws InterruptedException, ExecutionException {
        assertTrue(consumer.poll(message -> {}, 1) > 0);
    }
}
