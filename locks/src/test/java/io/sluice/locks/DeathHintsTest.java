package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.Patience;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.barrier.RegionBarrier;
import io.sluice.locks.latch.RegionLatch;
import io.sluice.locks.mutex.Mutex;
import io.sluice.locks.readwrite.RegionReadWriteLock;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.semaphore.CountingSemaphore;
import io.sluice.locks.semaphore.LedgerSemaphore;
import java.io.IOException;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever waits hears of the death of the process that it waits for: here nothing else ends its sleep, no slice and no
 * wake-up of a live process. The death comes at any moment: before the look at who lives, after it, in the sleep.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
class DeathHintsTest {

    private static final int PLACES = 4;
    private static final long BYTES = 64 * 1024;

    private final Scene scene = new Scene(Scene.Place.HEAP, BYTES);
    private final Actors actors = new Actors();
    private final DyingMemory dying = scene.process();
    private boolean letItSleep;

    @BeforeEach
    void vary(RepetitionInfo repetition) {
        letItSleep = repetition.getCurrentRepetition() % 2 == 0;
    }

    @AfterEach
    void clear() throws IOException {
        actors.close();
        scene.close();
    }

    /** Kills the process that is waited for, and returns what became of who waited. */
    private Throwable killBeneath(Actors.Action wait) {
        Actor waiter = actors.start(wait);
        if (letItSleep) {
            Actors.until(() -> waiter.isAsleep() || waiter.isDone());
        }
        dying.kill();
        return waiter.outcome();
    }

    private static Mutex mutex(RegionMemory memory) {
        return Mutex.over(memory, Patience.untilWokenAfterTheFirstSlice());
    }

    @RepeatedTest(20)
    void ofAMutexOwner() {
        mutex(dying).lock();
        assertInstanceOf(OwnerDiedException.class, killBeneath(mutex(scene.process())::lock));
    }

    @RepeatedTest(20)
    void ofAHolderOfPermits() {
        LedgerSemaphore.initialize(dying, 3);
        assertTrue(permits(dying, false).tryAcquire(3));
        LedgerSemaphore mine = permits(scene.process(), false);
        assertNull(killBeneath(() -> mine.acquire(2)));
    }

    private static LedgerSemaphore permits(RegionMemory memory, boolean fair) {
        return LedgerSemaphore.over(memory, 3, fair, Patience.untilWokenAfterTheFirstSlice());
    }

    @RepeatedTest(20)
    void ofTheFirstInAQueueForPermits() {
        CountingSemaphore.initialize(dying, 2);
        CountingSemaphore ahead = CountingSemaphore.over(dying, 9, true, WaitStrategy.block());
        Actor first = actors.start(() -> ahead.acquire(3));
        Actors.until(() -> ahead.stat().waiters().size() == 1);
        CountingSemaphore mine =
                CountingSemaphore.over(scene.process(), 9, true, Patience.untilWokenAfterTheFirstSlice());
        assertNull(killBeneath(() -> mine.acquire(1)));
        first.joinDead();
    }

    private static SharedReadWriteLock readWrite(RegionMemory memory, boolean fair) {
        return new RegionReadWriteLock(memory, PLACES, fair, Patience.untilWokenAfterTheFirstSlice(), () -> {});
    }

    @RepeatedTest(20)
    void ofAWriterToAWriter() {
        readWrite(dying, false).writeLock().lock();
        SharedReadWriteLock mine = readWrite(scene.process(), false);
        assertInstanceOf(OwnerDiedException.class, killBeneath(mine.writeLock()::lock));
    }

    @RepeatedTest(20)
    void ofAWriterToAReader() {
        readWrite(dying, true).writeLock().lock();
        SharedReadWriteLock mine = readWrite(scene.process(), true);
        assertInstanceOf(RepairNeededException.class, killBeneath(mine.readLock()::lock));
    }

    @RepeatedTest(20)
    void ofAReaderToAWriter() {
        readWrite(dying, false).readLock().lock();
        SharedReadWriteLock mine = readWrite(scene.process(), false);
        assertNull(killBeneath(mine.writeLock()::lock));
    }

    @RepeatedTest(20)
    void ofAWriterThatWaits() {
        SharedReadWriteLock reading = readWrite(scene.process(), false);
        reading.readLock().lock();
        Actor writer = actors.start(patientOnlyWhileItLives(false).writeLock()::lock);
        Actors.until(() -> reading.stat().state().contains("a writer is next"));
        SharedReadWriteLock mine = readWrite(scene.process(), false);
        assertNull(killBeneath(mine.readLock()::lock));
        writer.joinDead();
    }

    @RepeatedTest(20)
    void ofTheFirstInAQueueForALock() {
        SharedReadWriteLock writing = readWrite(scene.process(), true);
        writing.writeLock().lock();
        Actor first = actors.start(patientOnlyWhileItLives(true).writeLock()::lock);
        Actors.until(() -> writing.stat().waiters().size() == 1);
        Actor second = actors.start(readWrite(scene.process(), true).readLock()::lock);
        Actors.until(() -> writing.stat().waiters().size() == 2);
        dying.kill();
        first.joinDead();
        writing.writeLock().unlock();
        second.join();
    }

    /** Its thread notices its death in a slice. */
    private SharedReadWriteLock patientOnlyWhileItLives(boolean fair) {
        return new RegionReadWriteLock(dying, PLACES, fair, WaitStrategy.block(), () -> {});
    }

    @RepeatedTest(20)
    void ofOneThatHasPromisedToCount() {
        new RegionLatch(dying, 2, WaitStrategy.block(), () -> {}).promise();
        RegionLatch mine = new RegionLatch(scene.process(), 2, Patience.untilWokenAfterTheFirstSlice(), () -> {});
        assertInstanceOf(BrokenLatchException.class, killBeneath(mine::await));
    }

    @RepeatedTest(20)
    void ofAPartyOfABarrier() {
        new RegionBarrier(dying, 2, WaitStrategy.block(), () -> {}).join();
        RegionBarrier mine = new RegionBarrier(scene.process(), 2, Patience.untilWokenAfterTheFirstSlice(), () -> {});
        assertInstanceOf(BrokenBarrierException.class, killBeneath(mine.join()::await));
    }
}
