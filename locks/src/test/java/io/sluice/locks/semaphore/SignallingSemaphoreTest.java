package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a signalling semaphore does. */
class SignallingSemaphoreTest {

    private static final int MAXIMUM = 10;

    private final Scene scene = new Scene(Scene.Place.HEAP, SignallingLayout.BODY_BYTES);
    private final DyingMemory here = scene.process();
    private final DyingMemory there = scene.process();
    private final CountingSemaphore mine = CountingSemaphore.over(here, MAXIMUM, false, WaitStrategy.block());
    private final CountingSemaphore other = CountingSemaphore.over(there, MAXIMUM, false, WaitStrategy.block());

    @AfterEach
    void clear() throws IOException {
        scene.close();
    }

    @Test
    void isReleasedByAnybody() {
        assertFalse(mine.tryAcquire());
        other.release(3);
        assertTrue(mine.tryAcquire(3));
    }

    @Test
    void refusesToPassItsMaximum() {
        mine.release(MAXIMUM);
        assertThrows(IllegalStateException.class, () -> other.release());
        assertThrows(IllegalStateException.class, () -> other.release(Integer.MAX_VALUE));
        assertEquals(MAXIMUM, mine.availablePermits());
        assertThrows(IllegalArgumentException.class, () -> mine.reducePermits(-1));
    }

    @Test
    void goesBelowZeroWhenReduced() {
        mine.release(1);
        mine.reducePermits(3);
        assertEquals(-2, other.availablePermits());
        assertEquals(0, other.drainPermits());
        other.release(2);
        assertFalse(other.tryAcquire());
        other.release(1);
        assertTrue(mine.tryAcquire());
        mine.reducePermits(Integer.MAX_VALUE);
        mine.reducePermits(1);
        assertEquals(Integer.MIN_VALUE, mine.availablePermits());
        assertThrows(IllegalStateException.class, () -> mine.reducePermits(1));
    }

    @Test
    void doesNotGiveBackWhatADeadProcessTook() {
        mine.release(2);
        assertTrue(other.tryAcquire());
        there.kill();
        assertTrue(mine.tryAcquire());
        assertFalse(mine.tryAcquire());
    }

    @Test
    void refusesACountThatItDidNotWrite() {
        for (long count : new long[] {MAXIMUM + 1, Long.MIN_VALUE, Integer.MIN_VALUE - 1L, Long.MAX_VALUE}) {
            here.setLongRelease(SignallingLayout.COUNT, count);
            assertThrows(CorruptLockException.class, mine::tryAcquire);
            assertThrows(CorruptLockException.class, mine::acquire);
            assertThrows(CorruptLockException.class, mine::release);
        }
    }
}
