package io.sluice.ringbuffer.mpsc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import io.sluice.ringbuffer.record.RecordFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    private static final int LENGTH = 120;
    private static final int VICTIM = 100;
    private static final int OTHER = 200;
    private static final int LAST = 300;
    private static final int FILLER = 400;
    private static final Duration LONG = Duration.ofHours(1);

    /** Where lanes begin: a record that starts here needs padding in front of it, the second one, or none. */
    private static final List<Long> STARTS = List.of(CAPACITY - 56L, CAPACITY - 184L, 0L);

    /** What a consumer does. */
    private interface Action {
        void run(RingConsumer consumer, Progress progress) throws InterruptedException;
    }

    private record Operation(String name, Action action) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** How far the victim was told that it has come. */
    private static final class Progress {
        private final List<Integer> handled = new ArrayList<>();
        private int acknowledged;

        List<Integer> certain() {
            return handled.subList(0, acknowledged);
        }
    }

    private static byte[] content(int number) {
        return Payload.of(number, LENGTH);
    }

    private static void accept(OfferResult result) {
        assertEquals(OfferResult.ACCEPTED, result);
    }

    private static int numberOf(byte[] bytes) {
        if (bytes.length > LENGTH) {
            assertArrayEquals(Payload.of(FILLER, bytes.length), bytes);
            return FILLER;
        }
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

    private static Stream<Operation> consuming() {
        return Stream.of(
                new Operation("join", (consumer, progress) -> {}),
                new Operation("poll one by one", (consumer, progress) -> {
                    for (int i = 0; i < 8; i++) {
                        poll(consumer, 1, progress);
                    }
                }),
                new Operation("poll all and close", (consumer, progress) -> {
                    poll(consumer, 100, progress);
                    poll(consumer, 100, progress);
                    consumer.close();
                }),
                new Operation("peek, then poll three", (consumer, progress) -> {
                    consumer.peek(message -> {}, 100);
                    poll(consumer, 3, progress);
                }),
                new Operation("take two", (consumer, progress) -> take(consumer, 2, progress)),
                new Operation("poll all, then take what comes", (consumer, progress) -> {
                    poll(consumer, 100, progress);
                    poll(consumer, 100, progress);
                    take(consumer, 2, progress);
                }));
    }

    private static void poll(RingConsumer consumer, int limit, Progress progress) {
        consumer.poll(message -> progress.handled.add(numberOf(message.toByteArray())), limit);
        progress.acknowledged = progress.handled.size();
    }

    private static void take(RingConsumer consumer, int limit, Progress progress) throws InterruptedException {
        int taken = consumer.take(message -> progress.handled.add(numberOf(message.toByteArray())), limit, LONG);
        assertTrue(taken > 0, () -> "took " + taken);
        progress.acknowledged = progress.handled.size();
    }

    static Stream<Arguments> producers() {
        return formats().flatMap(format -> combined(ProducerOperation.all(), format, STARTS));
    }

    /** Fewer, because both deaths are enumerated in each. */
    static Stream<Arguments> producersAndHeirs() {
        return formats()
                .flatMap(format -> combined(
                        ProducerOperation.few(), format, format.ticketed() ? List.of(0L) : STARTS.subList(0, 2)));
    }

    static Stream<Arguments> producersThatWait() {
        return formats().flatMap(format -> combined(ProducerOperation.waiting(), format, List.of(0L, 56L)));
    }

    private static Stream<Arguments> combined(
            List<ProducerOperation> operations, RecordFormat format, List<Long> starts) {
        return starts.stream()
                .flatMap(start -> operations.stream().map(operation -> Arguments.of(operation, format, start)));
    }

    static Stream<Arguments> consumers() {
        return formats().flatMap(format -> STARTS.stream()
                .flatMap(start -> consuming().map(operation -> Arguments.of(operation, format, start))));
    }

    /** Fewer, because both deaths are enumerated in each. */
    static Stream<Arguments> consumersAndHeirs() {
        return Stream.of(new RecordFormat(false, false), new RecordFormat(false, true))
                .flatMap(format -> consuming().map(operation -> Arguments.of(operation, format, CAPACITY - 184L)));
    }

    // ---- producers ------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}; {1}; from {2}")
    @MethodSource("producers")
    void deliversExactlyWhatWasCommitted(ProducerOperation operation, RecordFormat format, long start) {
        assertTrue(KillPoints.enumerate(() -> new ProducerTrial(operation, format, start, false)) > 3);
    }

    @ParameterizedTest(name = "{0}; {1}; from {2}")
    @MethodSource("producersThatWait")
    void deliversExactlyWhatWasCommittedAfterAWaitForRoom(
            ProducerOperation operation, RecordFormat format, long start) {
        assertTrue(KillPoints.enumerate(() -> new ProducerTrial(operation, format, start, true)) > 15);
    }

    @ParameterizedTest(name = "{0}; {1}; from {2}")
    @MethodSource("producersAndHeirs")
    void survivesTheDeathOfTheOneTakingOverToo(ProducerOperation operation, RecordFormat format, long start) {
        Supplier<ProducerTrial> victims = () -> new ProducerTrial(operation, format, start, false);
        for (KillPoint point : KillPoints.of(victims)) {
            KillPoints.enumerate(() -> {
                ProducerTrial victim = victims.get();
                point.kill(victim);
                return new HeirTrial(victim);
            });
        }
    }

    /** The victim joins and carries out an operation; if it sleeps for room, the consumer makes some. */
    private static final class ProducerTrial implements KillTrial {

        private final MpscTestRing ring;
        private final DyingMemory memory;
        private final RingProducer other;
        private final ProducerOperation.Run run;
        private final boolean full;
        private final List<Integer> found = new ArrayList<>();
        private RingConsumer consumer;

        /** If {@code full}, the lane that the victim gets has no room for its messages. */
        ProducerTrial(ProducerOperation operation, RecordFormat format, long start, boolean full) {
            this.run = operation.prepare(number -> content(VICTIM + number));
            this.full = full;
            this.ring = MpscTestRing.onHeap(3, CAPACITY, format, OneSleep.then(this::readAll));
            ring.startAt(start);
            ring.newProcess().setInt(MpscLayout.DATA, 1);
            this.other = ring.producer();
            accept(other.offer(content(OTHER)));
            if (full) {
                RingProducer predecessor = ring.producer();
                accept(predecessor.offer(Payload.of(FILLER, CAPACITY / 2)));
                accept(predecessor.offer(Payload.of(FILLER, CAPACITY / 2 - 100)));
                predecessor.leave();
            }
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
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
            checkSurvival(List.of(LAST));
        }

        private void readAll() {
            if (consumer == null) {
                consumer = ring.consumer();
            }
            int result;
            do {
                result = consumer.poll(message -> found.add(numberOf(message.toByteArray())), 2);
            } while (result > 0);
        }

        private List<Integer> found(int who) {
            return found.stream().filter(number -> number / 100 == who / 100).toList();
        }

        /** The other producer, and whoever joins now, go on; {@code more} comes from the victim's lane. */
        void checkSurvival(List<Integer> more) {
            if (full) {
                readAll();
            }
            accept(other.offer(content(OTHER + 1)));
            RingProducer next = ring.producer();
            accept(next.offer(content(LAST)));
            readAll();
            assertEquals(List.of(OTHER, OTHER + 1), found(OTHER));
            assertEquals(more, found(LAST));
            assertEquals(full ? List.of(FILLER, FILLER) : List.of(), found(FILLER));
            List<Integer> victims = found(VICTIM);
            assertTrue(victims.size() == run.certain() || victims.size() == run.possible(), () -> "found " + found);
            for (int i = 0; i < victims.size(); i++) {
                assertEquals(VICTIM + i, victims.get(i));
            }
            other.close();
            next.close();
            if (memory.isDead()) {
                int result = consumer.poll(message -> {}, 1);
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

    @ParameterizedTest(name = "{0}; {1}; from {2}")
    @MethodSource("consumers")
    void deliversAgainExactlyWhatWasNotAcknowledged(Operation operation, RecordFormat format, long start) {
        assertTrue(KillPoints.enumerate(() -> new ConsumerTrial(operation, format, start)) > 1);
    }

    @ParameterizedTest(name = "{0}; {1}; from {2}")
    @MethodSource("consumersAndHeirs")
    void deliversAgainWhatNeitherOfTwoDeadHasAcknowledged(Operation operation, RecordFormat format, long start) {
        Supplier<ConsumerTrial> victims = () -> new ConsumerTrial(operation, format, start);
        for (KillPoint point : KillPoints.of(victims)) {
            KillPoints.enumerate(() -> {
                ConsumerTrial victim = victims.get();
                point.kill(victim);
                return new NextTrial(victim);
            });
        }
    }

    /** The victim joins and carries out an operation; if it sleeps, there is another message. */
    private static final class ConsumerTrial implements KillTrial {

        private final Operation operation;
        private final RecordFormat format;
        private final MpscTestRing ring;
        private final DyingMemory memory;
        private final RingProducer left;
        private final RingProducer right;
        private final Progress progress = new Progress();
        private final List<Integer> sent = new ArrayList<>();

        ConsumerTrial(Operation operation, RecordFormat format, long start) {
            this.operation = operation;
            this.format = format;
            this.ring = MpscTestRing.onHeap(3, CAPACITY, format, OneSleep.then(() -> sendLeft(1)));
            ring.startAt(start);
            this.left = ring.producer();
            this.right = ring.producer();
            // So that in total order the lanes alternate; one publication of two in between.
            sendLeft(1);
            sendRight();
            sendLeft(2);
            sendRight();
            sendLeft(1);
            sendRight();
            this.memory = DyingMemory.over(ring.newProcess(), ring.liveness());
        }

        private void sendLeft(int messages) {
            for (int i = 0; i < messages; i++) {
                int number = VICTIM + ofLane(sent, VICTIM / 100).size();
                accept(left.stage(0, content(number), 0, LENGTH));
                sent.add(number);
            }
            left.flush();
        }

        private void sendRight() {
            int number = OTHER + ofLane(sent, OTHER / 100).size();
            accept(right.offer(content(number)));
            sent.add(number);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            try {
                operation.action.run(ring.consumer(memory), progress);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                // Behind its last access.
                memory.kill();
            }
            checkRest(progress.handled, progress.certain());
        }

        /** The next consumer gets at least what nobody has handled, and nothing that is certain to be acknowledged. */
        void checkRest(List<Integer> handled, List<Integer> certain) {
            RingConsumer next = ring.consumer();
            List<Integer> again = new ArrayList<>();
            int result;
            do {
                result = next.poll(message -> again.add(numberOf(message.toByteArray())), 100);
            } while (result > 0);
            for (int lane : new int[] {VICTIM / 100, OTHER / 100}) {
                List<Integer> of = ofLane(sent, lane);
                List<Integer> suffix = ofLane(again, lane);
                int gone = of.size() - suffix.size();
                assertEquals(of.subList(gone, of.size()), suffix);
                assertTrue(
                        handled.containsAll(of.subList(0, gone)) && Collections.disjoint(certain, suffix),
                        () -> handled + ", of these " + certain + " for certain, again " + again);
            }
            if (format.ticketed()) {
                assertEquals(sent.stream().filter(again::contains).toList(), again);
                assertEquals(sent.subList(0, progress.handled.size()), progress.handled);
            }
            left.close();
            right.close();
            assertEquals(RingConsumer.CLOSED, next.poll(message -> {}, 1));
        }

        private static List<Integer> ofLane(List<Integer> numbers, int lane) {
            return numbers.stream().filter(number -> number / 100 == lane).toList();
        }
    }

    /** After the victim's death another one polls and leaves, and may die on the way. */
    private static final class NextTrial implements KillTrial {

        private final ConsumerTrial victim;
        private final DyingMemory memory;
        private final Progress progress = new Progress();

        NextTrial(ConsumerTrial victim) {
            this.victim = victim;
            this.memory = DyingMemory.over(victim.ring.newProcess(), victim.ring.liveness());
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            RingConsumer next = victim.ring.consumer(memory);
            poll(next, 2, progress);
            next.close();
        }

        @Override
        public void survive() {
            assertTrue(Collections.disjoint(victim.progress.certain(), progress.handled));
            victim.checkRest(
                    both(victim.progress.handled, progress.handled),
                    both(victim.progress.certain(), progress.certain()));
        }

        private static List<Integer> both(List<Integer> first, List<Integer> second) {
            List<Integer> all = new ArrayList<>(first);
            all.addAll(second);
            return all;
        }
    }
}
