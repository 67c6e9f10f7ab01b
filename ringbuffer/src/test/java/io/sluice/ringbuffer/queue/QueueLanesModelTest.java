package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Seeded;
import io.sluice.ringbuffer.codec.Codecs;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random operations on a queue into which several put, each through a lane of its own, and from which one takes, removes
 * from the middle and looks: on the queue and on a list, in total order one, otherwise one for each lane.
 */
@Timeout(300)
class QueueLanesModelTest {

    private static final int LANES = 3;
    private static final int OPERATIONS = 100_000;

    @ParameterizedTest
    @EnumSource
    void removesFromTheMiddleOfEachLane(RingOrder order) throws Exception {
        try (QueueScene scene = new QueueScene(RingKind.MPSC)) {
            QueueSpec<Long> spec = QueueSpec.of(
                    scene.ring("queue", 4096, WaitStrategy.backOff()).withOrder(order), Codecs.longs());
            Seeded.run(QueueLanesModelTest.class, random -> {
                Model model = new Model(scene, spec, random);
                for (int i = 0; i < OPERATIONS; i++) {
                    model.step(random.nextInt(1000));
                }
                model.finish();
            });
        }
    }

    private static final class Model {

        private final Random random;
        private final List<SharedBlockingQueue<Long>> ends; // each puts; the first one takes
        private final SharedBlockingQueue<Long> queue;
        private final List<List<Long>> lists;
        private long next;
        private Long first; // the element that comes next, if that is known
        private int holes; // at most so many elements that were removed from the middle still take room

        Model(QueueScene scene, QueueSpec<Long> spec, Random random) {
            this.random = random;
            this.ends = Stream.generate(() -> scene.queue(spec)).limit(LANES).toList();
            this.queue = ends.get(0);
            boolean total = spec.ring().order() == RingOrder.TOTAL;
            this.lists = Stream.<List<Long>>generate(ArrayList::new)
                    .limit(total ? 1 : LANES)
                    .toList();
        }

        /** The list with the element, if it is there. */
        private List<Long> list(long element) {
            return lists.get((int) (element % LANES) % lists.size());
        }

        private int size() {
            return lists.stream().mapToInt(List::size).sum();
        }

        void step(int dice) {
            // Tides, so that lanes are full at times and empty at others.
            boolean flood = next / 3000 % 2 == 0;
            if (dice < (flood ? 600 : 250)) {
                offer(random.nextInt(LANES));
            } else if (dice < 750) {
                poll();
            } else if (dice < 800) {
                peek();
            } else if (dice < 850) {
                drain(1 + random.nextInt(5));
            } else if (dice < 900) {
                assertEquals(size(), queue.size());
                assertEquals(size() == 0, queue.isEmpty());
            } else if (dice < 980) {
                remove(someElement());
            } else if (dice < 985) {
                removeIf(random.nextInt(8));
            } else if (dice < 990) {
                iterate();
            } else if (dice < 999) {
                long element = someElement();
                assertEquals(list(element).contains(element), queue.contains(element));
            } else {
                queue.clear();
                lists.forEach(List::clear);
                first = null;
            }
            if (size() == 0) {
                holes = 0;
            }
        }

        void finish() {
            while (size() > 0) {
                poll();
            }
            assertNull(queue.poll());
            assertEquals(0, queue.report().backlogBytes());
        }

        /** One that is there, mostly. */
        private long someElement() {
            List<Long> list = lists.get(random.nextInt(lists.size()));
            return list.isEmpty() || random.nextInt(10) == 0
                    ? random.nextInt(1 + (int) next)
                    : list.get(random.nextInt(list.size()));
        }

        private void offer(int lane) {
            long element = next * LANES + lane;
            if (ends.get(lane).offer(element)) {
                list(element).add(element);
                next++;
            } else {
                assertTrue(size() + holes > 100, () -> "no room beside " + size() + " elements, " + holes + " holes");
            }
        }

        /** An element came, in its turn. */
        private void taken(long element) {
            assertEquals(list(element).get(0), element);
            assertTrue(first == null || first == element, () -> element + " instead of " + first);
            list(element).remove(0);
            first = null;
        }

        private void poll() {
            Long element = queue.poll();
            assertEquals(size() == 0, element == null);
            if (element != null) {
                taken(element);
            }
        }

        private void peek() {
            Long element = queue.peek();
            assertEquals(size() == 0, element == null);
            if (element != null) {
                assertEquals(list(element).get(0), element);
                assertTrue(first == null || first.equals(element), () -> element + " instead of " + first);
                first = element;
            }
        }

        private void drain(int most) {
            List<Long> drained = new ArrayList<>();
            int expected = Math.min(most, size());
            assertEquals(expected, queue.drainTo(drained, most));
            assertEquals(expected, drained.size());
            drained.forEach(this::taken);
        }

        private void remove(Long element) {
            assertEquals(list(element).remove(element), queue.remove(element));
            removed(element);
        }

        private void removed(Long element) {
            holes++;
            if (element.equals(first)) {
                first = null;
            }
        }

        private void removeIf(long bits) {
            List<Long> victims = lists.stream()
                    .flatMap(List::stream)
                    .filter(element -> (element & 7) == bits)
                    .toList();
            assertEquals(!victims.isEmpty(), queue.removeIf(element -> (element & 7) == bits));
            victims.forEach(victim -> {
                list(victim).remove(victim);
                removed(victim);
            });
        }

        private void iterate() {
            List<List<Long>> seen =
                    lists.stream().<List<Long>>map(list -> new ArrayList<>()).toList();
            List<Long> victims = new ArrayList<>();
            for (Iterator<Long> iterator = queue.iterator(); iterator.hasNext(); ) {
                Long element = iterator.next();
                seen.get(lists.indexOf(list(element))).add(element);
                if (random.nextInt(4) == 0) {
                    iterator.remove();
                    victims.add(element);
                }
            }
            assertEquals(lists, seen);
            victims.forEach(victim -> {
                list(victim).remove(victim);
                removed(victim);
            });
        }
    }
}
