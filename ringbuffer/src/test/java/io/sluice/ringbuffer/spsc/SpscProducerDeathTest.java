package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoint;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.lane.LaneProducer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.BytesStore;
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

    /**
     * What a producer was doing.
     *
     * @param steps how many messages are committed after each of its steps, in order; every step is one publication
     */
    private record Operation(String name, List<Integer> steps, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Action {
        void run(RingProducer producer, Progress progress);
    }

    /** Where the ring stands when the operation starts. */
    private record State(String name, long index, int backlog, boolean consumerAsleep, boolean checksum) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Steps that the operation has been told are done. */
    private static final class Progress {
        private int stepsDone;

        void stepDone() {
            stepsDone++;
        }
    }

    private static byte[] content(int number) {
        return Payload.of(number, LENGTH);
    }

    private static void accept(OfferResult result) {
        assertEquals(OfferResult.ACCEPTED, result);
    }

    private static void stage(RingProducer producer, int number) {
        accept(producer.stage(0, content(number), 0, LENGTH));
    }

    private static Stream<Operation> operations() {
        return Stream.of(
                new Operation("offer array", List.of(0, 1), (producer, progress) -> {
                    accept(producer.offer(content(VICTIM)));
                    progress.stepDone();
                }),
                new Operation("offer heap store", List.of(0, 1), (producer, progress) -> {
                    accept(producer.offer(0, BytesStore.wrap(content(VICTIM)), 0, LENGTH));
                    progress.stepDone();
                }),
                new Operation("offer native store", List.of(0, 1), (producer, progress) -> {
                    BytesStore<?, ?> store = BytesStore.nativeStoreWithFixedCapacity(LENGTH);
                    try {
                        store.write(0, content(VICTIM));
                        accept(producer.offer(0, store, 0, LENGTH));
                        progress.stepDone();
                    } finally {
                        store.releaseLast();
                    }
                }),
                new Operation("three offers", List.of(0, 1, 2, 3), (producer, progress) -> {
                    for (int i = 0; i < 3; i++) {
                        accept(producer.offer(content(VICTIM + i)));
                        progress.stepDone();
                    }
                }),
                new Operation("claim and commit", List.of(0, 1), (producer, progress) -> {
                    Claim claim = producer.claim(0, LENGTH);
                    claim.setBytes(0, content(VICTIM), 0, LENGTH);
                    claim.commit();
                    progress.stepDone();
                }),
                new Operation("claim and abort, then offer", List.of(0, 1), (producer, progress) -> {
                    try (Claim claim = producer.claim(0, 1000)) {
                        claim.setBytes(0, content(VICTIM + 50), 0, LENGTH);
                    }
                    accept(producer.offer(content(VICTIM)));
                    progress.stepDone();
                }),
                new Operation("stage and flush", List.of(0, 3), (producer, progress) -> {
                    stage(producer, VICTIM);
                    stage(producer, VICTIM + 1);
                    stage(producer, VICTIM + 2);
                    producer.flush();
                    progress.stepDone();
                }),
                new Operation("stage, then offer", List.of(0, 2), (producer, progress) -> {
                    stage(producer, VICTIM);
                    accept(producer.offer(content(VICTIM + 1)));
                    progress.stepDone();
                }),
                new Operation("stage, then leave", List.of(0, 1), (producer, progress) -> {
                    stage(producer, VICTIM);
                    producer.leave();
                    progress.stepDone();
                }),
                new Operation("stage, then close", List.of(0, 1), (producer, progress) -> {
                    stage(producer, VICTIM);
                    producer.close();
                    progress.stepDone();
                }),
                new Operation("leave", List.of(0), (producer, progress) -> producer.leave()),
                new Operation("close", List.of(0), (producer, progress) -> producer.close()));
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
        return states().flatMap(state -> operations().map(operation -> Arguments.of(operation, state)));
    }

    /** Fewer, because both deaths are enumerated in each. */
    static Stream<Arguments> operationsInSomeStates() {
        return states().filter(
                        state -> state.index != 0 && !state.checksum && (state.consumerAsleep || state.backlog > 0))
                .flatMap(state -> operations().map(operation -> Arguments.of(operation, state)));
    }

    // ---- tests ----------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInStates")
    void deliversExactlyWhatWasCommitted(Operation operation, State state) {
        int points = KillPoints.enumerate(() -> new ProducerTrial(operation, state));
        assertTrue(points > 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void aProducerThatDiesWhileJoiningChangesNothing(State state) {
        int points = KillPoints.enumerate(() -> new JoinTrial(state));
        assertTrue(points > 2);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInSomeStates")
    void survivesTheDeathOfTheOneTakingOverToo(Operation operation, State state) {
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

    private static SpscTestRing ringIn(State state) {
        SpscTestRing ring = SpscTestRing.onHeap(CAPACITY, state.checksum, WaitStrategy.backOff());
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
            result = consumer.poll(
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
                    100);
        } while (result > 0);
        return numbers;
    }

    private static List<Integer> numbers(int from, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(from + i);
        }
        return numbers;
    }

    /** The victim carries out an operation. */
    private static final class ProducerTrial implements KillTrial {

        private final Operation operation;
        private final State state;
        private final SpscTestRing ring;
        private final DyingMemory memory;
        private final LaneProducer producer;
        private final Progress progress = new Progress();

        ProducerTrial(Operation operation, State state) {
            this.operation = operation;
            this.state = state;
            this.ring = ringIn(state);
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
            this.producer = ring.producer(memory);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            operation.action.run(producer, progress);
        }

        @Override
        public void survive() {
            RingConsumer consumer = ring.consumer();
            if (memory.isDead()) {
                assertTrue(List.of(PeerState.DEAD, PeerState.ABSENT, PeerState.CLOSED)
                        .contains(consumer.producerState()));
            } else {
                producer.leave();
            }
            RingProducer next = ring.producer();
            accept(next.offer(content(LAST)));
            checkReceived(consumer, List.of(LAST));
            next.close();
            assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
        }

        /** Everything committed, in order, followed by {@code after}. */
        void checkReceived(RingConsumer consumer, List<Integer> after) {
            List<Integer> possible = new ArrayList<>(numbers(0, state.backlog));
            possible.addAll(numbers(VICTIM, 3));
            possible.addAll(List.of(SUCCESSOR, LAST));
            List<Integer> found = received(consumer, possible);
            int steps = operation.steps.size() - 1;
            // What was reported done is there; the step that was under way may be, whole; nothing beyond it is.
            int certain = operation.steps.get(Math.min(progress.stepsDone, steps));
            int underWay = operation.steps.get(Math.min(progress.stepsDone + 1, steps));
            List<Integer> least = expected(certain, after);
            List<Integer> most = expected(underWay, after);
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
            this.ring = ringIn(state);
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
            RingConsumer consumer = victim.ring.consumer();
            if (accepted || isPublished(consumer)) {
                victim.checkReceived(consumer, List.of(SUCCESSOR, LAST));
            } else {
                victim.checkReceived(consumer, List.of(LAST));
            }
        }

        private static boolean isPublished(RingConsumer consumer) {
            boolean[] seen = {false};
            consumer.peek(message -> seen[0] |= Arrays.equals(message.toByteArray(), content(SUCCESSOR)), 100);
            return seen[0];
        }
    }
}
