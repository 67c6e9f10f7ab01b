package io.sluice.ringbuffer;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a ring does whose consumers share the messages, beyond what every ring does. Rings here have a capacity of 4 KiB
 * for each producer, and {@link #PLACES} places for producers and as many for consumers.
 */
@Timeout(120)
public abstract class CompetingConsumersContract {

    /** Bytes for each producer. */
    protected static final int CAPACITY = 4096;

    /** Places for producers, and for consumers. */
    protected static final int PLACES = 3;

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Duration SHORT = Duration.ofMillis(3);
    private static final MessageHandler NOBODY = message -> {
        throw new AssertionError("unexpected message at " + message.position());
    };

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestRing ring;
    private RingProducer producer;
    private RingConsumer one;
    private RingConsumer two;

    /** A new, empty ring. */
    protected abstract TestRing newRing(WaitStrategy strategy) throws Exception;

    @BeforeEach
    final void createRing() throws Exception {
        useRingThatWaitsBy(WaitStrategy.backOff());
    }

    private void useRingThatWaitsBy(WaitStrategy strategy) throws Exception {
        if (ring != null) {
            ring.close();
        }
        ring = newRing(strategy);
        producer = ring.producer();
        one = ring.consumer();
        two = ring.consumer();
    }

    @AfterEach
    final void closeRing() {
        threads.shutdownNow();
        ring.close();
    }

    static Stream<WaitStrategy> strategies() {
        return Stream.of(WaitStrategy.spin(), WaitStrategy.yielding(), WaitStrategy.backOff(), WaitStrategy.block());
    }

    private static String textOf(Message message) {
        return new String(message.toByteArray(), StandardCharsets.UTF_8);
    }

    /** Handles up to {@code limit} messages; returns each as "text*delivery". */
    private static List<String> poll(RingConsumer consumer, int limit) {
        List<String> got = new ArrayList<>();
        consumer.poll(message -> got.add(textOf(message) + "*" + message.deliveryCount()), limit);
        return got;
    }

    private static void fail(RingConsumer consumer) {
        fail(consumer, 1);
    }

    /** The first of up to {@code limit} messages is not handled. */
    private static void fail(RingConsumer consumer, int limit) {
        assertThrows(
                HandlerFailure.class,
                () -> consumer.poll(
                        message -> {
                            throw new HandlerFailure();
                        },
                        limit));
    }

    private void offer(String... texts) {
        for (String text : texts) {
            assertEquals(OfferResult.ACCEPTED, producer.offer(bytes(text)));
        }
    }

    // ---- sharing --------------------------------------------------------------------------------------------------

    @Test
    void givesEachMessageToOneConsumer() {
        offer("a", "b", "c", "d", "e");
        assertEquals(List.of("a*1", "b*1"), poll(one, 2));
        assertEquals(List.of("c*1"), poll(two, 1));
        assertEquals(List.of("d*1"), poll(one, 1));
        assertEquals(List.of("e*1"), poll(two, 10));
        assertEquals(RingConsumer.EMPTY, one.poll(NOBODY, 1));
        assertEquals(0, producer.backlogBytes());
    }

    @Test
    void letsOthersHaveWhatAHandlerHasNotBeenGiven() {
        offer("a", "b", "c");
        one.poll(
                message -> {
                    assertEquals("a", textOf(message));
                    assertEquals(List.of("b*1", "c*1"), poll(two, 10));
                },
                1);
        assertEquals(RingConsumer.EMPTY, one.poll(NOBODY, 1));
    }

    @Test
    void leavesPartOfABurstToOthers() {
        int sent = fill(producer, 100);
        int[] others = {0};
        int[] own = {0};
        one.poll(
                message -> {
                    if (own[0]++ == 0) {
                        others[0] = two.poll(m -> {}, Integer.MAX_VALUE);
                    }
                },
                Integer.MAX_VALUE);
        assertTrue(others[0] > sent / 2, others[0] + " of " + sent);
        assertEquals(sent, own[0] + others[0]);
    }

    @Test
    void takesAMessageLargerThanAShare() {
        producer.offer(new byte[CAPACITY / 2]);
        offer("next");
        assertEquals(1, one.poll(message -> assertEquals(CAPACITY / 2, message.length()), 1));
        assertEquals(List.of("next*1"), poll(two, 10));
    }

    @Test
    void givesSpaceBackOnlyUpToTheFirstMessageThatIsNotAcknowledged() {
        int sent = fill(producer, 100);
        one.poll(
                message -> {
                    assertEquals(sent - 1, two.poll(m -> {}, Integer.MAX_VALUE));
                    assertEquals(OfferResult.FULL, producer.offer(new byte[100]));
                },
                1);
        assertEquals(0, producer.backlogBytes());
        assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[CAPACITY / 2]));
    }

    @Test
    void reportsWhatIsTakenAndNotAcknowledgedAsBacklog() {
        offer("a", "b");
        long both = one.backlogBytes();
        one.poll(
                message -> {
                    assertEquals(both, two.backlogBytes());
                    assertEquals(1, two.poll(m -> {}, 10));
                    assertEquals(both / 2, two.backlogBytes());
                },
                1);
        assertEquals(0, two.backlogBytes());
    }

    @Test
    void deliversTheMessagesOfAllProducers() {
        RingProducer other = ring.producer();
        offer("a1", "a2");
        other.offer(bytes("b1"));
        other.offer(bytes("b2"));
        List<String> got = poll(one, 100);
        assertEquals(Set.of("a1*1", "a2*1", "b1*1", "b2*1"), new HashSet<>(got));
        assertTrue(got.indexOf("a1*1") < got.indexOf("a2*1"));
        assertTrue(got.indexOf("b1*1") < got.indexOf("b2*1"));
    }

    @Test
    void givesEveryProducerItsTurn() {
        RingProducer other = ring.producer();
        int sent = fill(producer, 8);
        other.offer(bytes("not starved"));
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            one.poll(message -> got.add(textOf(message)), 1);
        }
        assertTrue(got.contains("not starved"), sent + " before it");
    }

    @Test
    void goesOnWithoutAPausedProducer() {
        RingProducer paused = ring.producer();
        paused.claim(0, 100);
        offer("a");
        assertEquals(List.of("a*1"), poll(one, 10));
    }

    @Test
    void goesOnWithoutAPausedConsumer() {
        offer("held");
        assertEquals(1, one.peek(message -> {}, 1));
        for (int lap = 0; lap < 3; lap++) {
            offer("a");
            assertEquals(List.of("a*1"), poll(two, 10));
        }
        // Nobody takes what a live consumer holds, however often they look.
        for (int i = 0; i < 10_000; i++) {
            assertEquals(RingConsumer.EMPTY, two.poll(NOBODY, 1));
        }
        assertEquals(List.of("held*1"), poll(one, 10));
    }

    // ---- coming and going -----------------------------------------------------------------------------------------

    @Test
    void letsParticipantsJoinUpToTheLimit() {
        RingProducer second = ring.producer();
        ring.producer();
        RingConsumer third = ring.consumer();
        assertThrows(RoleTakenException.class, () -> ring.producer());
        assertThrows(RoleTakenException.class, () -> ring.consumer());
        second.leave();
        third.close();
        ring.producer().offer(bytes("from the last"));
        assertEquals(List.of("from the last*1"), poll(ring.consumer(), 1));
    }

    @Test
    void usesThePlacesOfTheDeadAgain() {
        RingConsumer third = ring.consumer();
        RingProducer second = ring.producer();
        RingProducer last = ring.producer();
        ring.kill(third);
        ring.kill(second);
        ring.kill(last);
        for (int i = 0; i < 10; i++) {
            RingProducer newcomer = ring.producer();
            assertEquals(OfferResult.ACCEPTED, newcomer.offer(bytes("a")));
            RingConsumer consumer = ring.consumer();
            assertEquals(List.of("a*1"), poll(consumer, 10));
            ring.kill(newcomer);
            ring.kill(consumer);
        }
    }

    @Test
    void goesOnWithManyThatComeAndGo() {
        for (int round = 0; round < 1000; round++) {
            offer("a", "b");
            RingConsumer visitor = ring.consumer();
            assertEquals(List.of("a*1"), poll(visitor, 1));
            visitor.close();
            assertEquals(List.of("b*1"), poll(one, 10));
        }
    }

    @Test
    void leavesWhatItShowedToOthersWhenItCloses() {
        offer("a", "b");
        assertEquals(2, one.peek(message -> {}, 5));
        one.close();
        assertEquals(List.of("a*1", "b*1"), poll(two, 10));
    }

    @Test
    void leavesTheRestOfABatchToOthersWhenAHandlerClosesTheConsumer() {
        offer("a", "b", "c");
        assertEquals(1, one.poll(message -> one.close(), 10));
        assertEquals(List.of("b*1", "c*1"), poll(two, 10));
    }

    @Test
    void saysWhetherAnybodyIsThere() {
        one.close();
        assertEquals(PeerState.LIVE, producer.consumerState());
        ring.kill(two);
        assertEquals(PeerState.DEAD, producer.consumerState());
        RingConsumer third = ring.consumer();
        assertEquals(PeerState.LIVE, producer.consumerState());
        RingProducer second = ring.producer();
        ring.kill(producer);
        assertEquals(PeerState.LIVE, third.producerState());
        ring.kill(second);
        assertEquals(PeerState.DEAD, third.producerState());
    }

    // ---- the end --------------------------------------------------------------------------------------------------

    @Test
    void endsOnlyWhenAllProducersHaveGone() {
        RingProducer second = ring.producer();
        offer("a");
        producer.close();
        assertEquals(List.of("a*1"), poll(one, 10));
        assertEquals(RingConsumer.EMPTY, one.poll(NOBODY, 1));
        second.offer(bytes("b"));
        second.leave();
        assertEquals(List.of("b*1"), poll(two, 10));
        assertEquals(RingConsumer.CLOSED, one.poll(NOBODY, 1));
        assertEquals(RingConsumer.CLOSED, two.poll(NOBODY, 1));
    }

    @Test
    void endsOnlyWhenEverythingIsAcknowledged() {
        offer("a");
        producer.close();
        one.poll(
                message -> {
                    // It may still come back.
                    assertEquals(RingConsumer.EMPTY, two.poll(NOBODY, 1));
                    assertEquals(RingConsumer.EMPTY, two.peek(NOBODY, 1));
                },
                1);
        assertEquals(RingConsumer.CLOSED, two.poll(NOBODY, 1));
    }

    @Test
    void reportsTheDeathOfTheLastProducerAfterEverythingIsAcknowledged() throws InterruptedException {
        offer("a");
        ring.kill(producer);
        assertEquals(1, one.peek(message -> {}, 1));
        assertEquals(RingConsumer.EMPTY, two.take(NOBODY, 1, Duration.ofMillis(60)));
        assertEquals(List.of("a*1"), poll(one, 1));
        assertEquals(RingConsumer.PEER_DEAD, two.take(NOBODY, 1));
        assertEquals(RingConsumer.PEER_DEAD, one.take(NOBODY, 1));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void closeWakesAllWaitingConsumers(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        List<Future<Integer>> taken =
                List.of(threads.submit(() -> one.take(NOBODY, 1)), threads.submit(() -> two.take(NOBODY, 1)));
        producer.close();
        for (Future<Integer> end : taken) {
            assertEquals(RingConsumer.CLOSED, end.get());
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void eachOfTwoWaitingConsumersGetsAMessage(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        Future<Integer> first = threads.submit(() -> one.take(message -> {}, 1));
        Future<Integer> second = threads.submit(() -> two.take(message -> {}, 1));
        offer("a");
        offer("b");
        assertEquals(1, first.get());
        assertEquals(1, second.get());
    }

    // ---- coming again ---------------------------------------------------------------------------------------------

    @Test
    void givesWhatADeadConsumerHadNotAcknowledgedToAnother() throws InterruptedException {
        offer("a", "b", "c", "d");
        assertEquals(List.of("a*1"), poll(one, 1));
        assertEquals(2, one.peek(message -> {}, 2));
        assertEquals(List.of("d*1"), poll(two, 10));
        ring.kill(one);
        List<String> got = new ArrayList<>();
        assertEquals(
                2,
                two.take(
                        message -> {
                            got.add(textOf(message) + "*" + message.deliveryCount());
                            assertEquals(message.deliveryCount() > 1, message.isRedelivered());
                        },
                        10));
        // It may have been handling the first of them.
        assertEquals(List.of("b*2", "c*1"), got);
        assertEquals(0, producer.backlogBytes());
    }

    @Test
    void aBusyConsumerGetsWhatADeadOneHeldInTheEnd() {
        offer("lost and found");
        assertEquals(1, one.peek(message -> {}, 1));
        ring.kill(one);
        RingProducer other = ring.producer();
        List<String> got = new ArrayList<>();
        while (got.isEmpty()) {
            assertEquals(OfferResult.ACCEPTED, other.offer(bytes("a")));
            two.poll(
                    message -> {
                        if (message.isRedelivered()) {
                            got.add(textOf(message));
                        }
                    },
                    1);
        }
        assertEquals(List.of("lost and found"), got);
    }

    @Test
    void anIdleConsumerGetsWhatADeadOneHeldInTheEnd() {
        offer("a");
        assertEquals(1, one.peek(message -> {}, 1));
        ring.kill(one);
        List<String> got;
        do {
            got = poll(two, 1);
        } while (got.isEmpty());
        assertEquals(List.of("a*2"), got);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aWaitingConsumerGetsWhatADeadOneHeld(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        offer("a");
        assertEquals(1, one.peek(message -> {}, 1));
        Received received = new Received();
        Future<Integer> taken = threads.submit(() -> two.take(received, 1));
        ring.kill(one);
        assertEquals(1, taken.get());
        assertEquals(List.of("a"), received.texts());
    }

    @Test
    void aProducerWithoutRoomPassesOnWhatADeadConsumerHeld() throws Exception {
        useRingThatWaitsBy(WaitStrategy.block());
        fill(producer, 100);
        assertEquals(1, one.peek(message -> {}, 1));
        ring.kill(one);
        Future<OfferResult> put = threads.submit(() -> producer.put(new byte[100]));
        while (!put.isDone()) {
            two.poll(message -> {}, 1);
        }
        assertEquals(OfferResult.ACCEPTED, put.get());
    }

    @Test
    void countsDeliveriesOverDeaths() {
        offer("poison");
        for (int delivery = 1; delivery < 6; delivery++) {
            RingConsumer victim = ring.consumer();
            int expected = delivery;
            assertThrows(
                    HandlerFailure.class,
                    () -> victim.poll(
                            message -> {
                                assertEquals(expected, message.deliveryCount());
                                throw new HandlerFailure();
                            },
                            1));
            ring.kill(victim);
        }
        assertEquals(List.of("poison*6"), poll(ring.consumer(), 1));
    }

    @Test
    void countsOnlyTheMessageThatMayHaveBeenBegun() {
        offer("a", "b", "c");
        assertThrows(
                HandlerFailure.class,
                () -> one.poll(
                        message -> {
                            if (message.getByte(0) == 'b') {
                                throw new HandlerFailure();
                            }
                        },
                        10));
        ring.kill(one);
        assertEquals(List.of("b*2", "c*1"), poll(ring.consumer(), 10));
    }

    @Test
    void deliversAgainToTheSameConsumerAfterAnException() {
        offer("a", "b");
        for (int delivery = 1; delivery < 4; delivery++) {
            fail(one);
        }
        // Nobody else gets it.
        assertEquals(List.of("b*1"), poll(two, 10));
        assertEquals(List.of("a*4"), poll(one, 10));
    }

    // ---- nack -----------------------------------------------------------------------------------------------------

    @Test
    void givesARefusedMessageToAnotherConsumer() {
        offer("a", "b");
        fail(one);
        one.nack();
        assertEquals(List.of("a*2", "b*1"), poll(two, 10));
        assertEquals(RingConsumer.EMPTY, one.poll(NOBODY, 1));
    }

    @Test
    void givesARefusedMessageToTheSameConsumerIfItComesFirst() {
        offer("a", "b", "c");
        fail(one);
        one.nack();
        assertEquals(List.of("a*2", "b*1", "c*1"), poll(one, 10));
    }

    @Test
    void refusesWhatWasTakenWithARefusedMessage() {
        offer("a", "b", "c");
        fail(one, 2);
        one.nack();
        assertEquals(List.of("a*2", "b*1"), poll(two, 2));
        assertEquals(List.of("c*1"), poll(one, 2));
    }

    @Test
    void keepsTheOrderOfWhatTheSameConsumerRefusesTwiceInARow() {
        offer("a", "b", "c");
        fail(one, 2);
        one.nack();
        fail(one, 2);
        one.nack();
        assertEquals(List.of("a*3", "b*1"), poll(two, 2));
        assertEquals(List.of("c*1"), poll(one, 2));
        assertEquals(0, producer.backlogBytes());
    }

    @Test
    void givesWhatTwoConsumersRefusedInARowBeforeWhatWasNotTaken() {
        offer("a", "b", "c");
        fail(one, 2);
        one.nack();
        fail(two, 2);
        two.nack();
        assertEquals(List.of("a*3", "b*1", "c*1"), poll(one, 10));
        assertEquals(RingConsumer.EMPTY, two.poll(NOBODY, 1));
        assertEquals(0, producer.backlogBytes());
    }

    @Test
    void aSecondNackOfTheSameMessageDoesNothing() {
        offer("a", "b");
        fail(one);
        one.nack();
        one.nack();
        assertEquals(List.of("a*2"), poll(two, 1));
        // It is the other one's, and acknowledged.
        one.nack();
        two.nack();
        assertEquals(List.of("b*1"), poll(one, 10));
        assertEquals(0, producer.backlogBytes());
    }

    @Test
    void marksNothingThatWasOnlyShown() {
        offer("a", "b");
        assertEquals(2, one.peek(message -> assertEquals(1, message.deliveryCount()), 2));
        one.nack();
        assertEquals(List.of("a*1", "b*1"), poll(two, 10));
    }

    @Test
    void countsRefusals() {
        offer("a");
        for (int refusal = 1; refusal < 20; refusal++) {
            RingConsumer consumer = refusal % 2 == 0 ? one : two;
            int expected = refusal;
            assertThrows(
                    HandlerFailure.class,
                    () -> consumer.poll(
                            message -> {
                                assertEquals(expected, message.deliveryCount());
                                assertEquals(expected > 1, message.isRedelivered());
                                throw new HandlerFailure();
                            },
                            1));
            consumer.nack();
        }
        assertEquals(List.of("a*20"), poll(one, 10));
        offer("b");
        assertEquals(List.of("b*1"), poll(one, 10));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aRefusalWakesAWaitingConsumer(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        offer("a");
        fail(one);
        Received received = new Received();
        Future<Integer> taken = threads.submit(() -> two.take(received, 1, LONG));
        one.nack();
        assertEquals(1, taken.get());
        assertEquals(List.of("a"), received.texts());
    }

    @Test
    void nackDoesNothingWithoutAMessageToRefuse() {
        one.nack();
        offer("a");
        assertEquals(List.of("a*1"), poll(one, 1));
        one.nack();
        assertEquals(RingConsumer.EMPTY, two.poll(NOBODY, 1));
        assertEquals(0, producer.backlogBytes());
    }

    @Test
    void refusesNackInsideOfAHandlerAndAfterClosing() {
        offer("a");
        one.poll(message -> assertThrows(IllegalStateException.class, one::nack), 1);
        one.close();
        assertThrows(DetachedException.class, one::nack);
    }

    @Test
    void letsAllConsumersRefuseAtOnce() {
        RingConsumer three = ring.consumer();
        List<RingConsumer> all = List.of(one, two, three);
        for (int round = 0; round < 10; round++) {
            offer("a", "b", "c", "d");
            for (RingConsumer consumer : all) {
                assertEquals(1, consumer.peek(message -> {}, 1));
            }
            all.forEach(RingConsumer::nack);
            List<String> got = new ArrayList<>();
            for (RingConsumer consumer : all) {
                got.addAll(poll(consumer, 1));
            }
            assertEquals(Set.of("a*1", "b*1", "c*1"), new HashSet<>(got));
            assertEquals(List.of("d*1"), poll(one, 10));
        }
        assertEquals(0, producer.backlogBytes());
    }

    // ---- wrong verdicts -------------------------------------------------------------------------------------------

    @Test
    void failsLoudlyForAConsumerWhoseRangeWasTakenAway() {
        offer("a", "b");
        assertThrows(
                LeaseLostException.class,
                () -> one.poll(
                        message -> {
                            ring.misjudge(one);
                            List<String> got;
                            do {
                                got = poll(two, 1);
                            } while (got.isEmpty());
                            assertEquals(List.of("a*2"), got);
                        },
                        10));
        assertThrows(LeaseLostException.class, () -> one.poll(NOBODY, 1));
        assertThrows(LeaseLostException.class, one::nack);
        assertThrows(LeaseLostException.class, one::close);
        one.close();
        assertEquals(List.of("b*1"), poll(two, 10));
        assertEquals(0, producer.backlogBytes());
    }

    @Test
    void failsLoudlyForAnIdleConsumerThatWasHeldForDead() throws InterruptedException {
        ring.misjudge(one);
        assertEquals(RingConsumer.EMPTY, two.take(NOBODY, 1, Duration.ofMillis(60)));
        offer("a");
        assertThrows(LeaseLostException.class, () -> one.poll(NOBODY, 1));
        assertThrows(LeaseLostException.class, () -> one.peek(NOBODY, 1));
        assertThrows(LeaseLostException.class, () -> one.take(NOBODY, 1, SHORT));
        assertEquals(List.of("a*1"), poll(two, 10));
    }

    /** An expectation of the plain kind: nothing is marked while everybody lives. */
    @Test
    void marksNothingWhileEverybodyLives() {
        for (int i = 0; i < 5000; i++) {
            offer("m" + i);
            RingConsumer next = i % 3 == 0 ? one : two;
            next.poll(message -> assertFalse(message.isRedelivered()), 1);
        }
        expect(one);
    }

    private static int fill(RingProducer producer, int length) {
        int sent = 0;
        while (producer.offer(Payload.of(sent, length)) == OfferResult.ACCEPTED) {
            sent++;
        }
        return sent;
    }
}
