package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.OrderedWords;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The words that say which change of the ledger was the last one, and which is booked, are stored and loaded in order:
 * who sees a number there reads behind it what was booked before.
 */
class LedgerOrderTest {

    private static final int TOTAL = 4;
    private static final Set<Long> STORED = Set.of(AccountableLayout.STATE, AccountableLayout.SETTLED);
    private static final Set<Long> LOADED = STORED;

    @RegisterExtension
    final Scenes scenes = new Scenes();

    @Test
    void whatIsSettledIsNeverStoredOrLoadedWithoutAnOrder() {
        Scene scene = scenes.open(Scene.Place.HEAP, AccountableLayout.BODY_BYTES);
        LedgerSemaphore.initialize(scene.process(), TOTAL);
        OrderedWords left = new OrderedWords(scene.process(), STORED, LOADED);
        OrderedWords right = new OrderedWords(scene.process(), STORED, LOADED);
        try (LedgerSemaphore first = LedgerSemaphore.over(left, TOTAL, false, WaitStrategy.block());
                LedgerSemaphore second = LedgerSemaphore.over(right, TOTAL, false, WaitStrategy.block())) {
            for (int round = 0; round < 10; round++) {
                assertTrue(first.tryAcquire(2));
                assertTrue(second.tryAcquire());
                first.transfer(1, second.holderId());
                first.release();
                second.release(2);
                assertEquals(0, first.heldPermits());
                assertEquals(TOTAL, second.availablePermits());
            }
        }
        // Of the words, the state is changed by a CAS only.
        assertEquals(Set.of(AccountableLayout.SETTLED), left.released());
        assertEquals(Set.of(AccountableLayout.SETTLED), right.released());
        assertEquals(LOADED, left.acquired());
        assertEquals(LOADED, right.acquired());
    }
}
