package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MalformedMessageException;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.record.Records;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The queue over each kind of ring. */
class SharedBlockingQueueTest {

    @Nested
    class OverSpsc extends SharedBlockingQueueContract.OneConsumer {
        OverSpsc() {
            super(RingKind.SPSC);
        }
    }

    @Nested
    class OverMpsc extends SharedBlockingQueueContract.OneConsumer {
        OverMpsc() {
            super(RingKind.MPSC);
        }
    }

    @Nested
    class OverMpscInTotalOrder {

        @Test
        void seesWhatWasPutSinceItLookedLast() throws Exception {
            try (QueueScene scene = new QueueScene(RingKind.MPSC)) {
                SharedBlockingQueue<Long> numbers = scene.queue(QueueSpec.of(
                        scene.ring("numbers", 4096, WaitStrategy.backOff()).withOrder(RingOrder.TOTAL),
                        Codecs.longs()));
                for (long number = 0; number < 5; number++) {
                    numbers.add(number);
                    assertEquals(number + 1, numbers.size());
                    assertTrue(numbers.contains(number));
                    assertEquals(0L, numbers.peek());
                }
            }
        }

        @Test
        void estimatesItsRoomWithTheTicketsOfItsElements() throws Exception {
            try (QueueScene scene = new QueueScene(RingKind.MPSC)) {
                SharedBlockingQueue<Long> numbers = scene.queue(QueueSpec.of(
                        scene.ring("numbers", 4096, WaitStrategy.backOff()).withOrder(RingOrder.TOTAL),
                        Codecs.longs()));
                numbers.add(0L);
                int estimate = numbers.remainingCapacity();
                int more = 0;
                while (numbers.offer(1L)) {
                    more++;
                }
                assertEquals(more, estimate);
            }
        }
    }

    @Nested
    class OverMpscWithSeveralProducers {

        @Test
        void anElementThatWasLookedAtIsTakenNext() throws Exception {
            try (QueueScene scene = new QueueScene(RingKind.MPSC)) {
                SharedBlockingQueue<String> queue = scene.queue(Codecs.strings());
                SharedBlockingQueue<String> other = scene.queue(Codecs.strings());
                queue.add("first in its lane");
                assertEquals("first in its lane", queue.poll());
                other.add("looked at");
                assertEquals("looked at", queue.peek());
                queue.add("later");
                assertEquals("looked at", queue.peek());
                assertEquals("looked at", queue.remove());
                assertEquals("later", queue.remove());
                assertNull(queue.poll());
            }
        }

        @Test
        void removesAnElementAndNotTheOneAtItsPositionOfAnotherLane() throws Exception {
            try (QueueScene scene = new QueueScene(RingKind.MPSC)) {
                SharedBlockingQueue<String> queue = scene.queue(Codecs.strings());
                SharedBlockingQueue<String> other = scene.queue(Codecs.strings());
                queue.addAll(List.of("a", "b", "c"));
                other.addAll(List.of("x", "y", "z"));
                assertTrue(queue.remove("b"));
                assertTrue(queue.removeIf(text -> text.equals("z")));
                Iterator<String> iterator = queue.iterator();
                assertEquals("a", iterator.next());
                assertEquals("c", iterator.next());
                assertEquals("x", iterator.next());
                iterator.remove();
                assertEquals(List.of("a", "c", "y"), List.copyOf(queue));
                assertEquals(3, queue.size());
                assertEquals("a", queue.poll());
                List<String> rest = new ArrayList<>();
                assertEquals(2, queue.drainTo(rest));
                assertEquals(Set.of("c", "y"), Set.copyOf(rest));
                assertTrue(queue.isEmpty());
                assertEquals(0, queue.report().backlogBytes());
            }
        }

        @Test
        void countsWithoutWhatWasRemovedFromALaneThatIsDamagedNow() throws Exception {
            try (QueueScene scene = new QueueScene(RingKind.MPSC)) {
                SharedBlockingQueue<String> queue = scene.queue(Codecs.strings());
                SharedBlockingQueue<String> other = scene.queue(Codecs.strings());
                queue.addAll(List.of("will be damaged", "removed"));
                other.add("whole");
                assertTrue(queue.remove("removed"));
                damage(queue.region().memory(), "will be damaged");
                assertThrows(CorruptRingException.class, queue::size);
                assertEquals(1, queue.size());
                assertFalse(queue.isEmpty());
                assertEquals("whole", queue.poll());
            }
        }

        /** Makes the record of a message longer than any may be. */
        private static void damage(RegionMemory memory, String text) {
            byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
            byte[] found = new byte[wanted.length];
            long at = RegionHeaderLayout.BODY;
            while (!Arrays.equals(wanted, found)) {
                at += Records.ALIGNMENT;
                memory.copyOut(at, found, 0, found.length);
            }
            memory.setInt(at - Records.HEADER, Integer.MAX_VALUE);
        }
    }

    @Nested
    class OverMpmc extends SharedBlockingQueueContract {
        OverMpmc() {
            super(RingKind.MPMC);
        }

        @Test
        void showsNothingThatIsNotTaken() {
            queue().add("a");
            for (Executable use : List.<Executable>of(
                    () -> queue().contains("a"),
                    () -> queue().iterator(),
                    () -> queue().toArray(),
                    () -> queue().remove("a"),
                    () -> queue().removeIf(text -> true))) {
                assertThrows(UnsupportedOperationException.class, use);
            }
            assertTrue(queue().toString().startsWith("SharedBlockingQueue[/"));
        }

        @Test
        void anElementThatWasLookedAtGoesToWhoeverTakesFirst() throws Exception {
            SharedBlockingQueue<String> other = scene().queue(Codecs.strings());
            queue().add("a");
            assertEquals("a", queue().peek());
            assertEquals("a", other.poll());
            assertNull(queue().poll());
        }

        @Test
        void anElementThatCouldNotBeReadWhenLookedAtGoesToWhoeverTakesFirst() throws Exception {
            SharedBlockingQueue<Long> misled = scene().queue(Codecs.longs());
            queue().add("a");
            assertThrows(MalformedMessageException.class, misled::peek);
            assertEquals("a", queue().poll());
            assertNull(misled.poll());
        }
    }
}
