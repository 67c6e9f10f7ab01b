package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.scene.PausingMemory;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The only slot of a lock, whose owner is wrongly held for dead. */
class ReaderSlotsTest {

    @RegisterExtension
    final Scenes scenes = new Scenes();

    /**
     * The owner is held for dead at any access, the slot is given on, the next one queues up; then the owner goes on.
     * The next one keeps its place in the queue.
     */
    private void leavesThePlaceOfTheNextOwnerAlone(Consumer<ReaderSlots> operation) {
        long access = 1;
        while (leavesThePlaceAlone(access, operation)) {
            access++;
        }
        assertTrue(access > 2, access + " accesses");
    }

    /** Returns whether the owner was paused in time. */
    private boolean leavesThePlaceAlone(long access, Consumer<ReaderSlots> operation) {
        Scene scene = scenes.open(Scene.Place.HEAP, ReadWriteLayout.bodyBytes(1));
        DyingMemory next = scene.process();
        DyingMemory misjudged = scene.process();
        long[] place = {ArrivalOrder.NONE};
        PausingMemory paused = new PausingMemory(misjudged.target(), access, () -> {
            scene.misjudge(misjudged);
            ReaderSlots slots = new ReaderSlots(next, 1);
            assertEquals(0, slots.attach());
            place[0] = new ArrivalOrder(next, slots, new WakeWord(next, ReadWriteLayout.GATE)).arrive(0, true);
        });
        paused.arm();
        operation.accept(new ReaderSlots(paused, 1));
        assertEquals(place[0], next.getLongAcquire(ReadWriteLayout.number(0)), "after access " + access);
        return paused.hasPaused();
    }

    @Test
    void leavesThePlaceOfTheNextOwnerAloneAttaching() {
        leavesThePlaceOfTheNextOwnerAlone(ReaderSlots::attach);
    }

    @Test
    void leavesThePlaceOfTheNextOwnerAloneDetaching() {
        leavesThePlaceOfTheNextOwnerAlone(slots -> {
            slots.attach();
            slots.detach(0);
        });
    }
}
