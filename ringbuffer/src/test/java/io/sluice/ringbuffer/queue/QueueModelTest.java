package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RingKind;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.codec.Codecs;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same random operations on a shared queue and on an {@code ArrayBlockingQueue}: every result is the same. An element
 * takes 16 bytes, so a ring of 4 KiB holds 256 of them.
 */
@Timeout(300)
class QueueModelTest {

    private static final int CAPACITY = 256;
    private static final int OPERATIONS = Integer.getInteger("sluice.operations", 1_000_000);

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private BlockingQueue<Long> model;
    private SharedBlockingQueue<Long> queue;
    private long next;
    private int holes; // at most so many elements that were removed from the middle still take room

    private RingKind kind;

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPSC", "MPMC"})
    void doesWhatAnArrayBlockingQueueDoes(RingKind ring) throws Exception {
        System.out.println("QueueModelTest seed " + seed);
        kind = ring;
        try (QueueScene scene = new QueueScene(kind)) {
            model = new ArrayBlockingQueue<>(CAPACITY);
            queue = scene.queue(
                    QueueSpec.of(scene.ring("queue", 16 * CAPACITY, WaitStrategy.backOff()), Codecs.longs()));
            for (int i = 0; i < OPERATIONS; i++) {
                try {
                    step();
                } catch (AssertionError e) {
                    throw new AssertionError(kind + ", -Dsluice.seed=" + seed + ", operation " + i, e);
                }
            }
        }
    }

    private void step() throws InterruptedException {
        // Tides, so that the queue is full at times and empty at others.
        boolean flood = next / 1000 % 2 == 0;
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4 -> offer();
            case 5, 6 -> {
                if (flood) {
                    offer();
                } else {
                    same(BlockingQueue::poll);
                }
            }
            case 7, 8, 9, 10 -> same(BlockingQueue::poll);
            case 11 -> same(BlockingQueue::peek);
            case 12 -> same(any -> any.size());
            case 13 -> same(any -> any.isEmpty());
            case 14 -> timed();
            case 15 -> drain(random.nextInt(8));
            case 16 -> {
                if (canLook()) {
                    same(any -> any.contains(someNumber()));
                }
            }
            case 17 -> room();
            default -> rarely();
        }
    }

    private void rarely() {
        switch (random.nextInt(200)) {
            case 0, 1, 2 -> {
                if (canLook()) {
                    same(any -> List.of(any.toArray()));
                    same(any -> List.of(any.toArray(new Long[0])));
                    same(Object::toString);
                }
            }
            case 3 -> {
                same(any -> {
                    any.clear();
                    return null;
                });
                holes = 0;
            }
            case 4 -> drain(Integer.MAX_VALUE);
            case 5, 6, 7, 8, 9, 10 -> {
                if (canLook()) {
                    removeInTheMiddle();
                }
            }
            default -> same(BlockingQueue::poll);
        }
    }

    /** Not where others may take what is seen. */
    private boolean canLook() {
        return kind != RingKind.MPMC;
    }

    private void removeInTheMiddle() {
        switch (random.nextInt(6)) {
            case 0 -> {
                long bits = random.nextInt(8);
                holes += model.size();
                same(any -> any.removeIf(number -> (number & 7) == bits));
            }
            case 1 -> {
                holes += model.size();
                List<Long> kept = List.of(someNumber(), someNumber(), next, next + 1);
                same(any -> any.retainAll(kept));
            }
            case 2 -> iterate();
            default -> remove();
        }
    }

    /** The same on both, with the same random choices. */
    private void same(Function<BlockingQueue<Long>, Object> operation) {
        assertEquals(operation.apply(model), operation.apply(queue));
        if (model.isEmpty()) {
            holes = 0;
        }
    }

    private Long someNumber() {
        // Reproducible without state, because it is asked for once for each queue.
        return next - (next * 31 + 7) % 300;
    }

    private void offer() {
        boolean accepted = queue.offer(next);
        if (!accepted && holes > 0) {
            // Removed elements may take the room that the model has.
            assertTrue(queue.size() + holes >= CAPACITY);
            return;
        }
        assertEquals(model.offer(next), accepted);
        next++;
    }

    private void timed() throws InterruptedException {
        if (model.isEmpty() || random.nextInt(1000) == 0) {
            same(any -> {
                try {
                    return any.poll(0, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        } else {
            assertEquals(model.take(), queue.take());
        }
        if (model.remainingCapacity() > 0 && queue.remainingCapacity() > 0) {
            model.put(next);
            queue.put(next);
            next++;
        }
    }

    private void drain(int most) {
        List<Long> expected = new ArrayList<>();
        List<Long> found = new ArrayList<>();
        assertEquals(model.drainTo(expected, most), queue.drainTo(found, most));
        assertEquals(expected, found);
    }

    private void room() {
        if (holes == 0) {
            same(BlockingQueue::remainingCapacity);
        } else {
            assertTrue(queue.remainingCapacity() <= model.remainingCapacity());
        }
    }

    private void remove() {
        holes++;
        Long[] there = model.toArray(new Long[0]);
        Long wanted = there.length == 0 ? someNumber() : there[random.nextInt(there.length)];
        same(any -> any.remove(wanted));
    }

    private void iterate() {
        long victims = random.nextLong();
        holes += model.size();
        assertArrayEquals(walk(model, victims).toArray(), walk(queue, victims).toArray());
    }

    private static List<Long> walk(BlockingQueue<Long> any, long victims) {
        List<Long> seen = new ArrayList<>();
        for (Iterator<Long> iterator = any.iterator(); iterator.hasNext(); ) {
            long number = iterator.next();
            seen.add(number);
            if ((victims >>> number & 1) == 1) {
                iterator.remove();
            }
        }
        seen.addAll(any);
        return seen;
    }
}
