package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RoleTakenException;
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

/** Processes that share a queue and are killed with SIGKILL in the middle of it, or stopped. Every element is accounted for. */
@Timeout(180)
class QueueProcessesTest {

    private static final int ROUNDS = Integer.getInteger("sluice.rounds", 4);

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private QueueScene scene;
    private SharedBlockingQueue<String> queue;

    @BeforeEach
    void createQueue() throws IOException {
        System.out.println("QueueProcessesTest seed " + seed);
        scene = new QueueScene(RingKind.SPSC);
        queue = scene.queue(spec());
    }

    @AfterEach
    void removeQueue() throws IOException {
        scene.close();
    }

    private QueueSpec<String> spec() {
        return QueueChild.spec(scene.directory().path(), RingKind.SPSC);
    }

    private ChildJvm start(String what, long first) {
        ChildJvm child = ChildJvm.start(
                QueueChild.class, what, scene.directory().path().toString(), "SPSC", Long.toString(first));
        child.awaitLine("ready");
        return child;
    }

    private long noted(int offset) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(scene.directory().path().resolve(".notes")))
                .getLong(offset);
    }

    @Test
    void whatAKilledProcessHadPutIsTakenInOrderAndThenItsDeathIsTold() throws Exception {
        long next = 0;
        for (int round = 0; round < ROUNDS; round++) {
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
    void severalThreadsOfAKilledProcessLoseNothing() throws Exception {
        long[] next = {0, 1, 2};
        try (ChildJvm putter = start("putInThreads", 0)) {
            for (int taken = 0; taken < 20_000; taken++) {
                account(next, queue.take());
            }
            putter.kill();
        }
        String text;
        while ((text = queue.poll()) != null) {
            account(next, text);
        }
        for (int thread = 0; thread < QueueChild.THREADS; thread++) {
            long ahead = next[thread] - noted(8 * thread);
            assertTrue(ahead == 0 || ahead == QueueChild.THREADS, "thread " + thread + " is ahead by " + ahead);
        }
    }

    private static void account(long[] next, String text) {
        long number = QueueChild.number(text);
        int thread = (int) (number % QueueChild.THREADS);
        assertEquals(next[thread], number);
        next[thread] += QueueChild.THREADS;
    }

    @Test
    void whatAKilledProcessHadTakenIsNotDeliveredAgain() throws Exception {
        long sent = 0;
        for (int round = 0; round < ROUNDS; round++) {
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
        for (int round = 0; round < ROUNDS; round++) {
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
            assertThrows(RoleTakenException.class, queue::poll);
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

    @Test
    void aStoppedProcessIsWaitedFor() throws Exception {
        long next = 0;
        try (ChildJvm putter = start("put", 0)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 1000; i++) {
                    assertEquals(next++, QueueChild.number(queue.take()));
                }
                putter.stop();
                String text;
                while ((text = queue.poll(60, TimeUnit.MILLISECONDS)) != null) {
                    assertEquals(next++, QueueChild.number(text));
                }
                putter.resume();
            }
            assertEquals(next, QueueChild.number(queue.take()));
        }
    }

    @Test
    void waitsForTheSuccessorOfTheDeadIfToldSo() throws Exception {
        queue.close();
        SharedBlockingQueue<String> patient = scene.queue(spec().withPeerLoss(PeerLoss.WAIT));
        long next = 0;
        for (int round = 0; round < 2; round++) {
            try (ChildJvm putter = start("put", next)) {
                Later<String> taker = scene.later(patient::take);
                assertEquals(next++, QueueChild.number(taker.get()));
                putter.kill();
            }
            String text;
            while ((text = patient.poll(60, TimeUnit.MILLISECONDS)) != null) {
                assertEquals(next++, QueueChild.number(text));
            }
        }
    }

    @Test
    void estimatesHowManyElementsAnotherProcessWillTake() {
        try (ChildJvm taker = start("hold", 0)) {
            assertTrue(queue.isEmpty());
            assertEquals(0, queue.size());
            for (int i = 1; i <= 10; i++) {
                queue.add("x".repeat(100));
                assertEquals(i, queue.size());
            }
            assertFalse(queue.isEmpty());
            assertTrue(queue.toString().startsWith("SharedBlockingQueue[/"), queue.toString());
            assertThrows(RoleTakenException.class, () -> queue.contains("x"));
            taker.kill();
        }
        assertEquals(10, queue.toArray().length);
    }
}
