package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.KillPoint;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.ProcessDied;
import io.sluice.api.testing.TestLiveness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DyingMemoryTest extends RegionMemoryContract {

    private final TestLiveness liveness = new TestLiveness();
    private final HeapMemory heap = HeapMemory.allocate("heap", SIZE, liveness);

    @Override
    RegionMemory newMemory() {
        return DyingMemory.over(heap, liveness);
    }

    @Test
    void diesInFrontOfTheChosenAccessAndNeverStoresAgain() {
        DyingMemory memory = DyingMemory.over(heap, liveness);
        memory.dieAt(2);
        memory.setLong(0, 1);
        assertTrue(liveness.isAlive(heap.selfToken()));
        assertThrows(ProcessDied.class, () -> memory.setLong(8, 1));
        assertFalse(liveness.isAlive(heap.selfToken()));
        assertThrows(ProcessDied.class, () -> memory.setLong(16, 1));
        assertThrows(ProcessDied.class, memory::nanoTime);
        assertEquals(1, heap.getLong(0));
        assertEquals(0, heap.getLong(8));
        assertEquals(0, heap.getLong(16));
    }

    @Test
    void diesHalfWayThroughACopy() {
        DyingMemory memory = DyingMemory.over(heap, liveness);
        memory.dieInside(1);
        assertThrows(ProcessDied.class, () -> memory.copyIn(0, new byte[] {1, 2, 3, 4}, 0, 4));
        assertEquals(2, heap.readByte(1));
        assertEquals(0, heap.readByte(2));
        assertTrue(memory.diedInside());
    }

    @Test
    void aSleepingThreadOfADeadProcessDoesNotRunOn() throws InterruptedException {
        DyingMemory memory = DyingMemory.over(heap, liveness);
        List<Throwable> ends = new ArrayList<>();
        Thread sleeper = new Thread(() -> {
            try {
                memory.futexWait(0, 0, Long.MAX_VALUE);
            } catch (ProcessDied death) {
                ends.add(death);
            }
        });
        sleeper.start();
        while (heap.sleepers(0) == 0) {
            Thread.onSpinWait();
        }
        memory.kill();
        heap.futexWake(0, 1);
        sleeper.join();
        assertEquals(1, ends.size());
    }

    @Test
    void enumeratesEveryKillPointOfAnOperation() {
        List<String> found = new ArrayList<>();
        int points = KillPoints.enumerate(() -> new TwoStores(found));
        assertEquals(3, points);
        assertEquals(List.of("1 4", "0 0", "1 0", "1 2"), found);
        assertEquals(
                new KillPoint(2, true),
                KillPoints.of(() -> new TwoStores(found)).get(2));
    }

    /** Stores a word, then copies four bytes. */
    private static final class TwoStores implements KillTrial {

        private final TestLiveness liveness = new TestLiveness();
        private final HeapMemory heap = HeapMemory.allocate("heap", 64, liveness);
        private final DyingMemory memory = DyingMemory.over(heap, liveness);
        private final List<String> found;

        TwoStores(List<String> found) {
            this.found = found;
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            memory.setLong(0, 1);
            memory.copyIn(8, new byte[] {1, 1, 1, 1}, 0, 4);
        }

        @Override
        public void survive() {
            int copied = 0;
            for (int i = 8; i < 16; i++) {
                copied += heap.readByte(i);
            }
            found.add(heap.getLong(0) + " " + copied);
        }
    }
}
