package io.sluice.ringbuffer.mpsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoint;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.record.RecordFormat;
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
 * A participant killed at every access of every operation, beside another producer: what was committed is delivered once
 * and whole, what was not is never seen, what was not acknowledged comes again, and everybody else goes on.
 */
@Timeout(300)
class MpscDeathTest {

    private static final int CAPACITY = 4096;
    private static final int LENGTH = 56;
    private static final int VICTIM = 100;
    private static final int OTHER = 200;
    private static final int LAST = 300;

    /** What a process does, telling after each message or batch that it is done. */
    private interface Action {
        void run(MpscTestRing ring, DyingMemory memory, Progress progress);
    }

    private record Operation(String name, List<Integer> committed, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** How far the victim was told that it has come. */
    private static final class Progress {
        private int steps;
        private final List<Integer> handled = new ArrayList<>();
        private int acknowledged;
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

    private static int numberOf(byte[] bytes) {
        for (int start : new int[] {VICTIM, OTHER, LAST}) {
            for (int number = start; number < start + 10; number++) {
                if (Arrays.equals(bytes, content(number))) {
                    return number;
                }
            }
        }
        throw new AssertionError("a torn or unknown message");
    }

    private static Stream<RecordFormat> formats() {
        return Stream.of(RecordFormat.PLAIN, new RecordFormat(false, true), new RecordFormat(true, true));
    }

    /** What producers do; each step commits as many messages as stand at its place. */
    private static Stream<Operation> producing() {
        return Stream.of(
                new Operation("join", List.of(0), (ring, memory, progress) -> ring.producer(memory)),
                new Operation("join and leave", List.of(0), (ring, memory, progress) -> ring.producer(memory)
                        .leave()),
                new Operation("offer twice", List.of(0, 1, 2), (ring, memory, progress) -> {
                    RingProducer producer = ring.producer(memory);
                    accept(producer.offer(content(VICTIM)));
                    progress.steps++;
                    accept(producer.offer(content(VICTIM + 1)));
                    progress.steps++;
                }),
                new Operation("stage three and flush", List.of(0, 3), (ring, memory, progress) -> {
                    RingProducer producer = ring.producer(memory);
                    stage(producer, VICTIM);
                    stage(producer, VICTIM + 1);
                    stage(producer, VICTIM + 2);
                    producer.flush();
                    progress.steps++;
                }),
                new Operation("claim, commit and leave", List.of(0, 1), (ring, memory, progress) -> {
                    RingProducer producer = ring.producer(memory);
                    Claim claim = producer.claim(0, LENGTH);
                    claim.setBytes(0, content(VICTIM), 0, LENGTH);
                    claim.commit();
                    progress.steps++;
                    producer.leave();
                }),
                new Operation("abort, offer and close", List.of(0, 1), (ring, memory, progress) -> {
                    RingProducer producer = ring.producer(memory);
                    try (Claim claim = producer.claim(0, 3 * LENGTH)) {
                        claim.setLong(0, -1);
                    }
                    accept(producer.offer(content(VICTIM)));
                    progress.steps++;
                    producer.close();
                }));
    }

    private static Stream<Operation> consuming() {
        return Stream.of(
                new Operation("join", List.of(), (ring, memory, progress) -> ring.consumer(memory)),
                new Operation("poll one by one", List.of(), (ring, memory, progress) -> {
                    RingConsumer consumer = ring.consumer(memory);
                    for (int i = 0; i < 8; i++) {
                        poll(consumer, 1, progress);
                    }
                }),
                new Operation("poll all and close", List.of(), (ring, memory, progress) -> {
                    RingConsumer consumer = ring.consumer(memory);
                    poll(consumer, 100, progress);
                    poll(consumer, 100, progress);
                    consumer.close();
                }),
                new Operation("peek, then poll three", List.of(), (ring, memory, progress) -> {
                    RingConsumer consumer = ring.consumer(memory);
                    consumer.peek(message -> {}, 100);
                    poll(consumer, 3, progress);
                }));
    }

    private static void poll(RingConsumer consumer, int limit, Progress progress) {
        consumer.poll(message -> progress.handled.add(numberOf(message.toByteArray())), limit);
        progress.acknowledged = progress.handled.size();
    }

    static Stream<Arguments> producers() {
        return formats().flatMap(format -> producing().map(operation -> Arguments.of(operation, format)));
    }

    static Stream<Arguments> consumers() {
        return formats().flatMap(format -> consuming().map(operation -> Arguments.of(operation, format)));
    }

    // ---- producers ------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("producers")
    void deliversExactlyWhatWasCommitted(Operation operation, RecordFormat format) {
        assertTrue(KillPoints.enumerate(() -> new ProducerTrial(operation, format)) > 3);
    }

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("producers")
    void survivesTheDeathOfTheOneTakingOverToo(Operation operation, RecordFormat format) {
        Supplier<ProducerTrial> victims = () -> new ProducerTrial(operation, format);
        for (KillPoint point : KillPoints.of(victims)) {
            KillPoints.enumerate(() -> {
                ProducerTrial victim = victims.get();
                point.kill(victim);
                return new HeirTrial(victim);
            });
        }
    }

    private static final class ProducerTrial implements KillTrial {

        private final Operation operation;
        private final MpscTestRing ring;
        private final DyingMemory memory;
        private final RingProducer other;
        private final Progress progress = new Progress();

        ProducerTrial(Operation operation, RecordFormat format) {
            this.operation = operation;
            this.ring = MpscTestRing.onHeap(3, CAPACITY, format, WaitStrategy.backOff());
            ring.newProcess().setInt(MpscLayout.DATA, 1);
            this.other = ring.producer();
            accept(other.offer(content(OTHER)));
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            operation.action.run(ring, memory, progress);
        }

        @Override
        public void survive() {
            checkSurvival(List.of(LAST));
        }

        /** The other producer, and whoever joins now, go on; {@code more} comes from the victim's lane. */
        void checkSurvival(List<Integer> more) {
            RingConsumer consumer = ring.consumer();
            accept(other.offer(content(OTHER + 1)));
            RingProducer next = ring.producer();
            accept(next.offer(content(LAST)));
            List<Integer> found = new ArrayList<>();
            int result;
            do {
                result = consumer.poll(message -> found.add(numberOf(message.toByteArray())), 2);
            } while (result > 0);
            assertEquals(
                    List.of(OTHER, OTHER + 1),
                    found.stream().filter(n -> n / 100 == 2).toList());
            assertEquals(more, found.stream().filter(n -> n / 100 == 3).toList());
            List<Integer> victims = found.stream().filter(n -> n / 100 == 1).toList();
            int last = operation.committed.size() - 1;
            int least = operation.committed.get(Math.min(progress.steps, last));
            int most = operation.committed.get(Math.min(progress.steps + 1, last));
            assertTrue(victims.size() == least || victims.size() == most, () -> "found " + found);
            for (int i = 0; i < victims.size(); i++) {
                assertEquals(VICTIM + i, victims.get(i));
            }
            other.close();
            next.close();
            if (memory.isDead()) {
                result = consumer.poll(message -> {}, 1);
                // A dead victim's lane is held until somebody needs it; then death is not overlooked.
                assertTrue(result == RingConsumer.CLOSED || result == RingConsumer.EMPTY);
            }
        }
    }

    /** After the victim's death another takes its lane and sends a message, and may die on the way. */
    private static final class HeirTrial implements KillTrial {

        private final ProducerTrial victim;
        private final DyingMemory memory;
        private boolean told;

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
            accept(heir.offer(content(LAST + 1)));
            told = true;
            heir.leave();
        }

        @Override
        public void survive() {
            List<Integer> seen = new ArrayList<>();
            RingConsumer peeking = victim.ring.consumer();
            peeking.peek(message -> seen.add(numberOf(message.toByteArray())), 100);
            peeking.close();
            boolean published = seen.contains(LAST + 1);
            assertTrue(published || !told);
            victim.checkSurvival(published ? List.of(LAST + 1, LAST) : List.of(LAST));
        }
    }

    // ---- consumers ------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}; {1}")
    @MethodSource("consumers")
    void deliversAgainExactlyWhatWasNotAcknowledged(Operation operation, RecordFormat format) {
        assertTrue(KillPoints.enumerate(() -> new ConsumerTrial(operation, format)) > 1);
    }

    private static final class ConsumerTrial implements KillTrial {

        private final Operation operation;
        private final RecordFormat format;
        private final MpscTestRing ring;
        private final DyingMemory memory;
        private final RingProducer left;
        private final RingProducer right;
        private final Progress progress = new Progress();

        ConsumerTrial(Operation operation, RecordFormat format) {
            this.operation = operation;
            this.format = format;
            this.ring = MpscTestRing.onHeap(3, CAPACITY, format, WaitStrategy.backOff());
            this.left = ring.producer();
            this.right = ring.producer();
            // So that in total order the lanes alternate; one publication of two in between.
            accept(left.offer(content(VICTIM)));
            accept(right.offer(content(OTHER)));
            stage(left, VICTIM + 1);
            stage(left, VICTIM + 2);
            left.flush();
            accept(right.offer(content(OTHER + 1)));
            accept(left.offer(content(VICTIM + 3)));
            accept(right.offer(content(OTHER + 2)));
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        private List<Integer> all() {
            return List.of(VICTIM, OTHER, VICTIM + 1, VICTIM + 2, OTHER + 1, VICTIM + 3, OTHER + 2);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            operation.action.run(ring, memory, progress);
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                return;
            }
            RingConsumer next = ring.consumer();
            List<Integer> again = new ArrayList<>();
            int result;
            do {
                result = next.poll(message -> again.add(numberOf(message.toByteArray())), 100);
            } while (result > 0);
            // Of each lane a suffix, at least what was not handled and nothing that was acknowledged.
            for (int lane : new int[] {VICTIM / 100, OTHER / 100}) {
                List<Integer> of = ofLane(all(), lane);
                List<Integer> suffix = ofLane(again, lane);
                int handled = ofLane(progress.handled, lane).size();
                int acknowledged = ofLane(progress.handled.subList(0, progress.acknowledged), lane)
                        .size();
                assertEquals(of.subList(of.size() - suffix.size(), of.size()), suffix);
                int gone = of.size() - suffix.size();
                assertTrue(acknowledged <= gone && gone <= handled, () -> progress.handled + ", again " + again);
            }
            if (format.ticketed()) {
                assertEquals(all().stream().filter(again::contains).toList(), again);
                assertEquals(all().subList(0, progress.handled.size()), progress.handled);
            }
            left.close();
            right.close();
            assertEquals(RingConsumer.CLOSED, next.poll(message -> {}, 1));
        }

        private static List<Integer> ofLane(List<Integer> numbers, int lane) {
            return numbers.stream().filter(number -> number / 100 == lane).toList();
        }
    }
}
