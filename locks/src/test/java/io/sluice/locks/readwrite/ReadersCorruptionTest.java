package io.sluice.locks.readwrite;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.CorruptionContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** A read-write lock with words that it did not write, and readers that wait for a writer. */
@SuppressWarnings("LockNotBeforeTry") // the steps of a test are the point
class ReadersCorruptionTest {

    private static final int ATTACHMENTS = 4;

    private abstract static class Readers extends CorruptionContract<RegionReadWriteLock> {

        private final boolean fair;
        private final List<Damage> damages;

        Readers(boolean fair, Damage... damages) {
            this.fair = fair;
            this.damages = List.of(damages);
        }

        @Override
        protected final List<Damage> damages() {
            return damages;
        }

        @Override
        protected final long bodyBytes() {
            return ReadWriteLayout.bodyBytes(ATTACHMENTS);
        }

        @Override
        protected final RegionReadWriteLock attach(RegionMemory memory) {
            return new RegionReadWriteLock(memory, ATTACHMENTS, fair, WaitStrategy.block(), () -> {});
        }

        @Override
        protected final void occupy(RegionReadWriteLock lock) {
            lock.writeLock().lock();
        }

        @Override
        protected final void visit(RegionReadWriteLock lock) {
            lock.readLock().lock();
            lock.readLock().unlock();
        }

        @Override
        protected final void vacate(RegionReadWriteLock lock) {
            lock.writeLock().unlock();
        }
    }

    @Nested
    class WhereWritersGoFirst extends Readers {
        WhereWritersGoFirst() {
            super(
                    false,
                    new Damage("writer word", ReadWriteLayout.WRITER, WriterWord.PENDING, true),
                    new Damage("writer word", ReadWriteLayout.WRITER, -1, true),
                    new Damage("writer's intent", ReadWriteLayout.INTENT, -1, false),
                    new Damage("writer's intent", ReadWriteLayout.INTENT, WriterWord.PENDING, false));
        }
    }

    @Nested
    class InTheOrderOfArrival extends Readers {
        InTheOrderOfArrival() {
            super(
                    true,
                    new Damage("writer word", ReadWriteLayout.WRITER, -1, true),
                    new Damage("number of slot 0", ReadWriteLayout.number(0), -1, false));
        }
    }
}
