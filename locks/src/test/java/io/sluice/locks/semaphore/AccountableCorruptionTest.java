package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.CorruptionContract;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An accountable semaphore with words that it did not write. */
class AccountableCorruptionTest extends CorruptionContract<LedgerSemaphore> {

    private static final int TOTAL = 2;

    @Override
    protected long bodyBytes() {
        return AccountableLayout.BODY_BYTES;
    }

    @Override
    protected void initialize(RegionMemory memory) {
        LedgerSemaphore.initialize(memory, TOTAL);
    }

    @Override
    protected LedgerSemaphore attach(RegionMemory memory) {
        return LedgerSemaphore.over(memory, TOTAL, false, WaitStrategy.block());
    }

    @Override
    protected List<Damage> damages() {
        return List.of(
                new Damage("state of the ledger", AccountableLayout.STATE, TOTAL + 1, true),
                new Damage("owner of account 0", AccountableLayout.owner(0), -1, true),
                new Damage("owner of account 0", AccountableLayout.owner(0), 1, true),
                new Damage("owner of account 0", AccountableLayout.owner(0), 1L << 61, true));
    }

    @Override
    protected void occupy(LedgerSemaphore semaphore) throws InterruptedException {
        semaphore.acquire(TOTAL);
    }

    @Override
    protected void visit(LedgerSemaphore semaphore) throws InterruptedException {
        semaphore.acquire(TOTAL);
        semaphore.release(TOTAL);
    }

    @Override
    protected void vacate(LedgerSemaphore semaphore) {
        semaphore.release(TOTAL);
    }

    /** Two attachments, of which the first has made the last change. */
    private final class Two implements AutoCloseable {

        private final Scene scene = new Scene(Scene.Place.HEAP, AccountableLayout.BODY_BYTES);
        private final DyingMemory memory = scene.process();
        private final LedgerSemaphore first;
        private final LedgerSemaphore second;

        Two() {
            initialize(memory);
            first = attach(memory);
            second = attach(scene.process());
            assertTrue(first.tryAcquire());
        }

        private long lastChange() {
            return LedgerState.number(memory.getLongAcquire(AccountableLayout.STATE));
        }

        @Override
        public void close() throws IOException {
            scene.close();
        }
    }

    @Test
    void refusesAnAnnouncementOfAnotherChangeThanTheLast() throws IOException {
        try (Two two = new Two()) {
            long number = two.lastChange();
            long place = AccountableLayout.announced(0, number);
            long sound = two.memory.getLongAcquire(place);
            two.memory.setLongRelease(place, LedgerEntry.of(number + 2, 1));
            assertThrows(CorruptLockException.class, two.second::tryAcquire);
            assertThrows(CorruptLockException.class, two.first::release);
            two.memory.setLongRelease(place, sound);
            assertTrue(two.second.tryAcquire());
            two.first.release();
            two.second.release();
            assertEquals(TOTAL, two.first.availablePermits());
        }
    }

    /** A word that no change is looked up by unless it is the number of the last one. */
    @Test
    void isNotMisledByWhatIsSaidToBeSettled() throws IOException {
        for (long garbage : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 35}) {
            try (Two two = new Two()) {
                two.memory.setLongRelease(AccountableLayout.SETTLED, garbage);
                assertTrue(two.second.tryAcquire());
                two.first.release();
                two.second.release();
                assertEquals(TOTAL, two.first.availablePermits());
                assertTrue(two.first.tryAcquire(TOTAL));
                two.memory.kill();
                assertTrue(two.second.tryAcquire(TOTAL), "what the dead one held");
            }
        }
    }

    @Test
    void doesNotTakeACorruptOwnerForItsOwnDeath() throws IOException {
        try (Two two = new Two()) {
            long sound = two.memory.getLongAcquire(AccountableLayout.owner(0));
            two.memory.setLongRelease(AccountableLayout.owner(0), -1);
            assertThrows(CorruptLockException.class, two.first::release);
            two.memory.setLongRelease(AccountableLayout.owner(0), sound);
            two.first.release();
            assertEquals(TOTAL, two.second.availablePermits());
        }
    }
}
