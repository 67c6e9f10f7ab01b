package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.TestLiveness;
import io.sluice.ringbuffer.worker.WorkerFigures.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker's figures when it dies in front of every access to them. */
class WorkerPlaceDeathTest {

    private static final long RING = 11;

    private static final long EARLIER = 7;

    @Test
    void aWorkerMayDieAnywhere() {
        assertTrue(KillPoints.enumerate(Trial::new) > 15);
    }

    /**
     * Takes the place that another one left, handles three messages, of which the second is at the first one's position
     * of another lane and the last is delivered three times, and leaves.
     */
    private static final class Trial implements KillTrial {

        private final TestLiveness liveness = new TestLiveness();
        private final HeapMemory heap =
                HeapMemory.allocate("figures", WorkerLayout.place(WorkerLayout.PLACE_COUNT), liveness);
        private final DyingMemory memory;
        private long handled;
        private long failed;
        private long before = InHand.EMPTY; // the message that was in hand before, and how often
        private long now; // that which was begun last, if that was stored yet

        Trial() {
            WorkerPlace earlier = WorkerPlace.take(heap.newProcess());
            earlier.begin(RING);
            earlier.set(WorkerLayout.DELIVERED, EARLIER);
            now = InHand.word(InHand.message(0, 96), 4);
            earlier.setInHand(InHand.message(0, 96), 4);
            earlier.leave(WorkerState.ENDED);
            memory = DyingMemory.over(heap.newProcess(), liveness);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            WorkerPlace place = WorkerPlace.take(memory);
            place.begin(RING);
            deliver(place, InHand.message(1, 128), 1);
            handled++;
            place.count(WorkerLayout.DELIVERED);
            deliver(place, InHand.message(2, 128), 1);
            handled++;
            place.count(WorkerLayout.DELIVERED);
            for (int delivery = 1; delivery <= 3; delivery++) {
                deliver(place, InHand.message(2, 160), delivery);
                if (delivery < 3) {
                    failed++;
                    place.count(WorkerLayout.FAILED);
                }
            }
            handled++;
            place.count(WorkerLayout.DELIVERED);
            place.set(WorkerLayout.LAG, 0);
            place.leave(WorkerState.ENDED);
        }

        private void deliver(WorkerPlace place, long message, long tries) {
            before = now;
            now = InHand.word(message, tries);
            place.setInHand(message, tries);
        }

        @Override
        public void survive() {
            RegionMemory observer = heap.newProcess();
            List<Place> places = WorkerFigures.of(observer).places();
            // It took the place that was free, and nobody else's.
            assertEquals(1, places.size());
            Place figures = places.get(0);
            // Counted after the fact: one may be missing, none is invented.
            assertNear(EARLIER + handled, figures.delivered());
            assertNear(failed, figures.failed());
            assertEquals(
                    false,
                    figures.alive() && memory.isDead(),
                    "a dead worker's place does not count as that of a live one");
            WorkerPlace next = WorkerPlace.take(observer);
            assertNotNull(next);
            // The same place, with the figures as they were.
            assertEquals(figures.delivered(), next.get(WorkerLayout.DELIVERED));
            // Lane, position and count of one message, and none that was not begun as often.
            long inHand = next.get(WorkerLayout.IN_HAND);
            assertTrue(inHand == now || inHand == before, () -> Long.toHexString(inHand) + " in hand");
            next.begin(RING);
            next.count(WorkerLayout.DELIVERED);
            Place after = WorkerFigures.of(observer).places().get(0);
            assertEquals(figures.delivered() + 1, after.delivered());
            assertTrue(after.alive());
        }

        private static void assertNear(long expected, long found) {
            assertTrue(found == expected || found == expected - 1, () -> found + " counted of " + expected);
        }
    }
}
