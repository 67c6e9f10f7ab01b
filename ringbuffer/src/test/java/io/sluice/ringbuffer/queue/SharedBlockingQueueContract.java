package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.codec.Codec;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.MemorySlice;
import io.sluice.api.ring.MalformedMessageException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageTooLargeException;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.Rings;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.queue.QueueScene.Later;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a queue does beyond what {@link GuavaQueueTest} asks, over every kind of ring, with both ends in one process. */
@Timeout(120)
abstract class SharedBlockingQueueContract {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(100);

    private final RingKind kind;
    private QueueScene scene;
    private SharedBlockingQueue<String> queue;

    SharedBlockingQueueContract(RingKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    final void createQueue() throws IOException {
        scene = new QueueScene(kind);
        queue = scene.queue(Codecs.strings());
    }

    @AfterEach
    final void removeQueue() throws IOException {
        scene.close();
    }

    static Stream<WaitStrategy> strategies() {
        return Stream.of(WaitStrategy.spin(), WaitStrategy.yielding(), WaitStrategy.backOff(), WaitStrategy.block());
    }

    private SharedBlockingQueue<Long> numbers(WaitStrategy strategy) {
        return scene.queue(QueueSpec.of(scene.ring("numbers-" + strategy, 4096, strategy), Codecs.longs()));
    }

    private static int fill(BlockingQueue<Long> numbers) {
        int count = 0;
        while (numbers.offer((long) count)) {
            count++;
        }
        return count;
    }

    // ---- capacity -------------------------------------------------------------------------------------------------

    @Test
    void refusesOffersWhenFullUntilSomethingIsTaken() {
        SharedBlockingQueue<Long> numbers = numbers(WaitStrategy.backOff());
        int capacity = fill(numbers);
        assertTrue(capacity >= 128, "capacity " + capacity);
        assertThrows(IllegalStateException.class, () -> numbers.add(1L));
        // Some rings give room back in portions.
        for (long next = 0; next < capacity; next++) {
            assertEquals(next, numbers.poll());
        }
        assertNull(numbers.poll());
        assertTrue(numbers.offer(0L));
    }

    @Test
    void refusesAnElementThatCanNeverFit() {
        assertThrows(MessageTooLargeException.class, () -> queue.offer("x".repeat(5000)));
        assertThrows(MessageTooLargeException.class, () -> queue.put("x".repeat(5000)));
        assertTrue(queue.offer("x"));
        assertEquals("x", queue.poll());
    }

    @Test
    void computesACapacityThatHoldsAsManyElementsAsAskedFor() {
        for (int elements : new int[] {1, 10, 255, 256, 1000}) {
            for (int length : new int[] {0, 1, 100, 3000}) {
                long capacity = QueueSpec.capacityFor(elements, length);
                try (SharedBlockingQueue<byte[]> sized = SharedBlockingQueue.create(QueueSpec.of(
                        scene.ring("sized-" + elements + "-" + length, capacity, WaitStrategy.backOff())
                                .withChecksum(kind == RingKind.SPSC),
                        Codecs.bytes()))) {
                    // Wherever in the ring they begin.
                    for (int round = 0; round < 5; round++) {
                        for (int i = 0; i < elements; i++) {
                            assertTrue(sized.offer(new byte[length]), elements + " x " + length + ", " + i);
                        }
                        sized.clear();
                        assertTrue(sized.offer(new byte[length / 3]));
                        sized.clear();
                    }
                    sized.region().destroy();
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> QueueSpec.capacityFor(0, 8));
        assertThrows(IllegalArgumentException.class, () -> QueueSpec.capacityFor(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("strategies")
    void takeWaitsForAnElement(WaitStrategy strategy) throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(strategy);
        Later<Long> taker = scene.later(numbers::take).awaitWaiting();
        numbers.put(7L);
        assertEquals(7, taker.get());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void putWaitsForRoom(WaitStrategy strategy) throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(strategy);
        int capacity = fill(numbers);
        Later<Boolean> putter = scene.later(() -> {
                    numbers.put(-1L);
                    return true;
                })
                .awaitWaiting();
        List<Long> taken = new ArrayList<>();
        while (!taken.contains(-1L)) {
            taken.add(numbers.take());
        }
        assertTrue(putter.get());
        assertEquals(capacity + 1, taken.size());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void callsThatDoNotWaitGoOnBesideOneThatDoes(WaitStrategy strategy) throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(strategy);
        Later<Long> taker = scene.later(numbers::take).awaitWaiting();
        for (int i = 0; i < 1000; i++) {
            assertNull(numbers.poll());
            assertNull(numbers.peek());
            assertEquals(0, numbers.size());
            assertTrue(numbers.isEmpty());
        }
        // Two elements, one thread that waits: whoever else looks sees at least the second.
        for (long round = 0; !taker.isDone(); round++) {
            assertTrue(numbers.offer(2 * round));
            assertTrue(numbers.offer(2 * round + 1));
            Long mine = numbers.poll();
            assertTrue(mine != null && mine / 2 == round, round + ": " + mine);
            Long rest = numbers.poll();
            if (rest == null) {
                assertEquals(4 * round + 1, taker.get() + mine);
            } else {
                assertEquals(4 * round + 1, mine + rest);
            }
        }
        int capacity = fill(numbers);
        Later<Boolean> putter =
                scene.later(() -> numbers.offer(-1L, 100, TimeUnit.SECONDS)).awaitWaiting();
        for (int i = 0; i < 1000 && !putter.isDone(); i++) {
            assertFalse(numbers.offer(5L));
        }
        for (int i = 0; i < capacity; i++) {
            assertEquals(i, numbers.poll());
        }
        assertTrue(putter.get());
        assertEquals(-1, numbers.poll());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void waitingEndsWithTheTimeout(WaitStrategy strategy) throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(strategy);
        assertNull(numbers.poll(3, TimeUnit.MILLISECONDS));
        assertNull(numbers.poll(0, TimeUnit.MILLISECONDS));
        assertNull(numbers.poll(-3, TimeUnit.MILLISECONDS));
        assertEquals(0, numbers.handle(number -> {}, 1, Duration.ofMillis(3)));
        fill(numbers);
        assertFalse(numbers.offer(1L, 3, TimeUnit.MILLISECONDS));
        assertFalse(numbers.offer(1L, -3, TimeUnit.MILLISECONDS));
        // Also behind somebody who waits already.
        scene.later(() -> numbers.offer(1L, 100, TimeUnit.SECONDS)).awaitWaiting();
        assertFalse(numbers.offer(1L, 3, TimeUnit.MILLISECONDS));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void waitingEndsWithAnInterrupt(WaitStrategy strategy) throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(strategy);
        Later<Long> first = scene.later(numbers::take).awaitWaiting();
        Later<Long> second = scene.later(numbers::take).awaitWaiting();
        for (Later<Long> taker : List.of(second, first)) {
            taker.thread().interrupt();
            assertInstanceOf(InterruptedException.class, taker.failure());
        }
        int capacity = fill(numbers);
        Later<Boolean> putter =
                scene.later(() -> numbers.offer(-1L, 100, TimeUnit.SECONDS)).awaitWaiting();
        putter.thread().interrupt();
        assertInstanceOf(InterruptedException.class, putter.failure());
        assertEquals(capacity, numbers.drainTo(new ArrayList<>()));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, numbers::take);
        assertFalse(Thread.interrupted());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> numbers.put(1L));
        assertTrue(numbers.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void givesEachElementToOneOfManyThreads(WaitStrategy strategy) throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(strategy);
        Set<Long> taken = ConcurrentHashMap.newKeySet();
        int each = 3000;
        List<Later<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            long first = (long) thread * each;
            all.add(scene.later(() -> {
                for (long number = first; number < first + each; number++) {
                    numbers.put(number);
                }
                return null;
            }));
            all.add(scene.later(() -> {
                long last = -1;
                for (int i = 0; i < each; i++) {
                    assertTrue(taken.add(numbers.take()));
                }
                return last;
            }));
        }
        for (Later<?> thread : all) {
            thread.get();
        }
        assertEquals(3 * each, taken.size());
        assertTrue(numbers.isEmpty());
    }

    /** A virtual thread where the JVM has them, which keep no processor while they wait; else one of the platform's. */
    private static void start(Runnable task) throws ReflectiveOperationException {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        } catch (NoSuchMethodException e) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void hasRoomForMoreWaitingThreadsThanProcessors(WaitStrategy strategy) throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(strategy);
        Set<Long> taken = ConcurrentHashMap.newKeySet();
        int count = 60;
        for (int i = 0; i < count; i++) {
            start(() -> {
                try {
                    taken.add(numbers.take());
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        for (long i = 0; i < count; i++) {
            long number = i;
            start(() -> {
                try {
                    numbers.put(number);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        QueueScene.until(() -> taken.size() == count);
        assertTrue(numbers.isEmpty());
    }

    // ---- ends -----------------------------------------------------------------------------------------------------

    @Test
    void aFinishedQueueGivesWhatIsLeftAndThenSaysSo() throws Exception {
        queue.put("a");
        queue.put("b");
        queue.finish();
        queue.finish();
        assertThrows(QueueClosedException.class, () -> queue.offer("c"));
        assertThrows(QueueClosedException.class, () -> queue.put("c"));
        assertEquals("a", queue.take());
        assertEquals("b", queue.poll(100, TimeUnit.SECONDS));
        assertNull(queue.poll());
        assertThrows(QueueClosedException.class, queue::take);
        assertThrows(QueueClosedException.class, () -> queue.poll(100, TimeUnit.SECONDS));
        assertThrows(QueueClosedException.class, () -> queue.handle(element -> {}, 1, LONG));
    }

    @Test
    void finishingTellsThreadsThatWait() throws Exception {
        List<Later<String>> takers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            takers.add(scene.later(queue::take).awaitWaiting());
        }
        queue.finish();
        for (Later<String> taker : takers) {
            assertInstanceOf(QueueClosedException.class, taker.failure());
        }
    }

    @Test
    void finishingRefusesAPutThatWaits() throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(WaitStrategy.backOff());
        int capacity = fill(numbers);
        Later<Boolean> putter =
                scene.later(() -> numbers.offer(-1L, 100, TimeUnit.SECONDS)).awaitWaiting();
        numbers.finish();
        for (int i = 0; i < capacity; i++) {
            assertEquals(i, numbers.take());
        }
        assertInstanceOf(QueueClosedException.class, putter.failure());
        assertThrows(QueueClosedException.class, numbers::take);
    }

    @Test
    void waitsForTheNextToPutIfToldSo() throws Exception {
        queue.put("a");
        queue.finish();
        SharedBlockingQueue<String> patient =
                scene.queue(QueueSpec.of(scene.ring("queue", 4096, WaitStrategy.block()), Codecs.strings())
                        .withPeerLoss(PeerLoss.WAIT));
        assertEquals("a", patient.take());
        assertNull(patient.poll(20, TimeUnit.MILLISECONDS));
        Later<String> taker = scene.later(patient::take).awaitWaiting();
        taker.thread().interrupt();
        assertInstanceOf(InterruptedException.class, taker.failure());
        Later<String> next = scene.later(patient::take);
        SharedBlockingQueue<String> successor = scene.queue(Codecs.strings());
        successor.put("b");
        assertEquals("b", next.get());
    }

    @Test
    void closingEndsEverybodysWait() throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(WaitStrategy.block());
        Later<Long> first = scene.later(numbers::take).awaitWaiting();
        Later<Long> second = scene.later(numbers::take).awaitWaiting();
        numbers.close();
        numbers.close();
        assertInstanceOf(DetachedException.class, first.failure());
        assertInstanceOf(DetachedException.class, second.failure());
        for (Executable use : List.<Executable>of(
                numbers::poll,
                numbers::peek,
                numbers::size,
                numbers::clear,
                () -> numbers.offer(1L),
                numbers::finish)) {
            assertThrows(DetachedException.class, use);
        }
    }

    @Test
    void closingLeavesElementsToOthers() throws Exception {
        queue.put("a");
        queue.put("b");
        assertEquals("a", queue.take());
        queue.close();
        SharedBlockingQueue<String> next = scene.queue(Codecs.strings());
        assertEquals("b", next.take());
    }

    // ---- many -----------------------------------------------------------------------------------------------------

    @Test
    void drainsAsManyAsAskedFor() {
        for (String text : List.of("a", "b", "c", "d")) {
            queue.add(text);
        }
        List<String> target = new ArrayList<>(List.of("x"));
        assertEquals(0, queue.drainTo(target, 0));
        assertEquals(0, queue.drainTo(target, -1));
        assertEquals(3, queue.drainTo(target, 3));
        assertEquals(1, queue.drainTo(target));
        assertEquals(0, queue.drainTo(target));
        assertEquals(List.of("x", "a", "b", "c", "d"), target);
        assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue));
        assertThrows(NullPointerException.class, () -> queue.drainTo(null));
    }

    @Test
    void keepsWhatItsDrainDoesNotTake() {
        queue.addAll(List.of("a", "b", "c"));
        List<String> target = new ArrayList<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean add(String text) {
                if (text.equals("b") && size() == 1) {
                    throw new IllegalStateException("no more");
                }
                return super.add(text);
            }
        };
        assertThrows(IllegalStateException.class, () -> queue.drainTo(target));
        assertEquals(List.of("a"), target);
        List<String> rest = new ArrayList<>();
        queue.drainTo(rest);
        assertEquals(List.of("b", "c"), rest);
    }

    @Test
    void acknowledgesHandledElementsAfterTheirHandler() throws Exception {
        queue.addAll(List.of("a", "b", "c", "d"));
        List<String> seen = new ArrayList<>();
        assertEquals(1, queue.handle(seen::add, 1, NOW));
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> queue.handle(
                        text -> {
                            seen.add(text);
                            if (text.equals("c")) {
                                throw new IllegalArgumentException("c");
                            }
                        },
                        10,
                        LONG));
        assertEquals("c", thrown.getMessage());
        assertEquals(List.of("a", "b", "c"), seen);
        assertEquals(2, queue.handle(seen::add, 10, NOW));
        assertEquals(List.of("a", "b", "c", "c", "d"), seen);
        assertEquals(0, queue.handle(seen::add, 10, NOW));
        assertThrows(IllegalArgumentException.class, () -> queue.handle(seen::add, 0, NOW));
        Later<Integer> waiting =
                scene.later(() -> queue.handle(seen::add, 10, LONG)).awaitWaiting();
        queue.add("e");
        assertEquals(1, waiting.get());
        assertEquals("e", seen.get(5));
    }

    @Test
    void aHandlerMayPut() throws Exception {
        queue.add("a");
        assertEquals(1, queue.handle(text -> queue.add(text + "'"), 1, NOW));
        assertEquals(1, queue.handle(text -> queue.add(text + "'"), 1, NOW));
        assertEquals("a''", queue.take());
        queue.add("b");
        assertThrows(IllegalStateException.class, () -> queue.handle(text -> queue.poll(), 1, NOW));
        assertEquals("b", queue.take());
    }

    @Test
    void aHandlerThatWaitsForRoomLetsOthersPutMeanwhile() throws Exception {
        SharedBlockingQueue<Long> numbers = numbers(WaitStrategy.block());
        int capacity = fill(numbers);
        Later<Integer> handler = scene.later(() -> numbers.handle(
                        number -> {
                            try {
                                numbers.put(number);
                            } catch (InterruptedException e) {
                                // What the test waits for.
                            }
                        },
                        1,
                        LONG))
                .awaitWaiting();
        for (int i = 0; i < 1000; i++) {
            assertFalse(numbers.offer(5L));
        }
        handler.thread().interrupt();
        assertEquals(1, handler.get());
        assertEquals(capacity - 1, numbers.size());
    }

    // ---- what is there --------------------------------------------------------------------------------------------

    @Test
    void estimatesItsRoomInElements() {
        SharedBlockingQueue<Long> numbers = numbers(WaitStrategy.backOff());
        int atFirst = numbers.remainingCapacity();
        assertTrue(atFirst > 0);
        int capacity = fill(numbers);
        assertEquals(0, numbers.remainingCapacity());
        assertTrue(Math.abs(capacity - numbers.size()) <= 1, capacity + " and " + numbers.size());
        numbers.clear();
        assertTrue(numbers.remainingCapacity() >= capacity / 2);
    }

    @Test
    void refusesNull() {
        assertThrows(NullPointerException.class, () -> queue.offer(null));
        assertThrows(NullPointerException.class, () -> queue.put(null));
        assertThrows(NullPointerException.class, () -> queue.offer(null, 1, TimeUnit.SECONDS));
    }

    // ---- codecs that misbehave ------------------------------------------------------------------------------------

    /**
     * Texts, but "throw" cannot be written, "cheat" is longer than announced, "none" and "null" cannot be read, and
     * "error" takes more than there is.
     */
    private enum Odd implements Codec<String> {
        INSTANCE;

        @Override
        public int maxLength(String element) {
            return element.length();
        }

        @Override
        public int encode(String element, MemorySlice target) {
            return switch (element) {
                case "throw" -> throw new UnsupportedOperationException(element);
                case "write" -> target.setUtf8(0, "write more");
                case "cheat" -> 6;
                case "minus" -> -1;
                default -> target.setUtf8(0, element);
            };
        }

        @Override
        public String decode(Message message) {
            String text = message.getUtf8(0, message.length());
            return switch (text) {
                case "none" -> throw new UnsupportedOperationException(text);
                case "error" -> throw new StackOverflowError(text);
                case "null" -> null;
                default -> text;
            };
        }

        @Override
        public int typeId() {
            return 3;
        }
    }

    @Test
    void putsNothingWhenACodecFails() throws Exception {
        SharedBlockingQueue<String> odd = scene.queue(Odd.INSTANCE);
        assertThrows(UnsupportedOperationException.class, () -> odd.offer("throw"));
        assertThrows(IndexOutOfBoundsException.class, () -> odd.offer("write"));
        assertThrows(IllegalArgumentException.class, () -> odd.offer("cheat"));
        assertThrows(IllegalArgumentException.class, () -> odd.put("minus"));
        odd.put("ok");
        assertEquals("ok", odd.take());
        assertTrue(odd.isEmpty());
    }

    @Test
    void passesOverElementsThatCannotBeDecoded() throws Exception {
        SharedBlockingQueue<String> odd = scene.queue(Odd.INSTANCE);
        odd.addAll(List.of("none", "a", "null", "b", "none", "c"));
        MalformedMessageException refusal = assertThrows(MalformedMessageException.class, odd::peek);
        assertTrue(refusal.getMessage().contains("/queue: malformed message at position "), refusal.getMessage());
        refusal = assertThrows(MalformedMessageException.class, odd::poll);
        assertInstanceOf(UnsupportedOperationException.class, refusal.getCause());
        assertEquals("a", odd.poll());
        assertThrows(MalformedMessageException.class, odd::take);
        List<String> drained = new ArrayList<>();
        assertEquals(1, odd.drainTo(drained));
        assertThrows(MalformedMessageException.class, () -> odd.drainTo(drained));
        assertEquals(1, odd.drainTo(drained));
        assertEquals(List.of("b", "c"), drained);
        odd.addAll(List.of("none", "d"));
        assertThrows(MalformedMessageException.class, () -> odd.handle(drained::add, 5, LONG));
        assertEquals("d", odd.take());
    }

    @Test
    void aThreadThatWaitsIsToldOfAnElementThatCannotBeDecoded() throws Exception {
        SharedBlockingQueue<String> odd = scene.queue(Odd.INSTANCE);
        Later<String> taker = scene.later(odd::take).awaitWaiting();
        odd.put("none");
        assertInstanceOf(MalformedMessageException.class, taker.failure());
        Later<Integer> handler =
                scene.later(() -> odd.handle(text -> {}, 5, LONG)).awaitWaiting();
        odd.put("none");
        assertInstanceOf(MalformedMessageException.class, handler.failure());
        assertTrue(odd.isEmpty());
    }

    @Test
    void threadsWaitAsBeforeBehindAnErrorInACodec() throws Exception {
        SharedBlockingQueue<String> odd = scene.queue(Odd.INSTANCE);
        odd.put("error");
        assertThrows(StackOverflowError.class, odd::peek);
        assertThrows(StackOverflowError.class, odd::poll);
        odd.clear();
        Later<String> taker = scene.later(odd::take).awaitWaiting();
        odd.put("ok");
        assertEquals("ok", taker.get());
    }

    @Test
    void refusesMessagesOfAnotherType() throws Exception {
        SharedBlockingQueue<String> odd = scene.queue(Odd.INSTANCE);
        try (Ring ring = Rings.open(scene.ring("queue", 0, WaitStrategy.backOff()));
                RingProducer producer = ring.producer()) {
            producer.offer(4, new byte[0], 0, 0);
        }
        MalformedMessageException refusal = assertThrows(MalformedMessageException.class, odd::take);
        assertTrue(refusal.getMessage().endsWith("expected type 3, found type 4"), refusal.getMessage());
    }

    // ---- the middle -----------------------------------------------------------------------------------------------

    /** What only rings with one consumer can do. */
    abstract static class OneConsumer extends SharedBlockingQueueContract {

        OneConsumer(RingKind kind) {
            super(kind);
        }

        @Test
        void showsWhatIsThereInOrder() {
            SharedBlockingQueue<String> queue = queue();
            queue.addAll(List.of("a", "b", "c"));
            assertEquals("a", queue.peek());
            assertEquals("a", queue.element());
            assertEquals(3, queue.size());
            assertTrue(queue.contains("b"));
            assertFalse(queue.contains("d"));
            assertFalse(queue.contains(null));
            assertArrayEquals(new Object[] {"a", "b", "c"}, queue.toArray());
            assertEquals(List.of("a", "b", "c"), queue.stream().toList());
            assertEquals("[a, b, c]", queue.toString());
            queue.clear();
            assertEquals(0, queue.size());
            assertNull(queue.peek());
        }

        @Test
        void removesFromTheMiddleAsLongAsThisProcessTakes() throws Exception {
            SharedBlockingQueue<String> queue = queue();
            queue.addAll(List.of("a", "b", "c", "b", "d"));
            assertTrue(queue.remove("b"));
            assertEquals("[a, c, b, d]", queue.toString());
            assertEquals(4, queue.size());
            assertFalse(queue.remove("x"));
            assertFalse(queue.remove(null));
            assertEquals("a", queue.take());
            assertEquals("c", queue.peek());
            assertEquals("c", queue.poll());
            assertTrue(queue.removeIf(text -> text.compareTo("b") <= 0));
            assertEquals("d", queue.take());
            assertTrue(queue.isEmpty());
            assertNull(queue.poll());
            assertEquals(0, queue.report().backlogBytes());
        }

        @Test
        void givesTheRoomOfRemovedElementsBackWhenTheyComeFirst() {
            SharedBlockingQueue<String> queue = queue();
            queue.addAll(List.of("a", "b", "c"));
            long all = queue.report().backlogBytes();
            queue.remove("b");
            assertEquals(all, queue.report().backlogBytes());
            queue.remove("a");
            assertEquals(all / 3, queue.report().backlogBytes());
        }

        @Test
        void removedElementsComeBackWithTheNextProcessThatTakes() {
            SharedBlockingQueue<String> queue = queue();
            queue.addAll(List.of("a", "b", "c"));
            queue.remove("b");
            queue.close();
            SharedBlockingQueue<String> next = scene().queue(Codecs.strings());
            assertEquals(List.of("a", "b", "c"), List.copyOf(next));
        }

        @Test
        void passesOverRemovedElementsInEveryWay() throws Exception {
            SharedBlockingQueue<String> queue = queue();
            List<String> texts = List.of("a", "b", "c", "d", "e", "f");
            queue.addAll(texts);
            queue.removeAll(List.of("b", "d", "f"));
            List<String> drained = new ArrayList<>();
            assertEquals(2, queue.drainTo(drained, 2));
            assertEquals(List.of("a", "c"), drained);
            assertEquals(1, queue.handle(drained::add, 5, LONG));
            assertEquals("e", drained.get(2));
            assertTrue(queue.isEmpty());
            Later<String> taker = scene().later(queue::take).awaitWaiting();
            queue.add("x");
            assertEquals("x", taker.get());
            queue.addAll(texts);
            queue.remove("b");
            queue.clear();
            queue.addAll(texts);
            assertEquals(texts, List.copyOf(queue));
        }

        @Test
        void removesThroughItsIteratorThatVeryElement() {
            SharedBlockingQueue<String> queue = queue();
            queue.addAll(List.of("a", "a", "a", "b"));
            Iterator<String> iterator = queue.iterator();
            assertThrows(IllegalStateException.class, iterator::remove);
            iterator.next();
            iterator.next();
            iterator.remove();
            assertThrows(IllegalStateException.class, iterator::remove);
            assertEquals("a", queue.poll());
            assertSame(2, queue.size());
            assertEquals("a", iterator.next());
            assertEquals("a", queue.poll());
            iterator.remove(); // taken meanwhile: nothing to do
            assertEquals("[b]", queue.toString());
        }
    }

    final SharedBlockingQueue<String> queue() {
        return queue;
    }

    final QueueScene scene() {
        return scene;
    }
}
