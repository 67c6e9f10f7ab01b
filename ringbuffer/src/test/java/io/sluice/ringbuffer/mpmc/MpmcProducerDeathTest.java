package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoint;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.ProducerOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A producer killed at every access, from joining to leaving: what it committed is delivered, the rest is never seen, the
 * other producer's messages come as if nothing had been, and its lane is used again.
 */
@Timeout(300)
class MpmcProducerDeathTest {

    private static final int CAPACITY = 4096;

    /** What a predecessor has left in the lane that the victim gets. */
    private enum Left {
        NOTHING,
        /** Two messages, the oldest with a dead consumer. */
        HELD_BY_THE_DEAD,
        /** So many messages that there is no room for another one. */
        NO_ROOM
    }

    /** Length of the victim's messages, and what its lane has. */
    private record State(String name, int length, Left left, boolean checksum) {
        @Override
        public String toString() {
            return name + (checksum ? ", checksums" : "");
        }
    }

    static Stream<Arguments> operationsInStates() {
        List<ProducerOperation> operations = new ArrayList<>(ProducerOperation.all());
        operations.add(ProducerOperation.offerUntilFull());
        return combined(
                operations,
                checksum -> Stream.of(
                        new State("short messages", 300, Left.NOTHING, checksum),
                        new State("long messages", 1300, Left.NOTHING, checksum),
                        new State("the dead hold the oldest", 700, Left.HELD_BY_THE_DEAD, checksum)));
    }

    static Stream<Arguments> operationsThatWait() {
        return combined(
                ProducerOperation.waiting(),
                checksum -> Stream.of(
                        new State("short messages, full", 300, Left.NO_ROOM, checksum),
                        new State("long messages, full", 1300, Left.NO_ROOM, checksum)));
    }

    /** Fewer, because both deaths are enumerated in each. */
    static Stream<Arguments> operationsAndHeirs() {
        State state = new State("the dead hold the oldest", 700, Left.HELD_BY_THE_DEAD, false);
        return ProducerOperation.few().stream().map(operation -> Arguments.of(operation, state));
    }

    private static Stream<Arguments> combined(
            List<ProducerOperation> operations, Function<Boolean, Stream<State>> states) {
        return Stream.of(false, true).flatMap(states).flatMap(state -> operations.stream()
                .map(operation -> Arguments.of(operation, state)));
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInStates")
    void everythingCommittedArrivesAndNothingElse(ProducerOperation operation, State state) {
        int points = KillPoints.enumerate(() -> new ProducerTrial(operation, state));
        assertTrue(points > 3);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsThatWait")
    void everythingCommittedArrivesAndNothingElseAfterAWaitForRoom(ProducerOperation operation, State state) {
        int points = KillPoints.enumerate(() -> new ProducerTrial(operation, state));
        assertTrue(points > 15);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsAndHeirs")
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

    /**
     * The victim joins and carries out an operation; if it sleeps for room, a consumer makes some. The messages of its
     * lane are numbered from 1000.
     */
    private static final class ProducerTrial implements KillTrial {

        private static final int FIRST = 1000;
        private static final int OTHERS = 3;
        private static final int OTHERS_LENGTH = 20;
        private static final int HEIRS_LENGTH = 30;

        private final State state;
        private final MpmcTestRing ring;
        private final RingProducer other;
        private final MpmcConsumer consumer;
        private final DyingMemory memory;
        private final ProducerOperation.Run run;
        private final List<Integer> others = new ArrayList<>();
        private final List<Integer> lanes = new ArrayList<>();
        private int left; // messages of the predecessor
        private int inherited; // messages of an heir
        private boolean heirWasTold; // that its message is committed

        ProducerTrial(ProducerOperation operation, State state) {
            this.state = state;
            this.ring = MpmcTestRing.onHeap(2, 3, CAPACITY, state.checksum, OneSleep.then(this::makeRoom));
            RingProducer predecessor = ring.producer();
            this.other = ring.producer();
            this.consumer = ring.consumer();
            if (state.left != Left.NOTHING) {
                leave(predecessor, state.left == Left.NO_ROOM ? Integer.MAX_VALUE : 2);
            }
            if (state.left == Left.HELD_BY_THE_DEAD) {
                MpmcConsumer dead = ring.consumer();
                dead.peek(message -> {}, 1);
                ring.kill(dead);
            }
            predecessor.leave();
            for (int number = 0; number < OTHERS; number++) {
                assertEquals(OfferResult.ACCEPTED, other.offer(Payload.of(number, OTHERS_LENGTH)));
            }
            this.run = operation.prepare(number -> Payload.of(FIRST + left + number, state.length));
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        private void makeRoom() {
            drain(consumer);
        }

        private void leave(RingProducer predecessor, int messages) {
            while (left < messages
                    && predecessor.offer(Payload.of(FIRST + left, state.length)) == OfferResult.ACCEPTED) {
                left++;
            }
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            run.go(ring.producer(memory));
        }

        @Override
        public void survive() {
            // In case it lived on.
            ring.liveness().kill(memory.selfToken());
            drain(consumer);
            RingConsumer newcomer = ring.consumer();
            drain(newcomer);
            assertEquals(List.of(0, 1, 2), others);
            assertTrue(inherited <= 1 && (inherited == 1 || !heirWasTold), () -> inherited + " of the heir");
            lanes.sort(null);
            int victims = lanes.size() - left;
            assertTrue(
                    victims == run.certain() || victims == run.possible(),
                    () -> victims + " came of " + run.certain() + " or " + run.possible());
            for (int i = 0; i < lanes.size(); i++) {
                assertEquals(FIRST + i, lanes.get(i));
            }
            RingProducer successor = ring.producer();
            assertEquals(OfferResult.ACCEPTED, successor.offer(Payload.of(77, CAPACITY / 2)));
            assertEquals(1, newcomer.poll(message -> Payload.check(message, 77, CAPACITY / 2), 2));
            successor.close();
            other.close();
            assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
        }

        private void drain(RingConsumer from) {
            int polled;
            do {
                polled = from.poll(
                        message -> {
                            if (message.length() == OTHERS_LENGTH) {
                                Payload.check(message, others.size(), OTHERS_LENGTH);
                                others.add(others.size());
                            } else if (message.length() == HEIRS_LENGTH) {
                                Payload.check(message, inherited++, HEIRS_LENGTH);
                            } else {
                                lanes.add(numberOf(message.toByteArray()));
                            }
                        },
                        3);
            } while (polled > 0);
        }

        private int numberOf(byte[] found) {
            for (int number = FIRST; number < FIRST + left + run.possible(); number++) {
                if (Arrays.equals(Payload.of(number, state.length), found)) {
                    return number;
                }
            }
            throw new AssertionError("a torn message");
        }
    }

    /** After the victim's death another takes its lane and sends a message, and may die on the way. */
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
            assertEquals(OfferResult.ACCEPTED, heir.offer(Payload.of(0, ProducerTrial.HEIRS_LENGTH)));
            victim.heirWasTold = true;
            heir.leave();
        }

        @Override
        public void survive() {
            victim.survive();
        }
    }
}
