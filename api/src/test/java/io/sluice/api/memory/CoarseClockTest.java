package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The clock of those who have just got a lock, in a process that can start no more threads. */
class CoarseClockTest {

    private final AtomicInteger tries = new AtomicInteger();
    private long now = 1;

    private Thread fail(Runnable task) {
        tries.incrementAndGet();
        throw new OutOfMemoryError("a test has no thread for " + task);
    }

    @Test
    void readsTheRealClockWhereItsThreadCannotBeStarted() {
        CoarseClock clock = new CoarseClock(() -> now, this::fail);
        assertEquals(1, clock.millis());
        now = 2;
        assertEquals(2, clock.millis());
    }

    @Test
    void triesOnceASecondToStartItsThread() {
        CoarseClock clock = new CoarseClock(() -> now, this::fail);
        clock.millis();
        now += CoarseClock.TRY_AGAIN_MILLIS - 1;
        clock.millis();
        assertEquals(1, tries.get());
        now++;
        clock.millis();
        assertEquals(2, tries.get());
    }

    @Test
    void ticksOnceItsThreadCouldBeStarted() {
        // A thread that does nothing: the time stands still from then on.
        CoarseClock clock = new CoarseClock(() -> now, task -> tries.get() == 0 ? fail(task) : new Thread(task));
        clock.millis();
        now += CoarseClock.TRY_AGAIN_MILLIS;
        long started = now;
        assertEquals(started, clock.millis());
        now++;
        assertEquals(started, clock.millis());
    }
}
