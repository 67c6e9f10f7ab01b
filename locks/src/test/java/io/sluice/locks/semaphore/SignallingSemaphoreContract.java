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

/** What only a signalling semaphore does, in either order, whatever memory it is in. */
abstract class SignallingSemaphoreContract {

    private static final int MAXIMUM = 10;

    private final boolean fair;
    private final Scene scene;
    private final DyingMemory here;
    private final DyingMemory there;
    private final CountingSemaphore mine;
    private final CountingSemaphore other;

    SignallingSemaphoreContract(Scene.Place place, boolean fair) {
        this.fair = fair;
        scene = new Scene(place, SignallingLayout.BODY_BYTES);
        here = scene.process();
        there = scene.process();
        mine = over(here, MAXIMUM);
        other = over(there, MAXIMUM);
    }

    private CountingSemaphore over(DyingMemory memory, int maximum) {
        return CountingSemaphore.over(memory, maximum, fair, WaitStrategy.block());
    }

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
    void refusesToPassTheLargestNumberThereIs() {
        CountingSemaphore large = over(here, Integer.MAX_VALUE);
        large.release(Integer.MAX_VALUE);
        assertThrows(IllegalStateException.class, () -> large.release());
        assertThrows(IllegalStateException.class, () -> large.release(Integer.MAX_VALUE));
        large.reducePermits(2);
        assertThrows(IllegalStateException.class, () -> large.release(3));
        large.release(2);
        assertEquals(Integer.MAX_VALUE, large.availablePermits());
        large.reducePermits(Integer.MAX_VALUE);
        large.reducePermits(Integer.MAX_VALUE);
        large.release(Integer.MAX_VALUE);
        assertEquals(0, large.availablePermits());
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
