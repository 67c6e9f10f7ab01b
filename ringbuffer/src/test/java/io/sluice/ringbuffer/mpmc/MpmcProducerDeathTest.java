package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    private record Operation(String name, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Action {
        void run(RingProducer producer, ProducerTrial trial);
    }

    /** Length of the victim's messages, and whether a dead consumer holds its oldest. */
    private record State(String name, int length, boolean heldByTheDead, boolean checksum) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> operationsInStates() {
        List<Operation> operations = List.of(
                new Operation("offer two", (producer, trial) -> trial.offer(producer, 2)),
                new Operation("offer until full", (producer, trial) -> trial.offer(producer, 1000)),
                new Operation("stage and flush", (producer, trial) -> {
                    trial.stage(producer);
                    trial.stage(producer);
                    producer.flush();
                    trial.accepted += 2;
                }),
                new Operation("offer, then leave", (producer, trial) -> {
                    trial.offer(producer, 1);
                    producer.leave();
                }),
                new Operation("offer, then close", (producer, trial) -> {
                    trial.offer(producer, 1);
                    producer.close();
                }),
                new Operation("look for consumers", (producer, trial) -> {
                    producer.consumerState();
                    trial.offer(producer, 1);
                }));
        List<State> states = new ArrayList<>();
        for (boolean checksum : new boolean[] {false, true}) {
            String suffix = checksum ? ", checksums" : "";
            states.add(new State("short messages" + suffix, 300, false, checksum));
            states.add(new State("long messages" + suffix, 1500, false, checksum));
            states.add(new State("the dead hold the oldest" + suffix, 700, true, checksum));
        }
        return states.stream().flatMap(state -> operations.stream().map(operation -> Arguments.of(operation, state)));
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("operationsInStates")
    void everythingCommittedArrivesAndNothingElse(Operation operation, State state) {
        int points = KillPoints.enumerate(() -> new ProducerTrial(operation, state));
        assertTrue(points > 3);
    }

    /** The victim joins and carries out an operation; its messages are numbered from 1000. */
    private static final class ProducerTrial implements KillTrial {

        private static final int FIRST = 1000;
        private static final int OTHERS = 3;

        private final Operation operation;
        private final State state;
        private final MpmcTestRing ring;
        private final RingProducer other;
        private final MpmcConsumer consumer;
        private final DyingMemory memory;
        private int oldest = FIRST;
        private int begun = FIRST; // messages of the victim's lane whose offer was begun
        private int accepted = FIRST; // those that it was told are committed

        ProducerTrial(Operation operation, State state) {
            this.operation = operation;
            this.state = state;
            this.ring = MpmcTestRing.onHeap(2, 3, CAPACITY, state.checksum, WaitStrategy.backOff());
            RingProducer predecessor = ring.producer();
            this.other = ring.producer();
            this.consumer = ring.consumer();
            if (state.heldByTheDead) {
                offer(predecessor, 2);
                MpmcConsumer dead = ring.consumer();
                dead.peek(message -> {}, 1);
                ring.kill(dead);
            }
            predecessor.leave();
            for (int number = 0; number < OTHERS; number++) {
                other.offer(Payload.of(number, 20));
            }
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        void offer(RingProducer producer, int messages) {
            for (int i = 0; i < messages; i++) {
                begun++;
                if (producer.offer(Payload.of(begun - 1, state.length)) != OfferResult.ACCEPTED) {
                    begun--;
                    return;
                }
                accepted++;
            }
        }

        void stage(RingProducer producer) {
            begun++;
            assertEquals(OfferResult.ACCEPTED, producer.stage(0, Payload.of(begun - 1, state.length), 0, state.length));
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            operation.action.run(ring.producer(memory), this);
        }

        @Override
        public void survive() {
            // In case it lived on.
            ring.liveness().kill(memory.selfToken());
            List<Integer> others = new ArrayList<>();
            List<Integer> victims = new ArrayList<>();
            drain(consumer, others, victims);
            RingConsumer newcomer = ring.consumer();
            drain(newcomer, others, victims);
            assertEquals(List.of(0, 1, 2), others);
            victims.sort(null);
            assertTrue(
                    victims.size() >= accepted - oldest && victims.size() <= begun - oldest,
                    () -> victims.size() + " came of " + (accepted - oldest) + " to " + (begun - oldest));
            for (int i = 0; i < victims.size(); i++) {
                assertEquals(oldest + i, victims.get(i));
            }
            RingProducer successor = ring.producer();
            assertEquals(OfferResult.ACCEPTED, successor.offer(Payload.of(77, CAPACITY / 2)));
            assertEquals(1, newcomer.poll(message -> Payload.check(message, 77, CAPACITY / 2), 2));
            successor.close();
            other.close();
            assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
        }

        private void drain(RingConsumer from, List<Integer> others, List<Integer> victims) {
            int polled;
            do {
                polled = from.poll(
                        message -> {
                            if (message.length() == 20) {
                                Payload.check(message, others.size(), 20);
                                others.add(others.size());
                            } else {
                                victims.add(numberOf(message.toByteArray()));
                            }
                        },
                        3);
            } while (polled > 0);
        }

        private int numberOf(byte[] found) {
            for (int number = FIRST; number < begun; number++) {
                if (Arrays.equals(Payload.of(number, state.length), found)) {
                    return number;
                }
            }
            throw new AssertionError("a torn message");
        }
    }
}
