package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.testing.ChildJvm;
import io.sluice.ringbuffer.queue.QueueScene.Later;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a queue over any ring leaves when a process is killed in the middle of it. Every element is accounted for. */
@Timeout(180)
abstract class QueueKillsContract {

    private final RingKind kind;
    private final RingOrder order;
    private final int rounds;
    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private QueueScene scene;
    private SharedBlockingQueue<String> queue;

    /** A queue over a ring of this kind, whose processes are killed so often in a test. */
    QueueKillsContract(RingKind kind, RingOrder order, int rounds) {
        this.kind = kind;
        this.order = order;
        this.rounds = rounds;
    }

    @BeforeEach
    final void createQueue() throws IOException {
        System.out.println(getClass().getSimpleName() + " seed " + seed);
        scene = new QueueScene(kind);
        queue = scene.queue(spec());
    }

    @AfterEach
    final void removeQueue() throws IOException {
        scene.close();
    }

    final QueueScene scene() {
        return scene;
    }

    final SharedBlockingQueue<String> queue() {
        return queue;
    }

    final QueueSpec<String> spec() {
        return QueueChild.spec(scene.directory().path(), kind, order);
    }

    final ChildJvm start(String what, long first) {
        ChildJvm child = ChildJvm.start(
                QueueChild.class,
                what,
                scene.directory().path().toString(),
                kind.name(),
                order.name(),
                Long.toString(first));
        child.awaitLine("ready");
        return child;
    }

    final long noted(int offset) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(scene.directory().path().resolve(".notes")))
                .getLong(offset);
    }

    @Test
    void whatAKilledProcessHadPutIsTakenInOrderAndThenItsDeathIsTold() throws Exception {
        long next = 0;
        for (int round = 0; round < rounds; round++) {
            try (ChildJvm putter = start("put", next)) {
                long enough = next + 500 + random.nextInt(10_000);
                while (next < enough) {
                    assertEquals(next++, QueueChild.number(queue.take()));
                }
                putter.kill();
            }
            String text;
            while ((text = queue.poll()) != null) {
                assertEquals(next++, QueueChild.number(text));
            }
            assertThrows(PeerDiedException.class, queue::take);
            long put = noted(0);
            // Killed between the commit and the note of it.
            assertTrue(next == put || next == put + 1, "put " + put + ", taken " + next + ", seed " + seed);
        }
    }

    @Test
    void whatAKilledProcessHadTakenIsNotDeliveredAgain() throws Exception {
        long sent = 0;
        for (int round = 0; round < rounds; round++) {
            try (ChildJvm taker = start("take", 0)) {
                long enough = sent + 500 + random.nextInt(10_000);
                while (sent < enough) {
                    queue.put(QueueChild.text(sent++));
                }
                QueueScene.until(() -> queue.report().backlogBytes() < 20_000);
                taker.kill();
            }
            long taken = noted(0);
            long first = sent;
            try (SharedBlockingQueue<String> next = SharedBlockingQueue.open(spec())) {
                String text = next.poll();
                if (text != null) {
                    first = QueueChild.number(text);
                    for (long number = first + 1; number < sent; number++) {
                        assertEquals(number, QueueChild.number(next.poll()));
                    }
                }
                assertNull(next.poll());
            }
            // One element may have died with its process: taken, and not yet used.
            assertTrue(first == taken || first == taken + 1, "taken " + taken + ", next " + first + ", seed " + seed);
        }
    }

    @Test
    void whatAKilledProcessHadNotFinishedHandlingIsDeliveredAgain() throws Exception {
        long sent = 0;
        for (int round = 0; round < rounds; round++) {
            try (ChildJvm handler = start("handle", 0)) {
                long enough = sent + 500 + random.nextInt(10_000);
                while (sent < enough) {
                    queue.put(QueueChild.text(sent++));
                }
                QueueScene.until(() -> queue.report().backlogBytes() < 20_000);
                handler.kill();
            }
            long handled = noted(0);
            long acknowledged = noted(8);
            try (SharedBlockingQueue<String> next = SharedBlockingQueue.open(spec())) {
                String text = next.poll();
                long first = text == null ? sent : QueueChild.number(text);
                assertTrue(
                        acknowledged <= first && first <= handled,
                        "acknowledged " + acknowledged + ", handled " + handled + ", next " + first + ", seed " + seed);
                for (long number = first + 1; number < sent; number++) {
                    assertEquals(number, QueueChild.number(next.poll()));
                }
            }
        }
    }

    @Test
    void aThreadThatWaitsForAnElementIsToldOfADeath() throws Exception {
        try (ChildJvm putter = start("put", 0)) {
            queue.take();
            putter.stop();
            queue.clear();
            Later<String> taker = scene.later(queue::take).awaitWaiting();
            putter.kill();
            assertInstanceOf(PeerDiedException.class, taker.failure());
        }
        assertNull(queue.poll());
    }

    @Test
    void aThreadThatWaitsForRoomIsToldOfADeath() throws Exception {
        try (ChildJvm taker = start("hold", 0)) {
            while (queue.offer("x".repeat(1000))) {
                assertTrue(queue.size() > 0);
            }
            Later<Boolean> putter = scene.later(() -> queue.offer("x".repeat(1000), 100, TimeUnit.SECONDS))
                    .awaitWaiting();
            taker.kill();
            assertInstanceOf(PeerDiedException.class, putter.failure());
        }
        assertFalse(queue.offer("x".repeat(1000)));
        assertEquals("x".repeat(1000), queue.take());
    }

    /** What rings with several producers add. */
    abstract static class ManyProducers extends QueueKillsContract {

        ManyProducers(RingKind kind, RingOrder order, int rounds) {
            super(kind, order, rounds);
        }

        @Test
        void aKilledProcessKeepsNothingOfAnothersBack() throws Exception {
            long[] next = {0, QueueChild.RANGE};
            try (ChildJvm other = start("put", QueueChild.RANGE)) {
                try (ChildJvm victim = start("put", 0)) {
                    while (next[0] < 3000) {
                        account(next, queue().take());
                    }
                    victim.kill();
                }
                long enough = next[1] + 3000;
                while (next[1] < enough) {
                    account(next, queue().take());
                }
                other.kill();
            }
            String text;
            while ((text = queue().poll()) != null) {
                account(next, text);
            }
            assertThrows(PeerDiedException.class, queue()::take);
            for (int process = 0; process < next.length; process++) {
                long ahead = next[process] - noted(8 * process);
                assertTrue(ahead == 0 || ahead == 1, "process " + process + " is ahead by " + ahead);
            }
        }

        private static void account(long[] next, String text) {
            long number = QueueChild.number(text);
            int process = (int) (number / QueueChild.RANGE);
            assertEquals(next[process], number);
            next[process]++;
        }
    }
}
