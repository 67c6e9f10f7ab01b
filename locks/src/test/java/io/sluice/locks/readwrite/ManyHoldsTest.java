package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More holds than can be counted. */
@SuppressWarnings("LockNotBeforeTry") // the steps of a test are the point
class ManyHoldsTest {

    private final Scene scene = new Scene(Scene.Place.HEAP, ReadWriteLayout.bodyBytes(2));
    private final SharedReadWriteLock lock =
            new RegionReadWriteLock(scene.process(), 2, false, WaitStrategy.block(), () -> {});

    @AfterEach
    void clear() throws IOException {
        scene.close();
    }

    @Test
    void refusesMoreReadersThanCanBeCounted() throws InterruptedException {
        refusesMore(lock.readLock());
    }

    @Test
    void refusesMoreHoldsOfAWriterThanCanBeCounted() throws InterruptedException {
        refusesMore(lock.writeLock());
    }

    private void refusesMore(Lock side) throws InterruptedException {
        for (int hold = 0; hold < SharedReadWriteLock.MAX_HOLDS; hold++) {
            assertTrue(side.tryLock(0, TimeUnit.NANOSECONDS));
        }
        assertThrows(IllegalStateException.class, side::lock);
        assertThrows(IllegalStateException.class, side::tryLock);
        assertThrows(IllegalStateException.class, () -> side.tryLock(1, TimeUnit.NANOSECONDS));
        for (int hold = 0; hold < SharedReadWriteLock.MAX_HOLDS; hold++) {
            side.unlock();
        }
        assertEquals("free", lock.stat().state());
        assertTrue(side.tryLock());
        side.unlock();
    }
}
