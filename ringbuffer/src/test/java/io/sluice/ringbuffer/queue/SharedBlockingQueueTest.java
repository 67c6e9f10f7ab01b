package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.MalformedMessageException;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.codec.Codecs;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The queue over each kind of ring. */
class SharedBlockingQueueTest {

    @Nested
    class OverSpsc extends SharedBlockingQueueContract.OneOfEach {
        OverSpsc() {
            super(RingKind.SPSC);
        }
    }

    @Nested
    class OverMpsc extends SharedBlockingQueueContract.OneConsumer {
        OverMpsc() {
            super(RingKind.MPSC);
        }

        @Test
        void removesNothingFromTheMiddle() {
            queue().add("a");
            for (Executable use :
                    List.<Executable>of(() -> queue().remove("a"), () -> queue().removeIf(text -> true), () -> {
                        Iterator<String> iterator = queue().iterator();
                        iterator.next();
                        iterator.remove();
                    })) {
                assertThrows(UnsupportedOperationException.class, use);
            }
            assertEquals("a", queue().poll());
        }
    }

    @Nested
    class OverMpscInTotalOrder {

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
