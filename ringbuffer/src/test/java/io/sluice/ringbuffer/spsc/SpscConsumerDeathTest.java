package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoint;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A consumer killed at every access of every operation: what it had not acknowledged comes again to the next one, in
 * order and whole, and nothing that it had acknowledged does.
 */
@Timeout(300)
class SpscConsumerDeathTest {

    private static final int CAPACITY = 4096;
    private static final Duration LONG = Duration.ofHours(1);

    /** What a consumer was doing. */
    private record Operation(String name, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Action {
        void run(RingConsumer consumer, Progress progress);
    }

    private interface Delivery {
        int to(MessageHandler handler) throws InterruptedException;
    }

    /** Where the ring stands when the operation starts. */
    private record State(String name, long index, int messages, int length, boolean producerAsleep, boolean checksum) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What the victim has handled, and what it has been told is acknowledged. */
    private static final class Progress {
        private final State state;
        private int handled;
        private int acknowledged;

        Progress(State state) {
            this.state = state;
        }

        void poll(RingConsumer consumer, int limit) {
            handle(handler -> consumer.poll(handler, limit));
        }

        void take(RingConsumer consumer, int limit) {
            assertTrue(handle(handler -> consumer.take(handler, limit, LONG)) > 0);
        }

        private int handle(Delivery delivery) {
            int result;
            try {
                result = delivery.to(message -> {
                    Payload.check(message, handled, state.length);
                    // Only now: a death while it reads leaves the message unhandled.
                    handled++;
                });
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            acknowledged = handled;
            return result;
        }
    }

    private static Stream<Operation> operations() {
        return Stream.of(
                new Operation("poll one", (consumer, progress) -> progress.poll(consumer, 1)),
                new Operation("poll three", (consumer, progress) -> progress.poll(consumer, 3)),
                new Operation("poll all", (consumer, progress) -> progress.poll(consumer, Integer.MAX_VALUE)),
                new Operation("poll one by one", (consumer, progress) -> {
                    for (int i = 0; i < 4; i++) {
                        progress.poll(consumer, 1);
                    }
                }),
                new Operation("take two", (consumer, progress) -> progress.take(consumer, 2)),
                new Operation("poll all, then take what comes", (consumer, progress) -> {
                    progress.poll(consumer, Integer.MAX_VALUE);
                    progress.take(consumer, 2);
                }),
                new Operation("peek all", (consumer, progress) -> consumer.peek(message -> {}, Integer.MAX_VALUE)),
                new Operation("peek, then poll two", (consumer, progress) -> {
                    consumer.peek(message -> {}, 4);
                    progress.poll(consumer, 2);
                }),
                new Operation("poll two, then close", (consumer, progress) -> {
                    progress.poll(consumer, 2);
                    consumer.close();
                }),
                new Operation("close", (consumer, progress) -> consumer.close()));
    }

    private static Stream<State> states() {
        List<State> states = new ArrayList<>();
        for (boolean checksum : new boolean[] {false, true}) {
            String suffix = checksum ? ", checksums" : "";
            states.add(new State("empty" + suffix, 0, 0, 8, false, checksum));
            states.add(new State("five messages" + suffix, 0, 5, 50, false, checksum));
            states.add(new State("five, producer asleep" + suffix, 3 * 1024, 5, 50, true, checksum));
            states.add(new State("padding first" + suffix, CAPACITY - 64, 4, 200, false, checksum));
            states.add(new State("padding in between" + suffix, CAPACITY - 500, 5, 200, true, checksum));
            states.add(new State("through the slack" + suffix, CAPACITY - 176, 4, 160, false, checksum));
            states.add(new State("more than a quarter" + suffix, 5L * CAPACITY + 800, 8, 400, true, checksum));
        }
        return states.stream().map(SpscConsumerDeathTest::aligned);
    }

    private static State aligned(State state) {
        return new State(
                state.name, state.index & -8, state.messages, state.length, state.producerAsleep, state.checksum);
    }

    static Stream<Arguments> operationsInStates() {
        return states().flatMap(state -> operations().map(operation -> Arguments.of(operation, state)));
    }

    /** Fewer, because both deaths are enumerated in each. */
    static Stream<Arguments> operationsInSomeStates() {
        return states().filter(state -> state.index != 0 && !state.checksum)
                .flatMap(state -> operations().map(operation -> Arguments.of(operation, state)));
    }

    // ---- tests ----------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInStates")
    void deliversAgainExactlyWhatWasNotAcknowledged(Operation operation, State state) {
        int points = KillPoints.enumerate(() -> new ConsumerTrial(operation, state));
        assertTrue(points > 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void aConsumerThatDiesWhileJoiningChangesNothing(State state) {
        int points = KillPoints.enumerate(() -> new JoinTrial(state));
        assertTrue(points > 2);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInSomeStates")
    void survivesTheDeathOfTheOneTakingOverToo(Operation operation, State state) {
        Supplier<ConsumerTrial> victims = () -> new ConsumerTrial(operation, state);
        for (KillPoint point : KillPoints.of(victims)) {
            KillPoints.enumerate(() -> {
                ConsumerTrial victim = victims.get();
                point.kill(victim);
                return new TakeoverTrial(victim);
            });
        }
    }

    // ---- trials ---------------------------------------------------------------------------------------------------

    /** A ring with messages 0, 1, 2, ... in it, and one more whenever the consumer sleeps. */
    private static final class Scene {

        private final State state;
        private final SpscTestRing ring;
        private final RegionMemory producing;
        private final LaneProducer producer;
        private final List<Long> ends = new ArrayList<>();

        Scene(State state) {
            this.state = state;
            ring = SpscTestRing.onHeap(CAPACITY, state.checksum, OneSleep.then(this::send));
            producing = ring.newProcess();
            producing.setLong(SpscLayout.TAIL, state.index);
            producing.setLong(SpscLayout.HEAD, state.index);
            producer = ring.producer(producing);
            while (ends.size() < state.messages) {
                send();
            }
            if (state.producerAsleep) {
                producing.setInt(SpscLayout.SPACE, 1);
            }
        }

        private void send() {
            assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(ends.size(), state.length)));
            ends.add(producing.getLong(SpscLayout.TAIL));
        }

        DyingMemory dyingProcess() {
            return DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        /** How many messages HEAD says are acknowledged. */
        int acknowledged() {
            long head = producing.getLong(SpscLayout.HEAD);
            return (int) ends.stream().filter(end -> end <= head).count();
        }

        /** The next consumer gets messages {@code first} to the last, each once and whole, and those sent from now on. */
        void checkRest(int first) {
            RingConsumer next = ring.consumer();
            int[] number = {first};
            int result;
            do {
                result = next.poll(message -> Payload.check(message, number[0]++, state.length), 2);
            } while (result > 0);
            assertEquals(ends.size(), number[0]);
            // All space is free again.
            assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(77, CAPACITY / 2)));
            assertEquals(1, next.poll(message -> Payload.check(message, 77, CAPACITY / 2), 2));
            producer.close();
            assertEquals(RingConsumer.CLOSED, next.poll(message -> {}, 1));
        }
    }

    /** The victim carries out an operation. */
    private static final class ConsumerTrial implements KillTrial {

        private final Operation operation;
        private final Scene scene;
        private final DyingMemory memory;
        private final LaneConsumer consumer;
        private final Progress progress;

        ConsumerTrial(Operation operation, State state) {
            this.operation = operation;
            this.scene = new Scene(state);
            this.memory = scene.dyingProcess();
            this.consumer = scene.ring.consumer(memory);
            this.progress = new Progress(state);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            operation.action.run(consumer, progress);
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                consumer.close();
            }
            scene.checkRest(checkAcknowledged());
        }

        /** Nothing unhandled is acknowledged, and nothing that was reported acknowledged is forgotten. */
        int checkAcknowledged() {
            int acknowledged = scene.acknowledged();
            assertTrue(
                    progress.acknowledged <= acknowledged && acknowledged <= progress.handled,
                    () -> acknowledged + " acknowledged of " + progress.handled + " handled, at least "
                            + progress.acknowledged + " expected");
            return acknowledged;
        }
    }

    /** The victim joins. */
    private static final class JoinTrial implements KillTrial {

        private final Scene scene;
        private final DyingMemory memory;

        JoinTrial(State state) {
            this.scene = new Scene(state);
            this.memory = scene.dyingProcess();
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            scene.ring.consumer(memory).close();
        }

        @Override
        public void survive() {
            scene.checkRest(0);
        }
    }

    /** After the victim's death another takes over and polls, and may die on the way. */
    private static final class TakeoverTrial implements KillTrial {

        private final ConsumerTrial victim;
        private final DyingMemory memory;
        private final Progress progress;

        TakeoverTrial(ConsumerTrial victim) {
            this.victim = victim;
            this.memory = victim.scene.dyingProcess();
            this.progress = new Progress(victim.scene.state);
            progress.handled = victim.checkAcknowledged();
            progress.acknowledged = progress.handled;
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            LaneConsumer successor = victim.scene.ring.consumer(memory);
            progress.poll(successor, 2);
            successor.close();
        }

        @Override
        public void survive() {
            int acknowledged = victim.scene.acknowledged();
            assertTrue(progress.acknowledged <= acknowledged && acknowledged <= progress.handled);
            victim.scene.checkRest(acknowledged);
        }
    }
}
