package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.ChildJvm;
import io.sluice.ringbuffer.queue.QueueScene.Later;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Processes that share a queue and are killed with SIGKILL in the middle of it, or stopped. Every element is accounted for. */
class QueueProcessesTest {

    private static final int ROUNDS = Integer.getInteger("sluice.rounds", 2);
    private static final int FEWER_ROUNDS = Math.max(1, ROUNDS / 2);

    @Nested
    class OverMpsc extends QueueKillsContract.ManyProducers {
        OverMpsc() {
            super(RingKind.MPSC, RingOrder.PER_PRODUCER, FEWER_ROUNDS);
        }
    }

    @Nested
    class OverMpscInTotalOrder extends QueueKillsContract.ManyProducers {
        OverMpscInTotalOrder() {
            super(RingKind.MPSC, RingOrder.TOTAL, FEWER_ROUNDS);
        }
    }

    @Nested
    class OverMpmc extends QueueKillsContract.ManyProducers {
        OverMpmc() {
            super(RingKind.MPMC, RingOrder.PER_PRODUCER, FEWER_ROUNDS);
        }
    }

    @Nested
    class OverSpsc extends QueueKillsContract {
        OverSpsc() {
            super(RingKind.SPSC, RingOrder.PER_PRODUCER, ROUNDS);
        }

        @Test
        void severalThreadsOfAKilledProcessLoseNothing() throws Exception {
            long[] next = {0, 1, 2};
            try (ChildJvm putter = start("putInThreads", 0)) {
                for (int taken = 0; taken < 20_000; taken++) {
                    account(next, queue().take());
                }
                putter.kill();
            }
            String text;
            while ((text = queue().poll()) != null) {
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
        void aStoppedProcessIsWaitedFor() throws Exception {
            long next = 0;
            try (ChildJvm putter = start("put", 0)) {
                for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < 1000; i++) {
                        assertEquals(next++, QueueChild.number(queue().take()));
                    }
                    putter.stop();
                    String text;
                    while ((text = queue().poll(60, TimeUnit.MILLISECONDS)) != null) {
                        assertEquals(next++, QueueChild.number(text));
                    }
                    putter.resume();
                }
                assertEquals(next, QueueChild.number(queue().take()));
            }
        }

        @Test
        void waitsForTheSuccessorOfTheDeadIfToldSo() throws Exception {
            queue().close();
            SharedBlockingQueue<String> patient = scene().queue(spec().withPeerLoss(PeerLoss.WAIT));
            long next = 0;
            for (int round = 0; round < 2; round++) {
                try (ChildJvm putter = start("put", next)) {
                    Later<String> taker = scene().later(patient::take);
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
                assertTrue(queue().isEmpty());
                assertEquals(0, queue().size());
                for (int i = 1; i <= 10; i++) {
                    queue().add("x".repeat(100));
                    assertEquals(i, queue().size());
                }
                assertFalse(queue().isEmpty());
                assertTrue(queue().toString().startsWith("SharedBlockingQueue[/"), queue().toString());
                assertThrows(RoleTakenException.class, () -> queue().contains("x"));
                taker.kill();
            }
            assertEquals(10, queue().toArray().length);
        }
    }
}
