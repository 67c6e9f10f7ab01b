package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoint;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.ProducerOperation;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.record.Records;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A producer killed at every access of every operation: what it had committed is delivered once and whole, what it had
 * not is never seen, and the next producer, which may be killed as well, goes on.
 */
@Timeout(300)
class SpscProducerDeathTest {

    private static final int CAPACITY = 4096;
    private static final int LENGTH = 200;

    /** Numbers of messages, by who sends them. */
    private static final int VICTIM = 100;

    private static final int SUCCESSOR = 200;
    private static final int LAST = 300;

    /** Where the ring stands when the operation starts. */
    private record State(String name, long index, int backlog, boolean consumerAsleep, boolean checksum) {
        /** Whether there is no room for another message. */
        boolean isFull() {
            return (backlog + 1) * recordLength(checksum) > CAPACITY;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static long recordLength(boolean checksum) {
        return Records.recordLength(checksum ? Records.HEADER_WITH_CHECKSUM : Records.HEADER, LENGTH);
    }

    private static byte[] content(int number) {
        return Payload.of(number, LENGTH);
    }

    private static void accept(OfferResult result) {
        assertEquals(OfferResult.ACCEPTED, result);
    }

    private static Stream<State> states() {
        List<State> states = new ArrayList<>();
        for (boolean checksum : new boolean[] {false, true}) {
            String suffix = checksum ? ", checksums" : "";
            states.add(new State("empty" + suffix, 0, 0, false, checksum));
            states.add(new State("empty, consumer asleep" + suffix, 1024, 0, true, checksum));
            states.add(new State("two messages" + suffix, 512, 2, false, checksum));
            states.add(new State("padding next" + suffix, CAPACITY - 64, 0, true, checksum));
            states.add(new State("padding after the next" + suffix, CAPACITY - 320, 1, false, checksum));
            states.add(new State("last 8 bytes" + suffix, CAPACITY - 8, 0, false, checksum));
            states.add(new State("in the slack" + suffix, CAPACITY - 168, 1, true, checksum));
            states.add(new State("second lap" + suffix, 7L * CAPACITY + 2000, 10, false, checksum));
        }
        return states.stream();
    }

    static Stream<Arguments> operationsInStates() {
        return combined(ProducerOperation.all(), states());
    }

    private static Stream<Arguments> combined(List<ProducerOperation> operations, Stream<State> states) {
        return states.flatMap(state -> operations.stream().map(operation -> Arguments.of(operation, state)));
    }

    /** Where nothing can be sent before something is read. */
    static Stream<Arguments> waitingInFullRings() {
        List<State> states = new ArrayList<>();
        for (boolean checksum : new boolean[] {false, true}) {
            int backlog = (int) (CAPACITY / recordLength(checksum));
            String suffix = checksum ? ", checksums" : "";
            states.add(new State("full" + suffix, 512, backlog, false, checksum));
            states.add(new State("full, padding next" + suffix, 64, backlog, true, checksum));
        }
        return combined(ProducerOperation.waiting(), states.stream());
    }

    /** Fewer, because both deaths are enumerated in each. */
    static Stream<Arguments> operationsInSomeStates() {
        Stream<State> some = states().filter(
                        state -> state.index != 0 && !state.checksum && (state.consumerAsleep || state.backlog > 0));
        return combined(ProducerOperation.few(), some);
    }

    // ---- tests ----------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInStates")
    void deliversExactlyWhatWasCommitted(ProducerOperation operation, State state) {
        int points = KillPoints.enumerate(() -> new ProducerTrial(operation, state));
        assertTrue(points > 0);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("waitingInFullRings")
    void deliversExactlyWhatWasCommittedAfterAWaitForRoom(ProducerOperation operation, State state) {
        int points = KillPoints.enumerate(() -> new ProducerTrial(operation, state));
        assertTrue(points > 15);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void aProducerThatDiesWhileJoiningChangesNothing(State state) {
        int points = KillPoints.enumerate(() -> new JoinTrial(state));
        assertTrue(points > 2);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInSomeStates")
    void survivesTheDeathOfTheOneTakingOverToo(ProducerOperation operation, State state) {
        Supplier<ProducerTrial> victims = () -> new ProducerTrial(operation, state);
        for (KillPoint point : KillPoints.of(victims)) {
            KillPoints.enumerate(() -> {
                ProducerTrial victim = victims.get();
                point.kill(victim);
                return new TakeoverTrial(victim);
            });
        }
    }

    // ---- trials ---------------------------------------------------------------------------------------------------

    private static SpscTestRing ringIn(State state, WaitStrategy strategy) {
        SpscTestRing ring = SpscTestRing.onHeap(CAPACITY, state.checksum, strategy);
        var memory = ring.newProcess();
        memory.setLong(SpscLayout.TAIL, state.index);
        memory.setLong(SpscLayout.HEAD, state.index);
        LaneProducer earlier = ring.producer(memory);
        for (int number = 0; number < state.backlog; number++) {
            accept(earlier.offer(content(number)));
        }
        earlier.leave();
        if (state.consumerAsleep) {
            memory.setInt(SpscLayout.DATA, 1);
        }
        return ring;
    }

    /** Reads everything out of the ring; each message must be whole. */
    private static List<Integer> received(RingConsumer consumer, List<Integer> possible) {
        List<Integer> numbers = new ArrayList<>();
        int result;
        do {
            result = read(consumer, 100, possible, numbers);
        } while (result > 0);
        return numbers;
    }

    private static int read(RingConsumer consumer, int limit, List<Integer> possible, List<Integer> numbers) {
        return consumer.poll(
                message -> {
                    byte[] bytes = message.toByteArray();
                    for (int number : possible) {
                        if (Arrays.equals(bytes, content(number))) {
                            numbers.add(number);
                            return;
                        }
                    }
                    throw new AssertionError("a torn or unknown message at " + message.position());
                },
                limit);
    }

    private static List<Integer> numbers(int from, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(from + i);
        }
        return numbers;
    }

    /** The victim carries out an operation; if it sleeps for room, the consumer makes some. */
    private static final class ProducerTrial implements KillTrial {

        private final State state;
        private final SpscTestRing ring;
        private final DyingMemory memory;
        private final LaneProducer producer;
        private final ProducerOperation.Run run;
        private final List<Integer> possible;
        private final List<Integer> found = new ArrayList<>();
        private RingConsumer consumer;

        ProducerTrial(ProducerOperation operation, State state) {
            this.state = state;
            this.ring = ringIn(state, OneSleep.then(this::makeRoom));
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
            this.producer = ring.producer(memory);
            this.run = operation.prepare(number -> content(VICTIM + number));
            this.possible = new ArrayList<>(numbers(0, state.backlog));
            possible.addAll(numbers(VICTIM, 3));
            possible.addAll(List.of(SUCCESSOR, LAST));
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            run.go(producer);
        }

        RingConsumer consumer() {
            if (consumer == null) {
                consumer = ring.consumer();
            }
            return consumer;
        }

        private void makeRoom() {
            assertEquals(2, read(consumer(), 2, possible, found));
        }

        @Override
        public void survive() {
            if (memory.isDead()) {
                assertTrue(List.of(PeerState.DEAD, PeerState.ABSENT, PeerState.CLOSED)
                        .contains(consumer().producerState()));
            } else {
                producer.leave();
            }
            if (state.isFull()) {
                makeRoom();
            }
            RingProducer next = ring.producer();
            accept(next.offer(content(LAST)));
            checkReceived(List.of(LAST));
            next.close();
            assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
        }

        /** Everything committed, in order, followed by {@code after}. */
        void checkReceived(List<Integer> after) {
            found.addAll(received(consumer(), possible));
            // What was reported done is there; the publication that was under way may be, whole; nothing beyond it is.
            List<Integer> least = expected(run.certain(), after);
            List<Integer> most = expected(run.possible(), after);
            assertTrue(
                    found.equals(least) || found.equals(most),
                    () -> "found " + found + ", expected " + least + " or " + most);
        }

        private List<Integer> expected(int committed, List<Integer> after) {
            List<Integer> all = new ArrayList<>(numbers(0, state.backlog));
            all.addAll(numbers(VICTIM, committed));
            all.addAll(after);
            return all;
        }
    }

    /** The victim joins. */
    private static final class JoinTrial implements KillTrial {

        private final State state;
        private final SpscTestRing ring;
        private final DyingMemory memory;

        JoinTrial(State state) {
            this.state = state;
            this.ring = ringIn(state, WaitStrategy.backOff());
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            ring.producer(memory).leave();
        }

        @Override
        public void survive() {
            RingProducer next = ring.producer();
            accept(next.offer(content(LAST)));
            List<Integer> all = new ArrayList<>(numbers(0, state.backlog));
            all.add(LAST);
            assertEquals(all, received(ring.consumer(), all));
        }
    }

    /** After the victim's death another takes over and sends a message, and may die on the way. */
    private static final class TakeoverTrial implements KillTrial {

        private final ProducerTrial victim;
        private final DyingMemory memory;
        private boolean accepted;

        TakeoverTrial(ProducerTrial victim) {
            this.victim = victim;
            this.memory = DyingMemory.over(victim.ring.newProcess(), victim.ring.liveness());
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            LaneProducer successor = victim.ring.producer(memory);
            accept(successor.offer(content(SUCCESSOR)));
            accepted = true;
            successor.leave();
        }

        @Override
        public void survive() {
            RingProducer last = victim.ring.producer();
            accept(last.offer(content(LAST)));
            if (accepted || isPublished(victim.consumer())) {
                victim.checkReceived(List.of(SUCCESSOR, LAST));
            } else {
                victim.checkReceived(List.of(LAST));
            }
        }

        private static boolean isPublished(RingConsumer consumer) {
            boolean[] seen = {false};
            consumer.peek(message -> seen[0] |= Arrays.equals(message.toByteArray(), content(SUCCESSOR)), 100);
            return seen[0];
        }
    }
}
