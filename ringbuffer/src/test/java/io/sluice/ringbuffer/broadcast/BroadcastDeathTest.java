package io.sluice.ringbuffer.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
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
import io.sluice.ringbuffer.lane.LaneLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Producers and consumers of either kind of broadcast ring, killed at every access of every operation: every live
 * consumer gets what was committed, once and whole, and a dead one keeps nobody waiting.
 */
@Timeout(300)
class BroadcastDeathTest {

    private static final int CAPACITY = 4096;
    private static final Duration LONG = Duration.ofHours(1);

    private static BroadcastTestRing ring(int places, boolean lossy, WaitStrategy strategy) {
        return lossy
                ? BroadcastTestRing.lossy(places, CAPACITY, false, strategy, false)
                : BroadcastTestRing.onHeap(places, CAPACITY, false, strategy);
    }

    private static void accept(OfferResult result) {
        assertEquals(OfferResult.ACCEPTED, result);
    }

    // ---- producers ------------------------------------------------------------------------------------------------

    /** Bytes of what a predecessor sends. */
    private static final int EARLY = 100;

    /** So many of these fill the ring. */
    private static final int FULL = 36;

    /** Bytes of what the victim and its successor send. */
    private static final int LENGTH = 200;

    private static final int VICTIM = 100;
    private static final int HEIR = 150;
    private static final int LAST = 200;

    /** What becomes of one of two consumers, while the other one reads. */
    private enum Slow {
        /** It reads what the predecessor has sent, before the victim comes. */
        READS,
        /** It has died instead. */
        IS_DEAD,
        /** It reads when the victim sleeps. */
        READS_LATE,
        /** It reads when the victim sleeps for the second time. */
        READS_VERY_LATE,
        /** It dies when the victim sleeps. */
        DIES
    }

    /** How many messages a predecessor has sent, and who has read them. */
    private record State(int early, Slow slow, boolean lossy) {
        @Override
        public String toString() {
            return (lossy ? "lossy, " : "") + early + " before, the slow one: " + slow;
        }
    }

    static Stream<Arguments> producers() {
        // The victim's records begin at the start, with one in front of the end, and with padding.
        List<State> states = new ArrayList<>();
        for (int early : new int[] {0, 34, FULL}) {
            states.add(new State(early, Slow.READS, false));
            states.add(new State(early, Slow.IS_DEAD, false));
            states.add(new State(early, Slow.READS, true));
        }
        return combined(ProducerOperation.all(), states);
    }

    /** Fewer, because both deaths are enumerated in each. */
    static Stream<Arguments> producersAndHeirs() {
        return combined(
                ProducerOperation.few(),
                List.of(new State(FULL, Slow.IS_DEAD, false), new State(FULL, Slow.READS, true)));
    }

    static Stream<Arguments> producersThatWait() {
        return combined(
                ProducerOperation.waiting(),
                Stream.of(Slow.READS_LATE, Slow.READS_VERY_LATE, Slow.DIES)
                        .map(slow -> new State(FULL, slow, false))
                        .toList());
    }

    private static Stream<Arguments> combined(List<ProducerOperation> operations, List<State> states) {
        return states.stream().flatMap(state -> operations.stream().map(operation -> Arguments.of(operation, state)));
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("producers")
    void everybodyGetsExactlyWhatADeadProducerCommitted(ProducerOperation operation, State state) {
        assertTrue(KillPoints.enumerate(() -> new ProducerTrial(operation, state)) > 5);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("producersThatWait")
    void everybodyGetsExactlyWhatWasCommittedAfterAWaitForRoom(ProducerOperation operation, State state) {
        assertTrue(KillPoints.enumerate(() -> new ProducerTrial(operation, state)) > 15);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("producersAndHeirs")
    void survivesTheDeathOfTheOneTakingOverToo(ProducerOperation operation, State state) {
        Supplier<ProducerTrial> victims = () -> new ProducerTrial(operation, state);
        for (KillPoint point : KillPoints.of(victims)) {
            KillPoints.enumerate(() -> {
                ProducerTrial victim = victims.get();
                point.kill(victim);
                return new HeirTrial(victim);
            });
        }
    }

    private static byte[] content(int number) {
        return Payload.of(number, LENGTH);
    }

    /** A consumer and what it has received, the messages of predecessors left out. */
    private static final class Reader {

        private final RingConsumer consumer;
        private final List<Integer> received = new ArrayList<>();
        private int early;

        Reader(RingConsumer consumer) {
            this.consumer = consumer;
        }

        void read() {
            int result;
            do {
                result = consumer.poll(
                        message -> {
                            if (message.length() == EARLY) {
                                Payload.check(message, early++, EARLY);
                            } else {
                                received.add(numberOf(message.toByteArray()));
                            }
                        },
                        10);
            } while (result > 0);
        }

        private static int numberOf(byte[] bytes) {
            return IntStream.of(VICTIM, VICTIM + 1, VICTIM + 2, HEIR, LAST)
                    .filter(number -> Arrays.equals(bytes, content(number)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("a torn or unknown message"));
        }
    }

    /** The victim joins, looks who is there, which takes their places from the dead, and carries out an operation. */
    private static final class ProducerTrial implements KillTrial {

        private final State state;
        private final ProducerOperation.Run run;
        private final BroadcastTestRing ring;
        private final DyingMemory memory;
        private final Reader quick;
        private final Reader slow;
        private RingProducer producer;
        private int sleeps;
        private boolean heirWasTold; // that its message is committed

        ProducerTrial(ProducerOperation operation, State state) {
            this.state = state;
            this.run = operation.prepare(number -> content(VICTIM + number));
            this.ring = ring(3, state.lossy, OneSleep.then(this::whileAsleep));
            RingProducer predecessor = ring.producer();
            this.quick = new Reader(ring.consumer());
            this.slow = new Reader(ring.consumer());
            for (int number = 0; number < state.early; number++) {
                accept(predecessor.offer(Payload.of(number, EARLY)));
            }
            predecessor.leave();
            quick.read();
            if (state.slow == Slow.READS) {
                slow.read();
            } else if (state.slow == Slow.IS_DEAD) {
                ring.kill(slow.consumer);
            }
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        private void whileAsleep() {
            sleeps++;
            if (state.slow == Slow.DIES) {
                ring.kill(slow.consumer);
            } else if (state.slow == Slow.READS_LATE || sleeps > 1) {
                slow.read();
            }
        }

        private boolean isSlowAlive() {
            return state.slow != Slow.IS_DEAD && (state.slow != Slow.DIES || sleeps == 0);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            producer = ring.producer(memory);
            producer.consumerState();
            run.go(producer);
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                producer.leave();
            }
            quick.read();
            if (isSlowAlive()) {
                slow.read();
            }
            RingProducer successor = ring.producer();
            successor.consumerState();
            Reader late = new Reader(ring.consumer());
            accept(successor.offer(content(LAST)));
            check(quick);
            if (isSlowAlive()) {
                check(slow);
            }
            late.read();
            assertEquals(List.of(LAST), late.received);
        }

        private void check(Reader reader) {
            reader.read();
            assertEquals(state.early, reader.early);
            boolean inherited = reader.received.contains(HEIR);
            assertTrue(inherited || !heirWasTold, () -> "received " + reader.received);
            assertTrue(
                    reader.received.equals(expected(run.certain(), inherited))
                            || reader.received.equals(expected(run.possible(), inherited)),
                    () -> "received " + reader.received + ", expected " + run.certain() + " or " + run.possible());
        }

        private static List<Integer> expected(int committed, boolean inherited) {
            List<Integer> all = new ArrayList<>();
            for (int number = 0; number < committed; number++) {
                all.add(VICTIM + number);
            }
            if (inherited) {
                all.add(HEIR);
            }
            all.add(LAST);
            return all;
        }
    }

    /** After the victim's death another takes over and sends a message, and may die on the way. */
    private static final class HeirTrial implements KillTrial {

        private final ProducerTrial victim;
        private final DyingMemory memory;

        HeirTrial(ProducerTrial victim) {
            this.victim = victim;
            this.memory = DyingMemory.over(victim.ring.newProcess(), victim.ring.liveness());
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            RingProducer heir = victim.ring.producer(memory);
            heir.consumerState();
            accept(heir.offer(content(HEIR)));
            victim.heirWasTold = true;
            heir.leave();
        }

        @Override
        public void survive() {
            victim.survive();
        }
    }

    // ---- consumers ------------------------------------------------------------------------------------------------

    private interface Action {
        void run(ConsumerTrial trial) throws InterruptedException;
    }

    private record Operation(String name, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> consumers() {
        List<Operation> operations = List.of(
                new Operation("join", trial -> {}),
                new Operation("close", trial -> trial.consumer.close()),
                new Operation("poll two", trial -> {
                    trial.send(2);
                    trial.poll(10);
                }),
                new Operation("poll one by one, then close", trial -> {
                    trial.send(3);
                    trial.poll(1);
                    trial.poll(1);
                    trial.poll(1);
                    trial.consumer.close();
                }),
                new Operation("peek, then poll two", trial -> {
                    trial.send(3);
                    assertEquals(3, trial.consumer.peek(message -> {}, 10));
                    trial.poll(2);
                }),
                new Operation("peek, then close", trial -> {
                    trial.send(3);
                    assertEquals(2, trial.consumer.peek(message -> {}, 2));
                    trial.consumer.close();
                }),
                new Operation("take what comes, then close", trial -> {
                    assertEquals(1, trial.consumer.take(trial::check, 10, LONG));
                    trial.consumer.close();
                }),
                new Operation("poll round the ring", trial -> {
                    for (int round = 0; round < 5; round++) {
                        trial.send(10);
                        trial.poll(10);
                    }
                }));
        return Stream.of(false, true)
                .flatMap(lossy -> operations.stream().map(operation -> Arguments.of(operation, lossy)));
    }

    @ParameterizedTest(name = "{0}; lossy: {1}")
    @MethodSource("consumers")
    void aDeadConsumerKeepsNobodyWaiting(Operation operation, boolean lossy) {
        assertTrue(KillPoints.enumerate(() -> new ConsumerTrial(operation, lossy)) > 1);
    }

    /** The victim joins and carries out an operation, beside another consumer that reads everything at once. */
    private static final class ConsumerTrial implements KillTrial {

        private final Operation operation;
        private final BroadcastTestRing ring;
        private final RingProducer producer;
        private final RingConsumer other;
        private final DyingMemory memory;
        private RingConsumer consumer;
        private int sent;
        private int read; // by the other one
        private int handled; // by the victim

        ConsumerTrial(Operation operation, boolean lossy) {
            this.operation = operation;
            this.ring = ring(2, lossy, OneSleep.then(this::whileAsleep));
            this.producer = ring.producer();
            this.other = ring.consumer();
            // Whoever leaves or reads meets a producer that may be asleep.
            ring.newProcess().setInt(ring.geometry().laneAt(LaneLayout.SPACE), 1);
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        private void whileAsleep() {
            // Else it is the producer that sleeps, as the victim is in its way.
            if (!memory.isDead()) {
                send(1);
            }
        }

        private void send(int messages) {
            for (int i = 0; i < messages; i++) {
                accept(producer.offer(Payload.of(sent, EARLY)));
                sent++;
                readOther();
            }
        }

        private void readOther() {
            assertEquals(1, other.poll(message -> Payload.check(message, read, EARLY), 10));
            read++;
        }

        private void poll(int limit) {
            assertTrue(consumer.poll(this::check, limit) > 0);
        }

        private void check(Message message) {
            Payload.check(message, handled++, EARLY);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            consumer = ring.consumer(memory);
            try {
                operation.action.run(this);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                consumer.close();
            }
            // The producer goes round and round, and the other consumer gets everything.
            for (int i = 0; i < 200; i++) {
                putOne();
                readOther();
            }
            // The place is free again.
            RingConsumer next = ring.consumer();
            send(1);
            assertEquals(1, next.poll(message -> Payload.check(message, sent - 1, EARLY), 10));
        }

        private void putOne() {
            try {
                accept(producer.put(0, Payload.of(sent, EARLY), 0, EARLY, LONG));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            sent++;
        }
    }
}
