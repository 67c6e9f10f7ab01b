package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.OrderedWords;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The words that say which change of the ledger was the last one, and which is booked, are stored and loaded in order:
 * who sees a number there reads behind it what was booked before. So is what was announced: that it was loaded before
 * the second look at the state is why it goes for that state.
 */
class LedgerOrderTest {

    private static final int TOTAL = 4;
    private static final Set<Long> STORED = Set.of(AccountableLayout.STATE, AccountableLayout.SETTLED);

    @RegisterExtension
    final Scenes scenes = new Scenes();

    /** Those, and what the holder of an account has announced. */
    private static Set<Long> loaded(int account) {
        Set<Long> words = new HashSet<>(STORED);
        words.add(AccountableLayout.announced(account, 0));
        words.add(AccountableLayout.announced(account, 1));
        return words;
    }

    @Test
    void whatIsSettledIsNeverStoredOrLoadedWithoutAnOrder() {
        Scene scene = scenes.open(Scene.Place.HEAP, AccountableLayout.BODY_BYTES);
        LedgerSemaphore.initialize(scene.process(), TOTAL);
        OrderedWords left = new OrderedWords(scene.process(), STORED, loaded(0));
        OrderedWords right = new OrderedWords(scene.process(), STORED, loaded(1));
        try (LedgerSemaphore first = LedgerSemaphore.over(left, TOTAL, false, WaitStrategy.block());
                LedgerSemaphore second = LedgerSemaphore.over(right, TOTAL, false, WaitStrategy.block())) {
            for (int round = 0; round < 10; round++) {
                assertTrue(first.tryAcquire(3));
                assertTrue(second.tryAcquire());
                first.transfer(1, second.holderId());
                first.release();
                // A change of the same account as the last one: what was announced says how many are held.
                first.release();
                second.release();
                second.release();
                assertEquals(0, first.heldPermits());
                assertEquals(TOTAL, second.availablePermits());
            }
        }
        // Of the words, the state is changed by a CAS only.
        assertEquals(Set.of(AccountableLayout.SETTLED), left.released());
        assertEquals(Set.of(AccountableLayout.SETTLED), right.released());
        assertEquals(loaded(0), left.acquired());
        assertEquals(loaded(1), right.acquired());
    }
}
