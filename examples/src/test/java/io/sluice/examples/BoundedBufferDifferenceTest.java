package io.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.queue.QueueSpec;
import io.sluice.ringbuffer.queue.SharedBlockingQueue;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same random operations on the textbook's buffer, with its mutex and its two semaphores, and on a queue over a ring,
 * which has no lock: every result is the same.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedBufferDifferenceTest {

    private static final Duration NO_TIME = Duration.ZERO;
    private static final int OPERATIONS = Integer.getInteger("sluice.operations", 60_000);

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @RegisterExtension
    final OwnDefaultDirectory directory = new OwnDefaultDirectory();

    private static SharedBlockingQueue<byte[]> queue(RingKind kind) {
        return SharedBlockingQueue.create(QueueSpec.of(RingSpec.of(kind, "queue", 4096), Codecs.bytes()));
    }

    /** An item of 8 bytes takes 16, so the ring has room for 256. */
    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPSC", "MPMC"})
    void acceptsAndRefusesAsTheTextbookDoes(RingKind kind) throws InterruptedException {
        compare(kind, 256, 8, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPSC", "MPMC"})
    void givesItemsOfEveryLengthAsTheTextbookDoes(RingKind kind) throws InterruptedException {
        compare(kind, 20, 180, true);
    }

    private void compare(RingKind kind, int places, int longest, boolean anyLength) throws InterruptedException {
        try (BoundedBuffer textbook = BoundedBuffer.openOrCreate("buffer", places, longest);
                SharedBlockingQueue<byte[]> queue = queue(kind)) {
            for (int operation = 0; operation < OPERATIONS; operation++) {
                // Tides, so that both are full at times and empty at others.
                boolean put = random.nextInt(10) < (operation / 1000 % 2 == 0 ? 6 : 4);
                String where = kind + ", -Dsluice.seed=" + seed + ", operation " + operation;
                if (put) {
                    byte[] item = new byte[anyLength ? random.nextInt(longest + 1) : longest];
                    random.nextBytes(item);
                    boolean accepted = textbook.put(item, NO_TIME);
                    if (!anyLength) {
                        assertEquals(
                                accepted,
                                random.nextBoolean() ? queue.offer(item) : queue.offer(item, 0, TimeUnit.SECONDS),
                                where);
                    } else if (accepted) {
                        // The ring's room is in bytes, and enough for so many of the longest.
                        queue.put(item);
                    }
                } else {
                    byte[] expected = textbook.take(NO_TIME);
                    byte[] found = random.nextBoolean() ? queue.poll() : queue.poll(0, TimeUnit.SECONDS);
                    assertArrayEquals(expected, found, where);
                }
                if (random.nextInt(100) == 0 && !anyLength) {
                    assertEquals(textbook.size(), queue.size(), where);
                    assertEquals(places - textbook.size(), queue.remainingCapacity(), where);
                }
            }
        }
    }
}
