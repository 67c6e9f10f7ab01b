package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.CorruptionContract;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A read-write lock with words that it did not write, and writers that wait for a reader. */
@SuppressWarnings("LockNotBeforeTry") // the steps of a test are the point
class WritersCorruptionTest extends CorruptionContract<RegionReadWriteLock> {

    private static final int ATTACHMENTS = 4;

    @Override
    protected long bodyBytes() {
        return ReadWriteLayout.bodyBytes(ATTACHMENTS);
    }

    @Override
    protected RegionReadWriteLock attach(RegionMemory memory) {
        return attach(memory, false);
    }

    private static RegionReadWriteLock attach(RegionMemory memory, boolean fair) {
        return new RegionReadWriteLock(memory, ATTACHMENTS, fair, WaitStrategy.block(), () -> {});
    }

    @Override
    protected List<Damage> damages() {
        return List.of(
                new Damage("reader slot 0", ReadWriteLayout.word(0), ReaderSlots.READING, true),
                new Damage("reader slot 0", ReadWriteLayout.word(0), -1, true));
    }

    @Override
    protected void occupy(RegionReadWriteLock lock) {
        lock.readLock().lock();
    }

    @Override
    protected void visit(RegionReadWriteLock lock) {
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }

    @Override
    protected void vacate(RegionReadWriteLock lock) {
        lock.readLock().unlock();
    }

    @Test
    void tellsAReaderThatItsSlotIsCorruptAndNotThatItWasHeldForDead() throws IOException {
        try (Scene scene = new Scene(Scene.Place.HEAP, bodyBytes())) {
            DyingMemory memory = scene.process();
            RegionReadWriteLock lock = attach(memory);
            long sound = memory.getLongAcquire(ReadWriteLayout.word(0));
            memory.setLongRelease(ReadWriteLayout.word(0), -1);
            assertThrows(CorruptLockException.class, lock.readLock()::lock);
            memory.setLongRelease(ReadWriteLayout.word(0), sound);
            lock.readLock().lock();
            memory.setLongRelease(ReadWriteLayout.word(0), -1);
            assertThrows(CorruptLockException.class, lock.readLock()::unlock);
        }
    }

    @Test
    void tellsAWriterThatTheWordIsCorruptAndNotThatItWasHeldForDead() throws IOException {
        try (Scene scene = new Scene(Scene.Place.HEAP, bodyBytes())) {
            DyingMemory memory = scene.process();
            RegionReadWriteLock lock = attach(memory);
            lock.writeLock().lock();
            memory.setLongRelease(ReadWriteLayout.WRITER, -1);
            assertThrows(CorruptLockException.class, lock.writeLock()::lock);
            assertThrows(CorruptLockException.class, lock.writeLock()::unlock);
        }
    }

    @Test
    void refusesToQueueWithANumberThatNobodyWasGiven() throws IOException {
        for (long number : new long[] {-1, Long.MIN_VALUE, 4, Long.MAX_VALUE}) {
            try (Scene scene = new Scene(Scene.Place.HEAP, bodyBytes())) {
                RegionReadWriteLock writing = attach(scene.process(), true);
                writing.writeLock().lock();
                DyingMemory memory = scene.process();
                RegionReadWriteLock coming = attach(memory, true);
                memory.setLongRelease(ReadWriteLayout.number(1), number);
                assertThrows(CorruptLockException.class, coming.readLock()::lock, () -> "number " + number);
                memory.setLongRelease(ReadWriteLayout.number(1), ArrivalOrder.NONE);
                writing.writeLock().unlock();
                coming.readLock().lock();
                coming.readLock().unlock();
                assertEquals("free", coming.stat().state());
            }
        }
    }
}
