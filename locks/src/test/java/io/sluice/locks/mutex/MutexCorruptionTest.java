package io.sluice.locks.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.CorruptionContract;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A mutex with a word that it did not write. */
@SuppressWarnings("LockNotBeforeTry") // the steps of a test are the point
class MutexCorruptionTest extends CorruptionContract<Mutex> {

    private static final long[] IMPOSSIBLE = {3, 8, 0x10003, 0x10004, 0x10002, -1};

    @Override
    protected long bodyBytes() {
        return MutexLayout.BODY_BYTES;
    }

    @Override
    protected Mutex attach(RegionMemory memory) {
        return Mutex.over(memory, WaitStrategy.block());
    }

    @Override
    protected List<Damage> damages() {
        return LongStream.of(IMPOSSIBLE)
                .mapToObj(word -> new Damage("mutex word", MutexLayout.WORD, word, true))
                .toList();
    }

    @Override
    protected void occupy(Mutex mutex) {
        mutex.lock();
    }

    @Override
    protected void visit(Mutex mutex) {
        mutex.lock();
        mutex.unlock();
    }

    @Override
    protected void vacate(Mutex mutex) {
        mutex.unlock();
    }

    @Test
    void tellsTheOwnerThatItIsCorruptAndNotThatItWasHeldForDead() throws IOException {
        try (Scene scene = new Scene(Scene.Place.HEAP, MutexLayout.BODY_BYTES)) {
            DyingMemory memory = scene.process();
            Mutex mutex = attach(memory);
            for (long word : IMPOSSIBLE) {
                mutex.lock();
                memory.setLongRelease(MutexLayout.WORD, word);
                assertThrows(CorruptLockException.class, mutex::lock);
                assertThrows(CorruptLockException.class, mutex::fencingToken);
                assertEquals(1, mutex.holdCount());
                assertThrows(CorruptLockException.class, mutex::unlock);
                assertFalse(mutex.isHeldByCurrentThread());
                assertEquals(word, memory.getLongAcquire(MutexLayout.WORD));
                assertTrue(assertThrows(IllegalMonitorStateException.class, mutex::unlock)
                        .getMessage()
                        .contains("corrupt"));
                memory.setLongRelease(MutexLayout.WORD, MutexWord.FREE);
            }
        }
    }

    @Test
    void tellsTheOneWhoRepairsThatItIsCorrupt() throws IOException {
        try (Scene scene = new Scene(Scene.Place.HEAP, MutexLayout.BODY_BYTES)) {
            DyingMemory dead = scene.process();
            attach(dead).lock();
            dead.kill();
            DyingMemory memory = scene.process();
            Mutex mutex = attach(memory);
            assertThrows(OwnerDiedException.class, mutex::lock);
            long sound = memory.getLongAcquire(MutexLayout.WORD);
            memory.setLongRelease(MutexLayout.WORD, -1);
            assertThrows(CorruptLockException.class, mutex::markConsistent);
            memory.setLongRelease(MutexLayout.WORD, sound);
            mutex.markConsistent();
            mutex.unlock();
            assertEquals("free", mutex.stat().state());
        }
    }
}
