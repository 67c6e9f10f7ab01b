package io.sluice.ringbuffer;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.MessageTooLargeException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.role.RoleHandle;
import io.sluice.ringbuffer.role.Vain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.BytesStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every ring does with one producer and one consumer that was there from the beginning, whether the producer waits for
 * it or not. Rings here have a capacity of 4 KiB.
 */
@Timeout(120)
public abstract class HandleContract {

    /** Capacity of the rings under test in bytes. */
    protected static final int CAPACITY = 4096;

    static final Duration LONG = Duration.ofSeconds(100);
    static final Duration SHORT = Duration.ofMillis(3);
    static final MessageHandler NOBODY = message -> {
        throw new AssertionError("unexpected message at " + message.position());
    };

    final ExecutorService threads = Executors.newCachedThreadPool();
    TestRing ring;
    RingProducer producer;
    RingConsumer consumer;

    /** A new, empty ring of {@link #CAPACITY} bytes. */
    protected abstract TestRing newRing(WaitStrategy strategy) throws Exception;

    @BeforeEach
    final void createRing() throws Exception {
        useRingThatWaitsBy(WaitStrategy.backOff());
    }

    void useRingThatWaitsBy(WaitStrategy strategy) throws Exception {
        if (ring != null) {
            ring.close();
        }
        ring = newRing(strategy);
        producer = ring.producer();
        consumer = ring.consumer();
    }

    @AfterEach
    final void closeRing() {
        threads.shutdownNow();
        ring.close();
    }

    /** The ring under test. */
    protected final TestRing ring() {
        return ring;
    }

    /** Its producer. */
    protected final RingProducer producer() {
        return producer;
    }

    /** Its consumer. */
    protected final RingConsumer consumer() {
        return consumer;
    }

    static Stream<WaitStrategy> strategies() {
        return Stream.of(WaitStrategy.spin(), WaitStrategy.yielding(), WaitStrategy.backOff(), WaitStrategy.block());
    }

    // ---- messages -------------------------------------------------------------------------------------------------

    @Test
    void deliversMessagesInTheOrderOfTheirOffers() {
        for (String text : List.of("one", "two", "three")) {
            assertEquals(OfferResult.ACCEPTED, producer.offer(bytes(text)));
        }
        expect(consumer, "one", "two", "three");
    }

    @Test
    void offersTheProcessorToOthersWhileItPollsInVain() {
        SimulatedRing<?, ?> simulated = (SimulatedRing<?, ?>) ring;
        consumer.close();
        Yields yields = new Yields(simulated.newProcess());
        consumer = simulated.consumer(yields);
        for (int poll = 1; poll <= 3 * Vain.TRIES_PER_YIELD; poll++) {
            assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
            assertEquals(poll / Vain.TRIES_PER_YIELD, yields.count());
        }
    }

    @Test
    void hasNothingAtFirst() {
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
        assertEquals(RingConsumer.EMPTY, consumer.peek(NOBODY, 1));
        assertEquals(0, consumer.backlogBytes());
        assertEquals(0, producer.backlogBytes());
    }

    @Test
    void carriesEveryLengthFromZeroToTheLongest() {
        assertEquals(CAPACITY / 2, producer.maxMessageLength());
        for (int length = 0; length <= producer.maxMessageLength(); length++) {
            int expected = length;
            assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(length, length)), "length " + length);
            assertEquals(1, consumer.poll(message -> Payload.check(message, expected, expected), 10));
        }
    }

    @Test
    void carriesTheRequestedPartOfAnArray() {
        assertEquals(OfferResult.ACCEPTED, producer.offer(0, bytes("abcdef"), 2, 3));
        assertEquals(OfferResult.ACCEPTED, producer.offer(0, bytes("abcdef"), 6, 0));
        expect(consumer, "cde", "");
    }

    @Test
    void carriesChronicleStoresOfEveryKind() throws InterruptedException {
        BytesStore<?, ?> direct = BytesStore.nativeStoreWithFixedCapacity(600);
        try {
            byte[] content = Payload.of(5, 600);
            direct.write(0, content);
            BytesStore<?, ?> onHeap = BytesStore.wrap(content);
            for (BytesStore<?, ?> source : List.of(direct, onHeap)) {
                assertEquals(OfferResult.ACCEPTED, producer.offer(1, source, 0, 600));
                assertEquals(OfferResult.ACCEPTED, producer.put(2, source, 0, 600, SHORT));
                List<Integer> types = new ArrayList<>();
                assertEquals(
                        2,
                        consumer.poll(
                                message -> {
                                    types.add(message.typeId());
                                    Payload.check(message, 5, 600);
                                },
                                10));
                assertEquals(List.of(1, 2), types);
                assertEquals(OfferResult.ACCEPTED, producer.offer(1, source, 7, 9));
                assertEquals(
                        1,
                        consumer.poll(
                                message -> {
                                    byte[] expected = new byte[9];
                                    System.arraycopy(content, 7, expected, 0, 9);
                                    assertArrayEquals(expected, message.toByteArray());
                                },
                                10));
            }
        } finally {
            direct.releaseLast();
        }
    }

    @Test
    void takesNothingFromOutsideOfTheSource() {
        List<Executable> arrays = List.of(
                () -> producer.offer(0, new byte[8], 4, 5),
                () -> producer.offer(0, new byte[8], -1, 5),
                () -> producer.offer(0, new byte[8], Integer.MAX_VALUE, 5),
                () -> producer.stage(0, new byte[8], 4, 5));
        for (Executable offer : arrays) {
            assertThrows(IndexOutOfBoundsException.class, offer);
        }
        BytesStore<?, ?> direct = BytesStore.nativeStoreWithFixedCapacity(8);
        try {
            for (BytesStore<?, ?> store : List.of(BytesStore.wrap(new byte[8]), direct)) {
                for (long from : new long[] {-1, 4, 8, 9, Long.MAX_VALUE, Long.MIN_VALUE}) {
                    assertThrows(IndexOutOfBoundsException.class, () -> producer.offer(0, store, from, 5));
                }
                assertEquals(OfferResult.ACCEPTED, producer.offer(0, store, 8, 0));
            }
        } finally {
            direct.releaseLast();
        }
        producer.offer(bytes("next"));
        expect(consumer, "", "", "next");
    }

    @Test
    void carriesTypeIds() {
        for (int type : new int[] {0, 1, 77, Integer.MAX_VALUE}) {
            producer.offer(type, new byte[3], 0, 3);
            assertEquals(1, consumer.poll(message -> assertEquals(type, message.typeId()), 10));
        }
        assertThrows(IllegalArgumentException.class, () -> producer.offer(-1, new byte[3], 0, 3));
        assertThrows(IllegalArgumentException.class, () -> producer.claim(Integer.MIN_VALUE, 3));
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
    }

    @Test
    void refusesMessagesThatCanNeverFit() {
        int tooLong = producer.maxMessageLength() + 1;
        MessageTooLargeException refusal =
                assertThrows(MessageTooLargeException.class, () -> producer.offer(new byte[tooLong]));
        assertTrue(refusal.getMessage().contains(Integer.toString(tooLong)), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(Integer.toString(tooLong - 1)), refusal.getMessage());
        assertThrows(MessageTooLargeException.class, () -> producer.claim(0, Integer.MAX_VALUE));
        assertThrows(MessageTooLargeException.class, () -> producer.put(new byte[tooLong]));
        assertThrows(IllegalArgumentException.class, () -> producer.offer(0, new byte[8], 0, -1));
        assertThrows(IllegalArgumentException.class, () -> producer.claim(0, -1));
        producer.offer(bytes("fits"));
        expect(consumer, "fits");
    }

    @Test
    void numbersMessagesByEverGrowingPositions() {
        long[] last = {-1};
        for (int i = 0; i < 300; i++) {
            producer.offer(new byte[i]);
            assertEquals(
                    1,
                    consumer.poll(
                            message -> {
                                assertTrue(message.position() > last[0]);
                                assertEquals(1, message.deliveryCount());
                                assertFalse(message.isRedelivered());
                                last[0] = message.position();
                            },
                            1));
        }
    }

    @Test
    void keepsReadersInsideOfTheirMessage() {
        producer.offer(new byte[8]);
        assertEquals(
                1,
                consumer.poll(
                        message -> {
                            assertThrows(IndexOutOfBoundsException.class, () -> message.getByte(8));
                            assertThrows(IndexOutOfBoundsException.class, () -> message.getByte(-1));
                            assertThrows(IndexOutOfBoundsException.class, () -> message.getLong(1));
                            assertThrows(IndexOutOfBoundsException.class, () -> message.getBytes(4, new byte[8], 0, 5));
                            assertEquals(8, message.bytesStore().realCapacity());
                        },
                        1));
    }

    // ---- polling --------------------------------------------------------------------------------------------------

    @Test
    void handlesAtMostAsManyMessagesAsAskedFor() {
        for (int sent = 0; sent < 20; sent++) {
            producer.offer(Payload.of(sent, 20));
        }
        assertEquals(5, consumer.poll(message -> {}, 5));
        assertEquals(15, consumer.poll(message -> {}, Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> consumer.poll(NOBODY, 0));
        assertThrows(IllegalArgumentException.class, () -> consumer.peek(NOBODY, -1));
    }

    @Test
    void showsOnPeekingWhatStaysThere() {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        Received received = new Received();
        assertEquals(2, consumer.peek(received, 10));
        assertEquals(1, consumer.peek(received, 1));
        assertEquals(List.of("a", "b", "a"), received.texts());
        assertTrue(producer.backlogBytes() > 0);
        expect(consumer, "a", "b");
        assertEquals(RingConsumer.EMPTY, consumer.peek(NOBODY, 1));
    }

    @Test
    void refusesToBePolledFromInsideOfItsHandler() {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        List<Executable> uses =
                List.of(() -> consumer.poll(NOBODY, 1), () -> consumer.peek(NOBODY, 1), () -> consumer.take(NOBODY, 1));
        int handled = consumer.poll(message -> uses.forEach(use -> assertThrows(IllegalStateException.class, use)), 10);
        assertEquals(2, handled);
        producer.offer(bytes("c"));
        expect(consumer, "c");
    }

    // ---- claims ---------------------------------------------------------------------------------------------------

    @Test
    void publishesAClaimOnCommit() {
        Claim claim = producer.claim(3, 24);
        Payload.fill(claim, 9);
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
        claim.commit();
        assertEquals(
                1,
                consumer.poll(
                        message -> {
                            assertEquals(3, message.typeId());
                            Payload.check(message, 9, 24);
                        },
                        1));
    }

    @Test
    void showsNothingOfAnAbortedClaim() {
        Claim claim = producer.claim(0, 500);
        Payload.fill(claim, 9);
        claim.abort();
        claim.abort();
        try (Claim other = producer.claim(0, 100)) {
            Payload.fill(other, 10);
        }
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
        producer.offer(bytes("next"));
        expect(consumer, "next");
    }

    @Test
    void endsAClaimWithItsCommit() {
        Claim claim = producer.claim(0, 8);
        claim.setLong(0, 1);
        claim.commit();
        assertThrows(IllegalStateException.class, claim::commit);
        assertThrows(IndexOutOfBoundsException.class, () -> claim.setByte(0, (byte) 1));
        claim.abort();
        claim.close();
        assertEquals(1, consumer.poll(message -> assertEquals(1, message.getLong(0)), 10));
    }

    @Test
    void hasOneClaimAtATime() {
        Claim claim = producer.claim(0, 8);
        assertThrows(IllegalStateException.class, () -> producer.claim(0, 8));
        assertThrows(IllegalStateException.class, () -> producer.offer(new byte[1]));
        assertThrows(IllegalStateException.class, () -> producer.stage(0, new byte[1], 0, 1));
        claim.setLong(0, 7);
        claim.commit();
        assertEquals(1, consumer.poll(message -> assertEquals(7, message.getLong(0)), 10));
    }

    @Test
    void keepsWritersInsideOfTheirClaim() {
        Claim claim = producer.claim(0, 8);
        assertThrows(IndexOutOfBoundsException.class, () -> claim.setLong(1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> claim.setByte(-1, (byte) 1));
        assertThrows(IndexOutOfBoundsException.class, () -> claim.setBytes(4, new byte[8], 0, 5));
        claim.bytesStore().writeLong(0, 42);
        claim.commit();
        assertEquals(
                1,
                consumer.poll(message -> assertEquals(42, message.bytesStore().readLong(0)), 1));
    }

    @Test
    void readsAndWritesEveryWidthInPlace() {
        Claim claim = producer.claim(0, 32);
        claim.setByte(0, (byte) -1);
        claim.setShort(1, (short) -2);
        claim.setInt(3, -3);
        claim.setLong(7, -4);
        claim.setBytes(15, bytes("xyz"), 1, 2);
        claim.commit();
        assertEquals(
                1,
                consumer.poll(
                        message -> {
                            assertEquals(-1, message.getByte(0));
                            assertEquals(-2, message.getShort(1));
                            assertEquals(-3, message.getInt(3));
                            assertEquals(-4, message.getLong(7));
                            byte[] tail = new byte[2];
                            message.getBytes(15, tail, 0, 2);
                            assertArrayEquals(bytes("yz"), tail);
                        },
                        1));
    }

    @Test
    void claimsEveryLength() {
        for (int length = 0; length <= producer.maxMessageLength(); length += 13) {
            Claim claim = producer.claim(1, length);
            assertEquals(length, claim.length());
            Payload.fill(claim, length);
            claim.commit();
            int expected = length;
            assertEquals(1, consumer.poll(message -> Payload.check(message, expected, expected), 1));
        }
    }

    // ---- staging --------------------------------------------------------------------------------------------------

    @Test
    void publishesStagedMessagesTogether() {
        producer.stage(1, bytes("a"), 0, 1);
        producer.stage(2, bytes("b"), 0, 1);
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
        assertEquals(0, producer.backlogBytes());
        producer.flush();
        producer.flush();
        expect(consumer, "a", "b");
    }

    @Test
    void publishesStagedMessagesWithTheNextThatIsPublished() {
        producer.stage(0, bytes("a"), 0, 1);
        producer.offer(bytes("b"));
        expect(consumer, "a", "b");
        producer.stage(0, bytes("c"), 0, 1);
        Claim claim = producer.claim(0, 1);
        claim.setByte(0, (byte) 'd');
        claim.commit();
        expect(consumer, "c", "d");
        producer.stage(0, bytes("e"), 0, 1);
        producer.claim(0, 1).abort();
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
        producer.close();
        expect(consumer, "e");
    }

    @Test
    void publishesStagedMessagesOnLeaving() {
        producer.stage(0, bytes("a"), 0, 1);
        producer.leave();
        expect(consumer, "a");
    }

    @Test
    void publishesStagedMessagesWhenThereIsNoRoomForMore() {
        int staged = 0;
        while (producer.stage(0, Payload.of(staged, 100), 0, 100) == OfferResult.ACCEPTED) {
            staged++;
        }
        drain(0, staged, 100);
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("strategies")
    void takeWaitsForAMessage(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        Received received = new Received();
        Future<Integer> taken = threads.submit(() -> consumer.take(received, 1));
        producer.put(bytes("late"));
        assertEquals(1, taken.get());
        assertEquals(List.of("late"), received.texts());
    }

    @Test
    void waitsInAllForMoreTimeThanALongOfNanosecondsHolds() throws Exception {
        producer.put(0, bytes("a"), 0, 1, Duration.ofSeconds(Long.MAX_VALUE));
        assertEquals(1, consumer.take(message -> {}, 1, Duration.ofSeconds(Long.MAX_VALUE)));
        Future<Integer> taken = threads.submit(() -> consumer.take(m -> {}, 1, Duration.ofSeconds(Long.MAX_VALUE)));
        producer.offer(bytes("b"));
        assertEquals(1, taken.get());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void takeEndsOnInterruption(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        assertInterruptible(() -> consumer.take(NOBODY, 1));
        producer.offer(bytes("still works"));
        expect(consumer, "still works");
    }

    static void assertInterruptible(Executable waiting) throws InterruptedException {
        List<Throwable> ends = new ArrayList<>();
        Thread waiter = new Thread(() -> ends.add(assertThrows(InterruptedException.class, waiting)));
        waiter.start();
        waiter.interrupt();
        waiter.join();
        assertEquals(1, ends.size());
    }

    // ---- closing --------------------------------------------------------------------------------------------------

    @Test
    void deliversWhatIsLeftBeforeItReportsTheClose() throws InterruptedException {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        producer.close();
        Received received = new Received();
        assertEquals(1, consumer.poll(received, 1));
        assertEquals(1, consumer.take(received, 1));
        assertEquals(List.of("a", "b"), received.texts());
        assertEquals(RingConsumer.CLOSED, consumer.poll(NOBODY, 1));
        assertEquals(RingConsumer.CLOSED, consumer.peek(NOBODY, 1));
        assertEquals(RingConsumer.CLOSED, consumer.take(NOBODY, 1));
        assertEquals(PeerState.CLOSED, consumer.producerState());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void closeWakesTheWaitingConsumer(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        Future<Integer> taken = threads.submit(() -> consumer.take(NOBODY, 1));
        producer.close();
        assertEquals(RingConsumer.CLOSED, taken.get());
    }

    @Test
    void opensAgainWithTheNextProducer() {
        producer.close();
        assertEquals(RingConsumer.CLOSED, consumer.poll(NOBODY, 1));
        RingProducer next = ring.producer();
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
        next.offer(bytes("again"));
        expect(consumer, "again");
    }

    @Test
    void leavingIsNotClosing() throws InterruptedException {
        producer.offer(bytes("a"));
        producer.leave();
        expect(consumer, "a");
        assertEquals(RingConsumer.EMPTY, consumer.poll(NOBODY, 1));
        assertEquals(RingConsumer.EMPTY, consumer.take(NOBODY, 1, SHORT));
        assertEquals(PeerState.ABSENT, consumer.producerState());
        RingProducer next = ring.producer();
        next.offer(bytes("b"));
        expect(consumer, "b");
    }

    @Test
    void saysWhetherThePeerIsThere() {
        assertEquals(PeerState.LIVE, producer.consumerState());
        assertEquals(PeerState.LIVE, consumer.producerState());
        consumer.close();
        assertEquals(PeerState.ABSENT, producer.consumerState());
        RingConsumer next = ring.consumer();
        assertEquals(PeerState.LIVE, producer.consumerState());
        ring.kill(next);
        assertEquals(PeerState.DEAD, producer.consumerState());
    }

    static Stream<Consumer<RingProducer>> waysToPublish() {
        return Stream.of(
                producer -> producer.offer(bytes("a")),
                producer -> producer.offer(0, BytesStore.wrap(bytes("a")), 0, 1),
                producer -> {
                    producer.stage(0, bytes("a"), 0, 1);
                    producer.flush();
                },
                producer -> {
                    try (Claim claim = producer.claim(0, 1)) {
                        claim.setByte(0, (byte) 'a');
                        claim.commit();
                    }
                });
    }

    /** The ring is closed by another thread at each moment of the call. */
    @ParameterizedTest
    @MethodSource("waysToPublish")
    void publishesNothingInARingThatIsBeingClosedWithoutSayingSo(Consumer<RingProducer> publish) throws Exception {
        boolean closed = true;
        for (int access = 1; closed; access++) {
            useRingThatWaitsBy(WaitStrategy.backOff());
            producer.leave();
            SimulatedRing<?, ?> simulated = (SimulatedRing<?, ?>) ring;
            DyingMemory memory = simulated.attach();
            RegionMemory control = simulated.newProcess();
            RingProducer closing = simulated.producer(memory);
            memory.detachAt(access, () -> ((RoleHandle) closing).abandon(control));
            String[] published = {};
            try {
                publish.accept(closing);
                published = new String[] {"a"};
            } catch (DetachedException e) {
                // Then nobody gets it.
            }
            closed = memory.isDetached();
            expect(consumer, published);
        }
    }

    @Test
    void refusesUseOfAClosedProducer() {
        Claim claim = producer.claim(0, 8);
        producer.close();
        producer.close();
        producer.leave();
        List<Executable> uses = List.of(
                () -> producer.offer(new byte[1]),
                () -> producer.offer(0, BytesStore.wrap(new byte[1]), 0, 1),
                () -> producer.put(new byte[1]),
                () -> producer.claim(0, 1),
                () -> producer.awaitClaim(0, 1, LONG),
                () -> producer.stage(0, new byte[1], 0, 1),
                () -> producer.flush(),
                () -> producer.backlogBytes(),
                () -> producer.consumerState());
        for (Executable use : uses) {
            assertThrows(DetachedException.class, use);
        }
        assertThrows(IllegalStateException.class, claim::commit);
        assertEquals(RingConsumer.CLOSED, consumer.poll(NOBODY, 1));
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    @Test
    void deliversWhatADeadProducerCommittedThenReportsItsDeath() throws InterruptedException {
        producer.offer(bytes("a"));
        producer.stage(0, bytes("b"), 0, 1);
        ring.kill(producer);
        assertEquals(PeerState.DEAD, consumer.producerState());
        Received received = new Received();
        assertEquals(1, consumer.take(received, 10));
        assertEquals(List.of("a"), received.texts());
        assertEquals(RingConsumer.PEER_DEAD, consumer.take(NOBODY, 1));
        assertEquals(RingConsumer.PEER_DEAD, pollUntilNotEmpty());
    }

    private int pollUntilNotEmpty() {
        int result;
        do {
            result = consumer.poll(NOBODY, 1);
        } while (result == RingConsumer.EMPTY);
        return result;
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void takeNoticesTheDeathOfTheProducer(WaitStrategy strategy) throws Exception {
        useRingThatWaitsBy(strategy);
        Future<Integer> taken = threads.submit(() -> consumer.take(NOBODY, 1));
        ring.kill(producer);
        assertEquals(RingConsumer.PEER_DEAD, taken.get());
    }

    @Test
    void goesOnWithTheNextProducerAfterADeath() {
        producer.offer(bytes("a"));
        producer.stage(0, bytes("never seen"), 0, 10);
        ring.kill(producer);
        RingProducer next = ring.producer();
        next.offer(bytes("b"));
        expect(consumer, "a", "b");
    }

    @Test
    void failsLoudlyForAProducerThatWasWronglyHeldForDead() {
        producer.offer(bytes("a"));
        producer.stage(0, bytes("staged"), 0, 6);
        Claim claim = producer.claim(0, 7);
        ring.misjudge(producer);
        RingProducer next = ring.producer();
        next.offer(bytes("b"));
        assertThrows(LeaseLostException.class, claim::commit);
        claim.abort();
        List<Executable> uses = List.of(
                () -> producer.offer(new byte[1]),
                () -> producer.stage(0, new byte[1], 0, 1),
                () -> producer.claim(0, 1),
                () -> producer.put(new byte[1]),
                producer::flush,
                producer::close);
        for (Executable use : uses) {
            assertThrows(LeaseLostException.class, use);
        }
        // Told once: the handle is closed now.
        producer.close();
        producer.leave();
        next.offer(bytes("c"));
        expect(consumer, "a", "b", "c");
        assertEquals(PeerState.LIVE, consumer.producerState());
    }

    // ---- waiting beside others ------------------------------------------------------------------------------------

    /** What the strategy under test does each time that it is asked to wait. */
    static WaitStrategy whileWaiting(Runnable... actions) {
        Iterator<Runnable> rest = List.of(actions).iterator();
        return (word, condition, nanos) -> {
            rest.next().run();
            return condition.getAsBoolean();
        };
    }

    @Test
    void takeLetsItsConsumerBeUsedWhileItWaits() throws Exception {
        Received inside = new Received();
        useRingThatWaitsBy(whileWaiting(
                () -> {
                    producer.offer(bytes("a"));
                    producer.offer(bytes("b"));
                    assertEquals(2, consumer.poll(inside, 10));
                },
                () -> assertEquals(0, consumer.poll(inside, 10)),
                () -> {
                    producer.offer(bytes("c"));
                    producer.offer(bytes("d"));
                    producer.offer(bytes("e"));
                    assertEquals(1, consumer.poll(inside, 1));
                    assertEquals(2, consumer.peek(message -> {}, 10));
                }));
        Received outside = new Received();
        assertEquals(1, consumer.take(outside, 1, LONG));
        assertEquals(List.of("a", "b", "c"), inside.texts());
        assertEquals(List.of("d"), outside.texts());
        expect(consumer, "e");
    }

    // ---- helpers --------------------------------------------------------------------------------------------------

    /** Consumes exactly the messages {@code from} to {@code to}, exclusive. */
    final void drain(int from, int to, int length) {
        int[] next = {from};
        while (next[0] < to) {
            assertTrue(consumer.poll(message -> Payload.check(message, next[0]++, length), 4) > 0);
        }
        assertEquals(to, next[0]);
    }
}
