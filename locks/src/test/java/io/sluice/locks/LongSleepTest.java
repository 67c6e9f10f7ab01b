package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.testing.LongSleeper;
import io.sluice.api.testing.ProcessDied;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.barrier.RegionBarrier;
import io.sluice.locks.eventcount.RegionEventCount;
import io.sluice.locks.latch.RegionLatch;
import io.sluice.locks.mutex.Mutex;
import io.sluice.locks.readwrite.RegionReadWriteLock;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.semaphore.CountingSemaphore;
import io.sluice.locks.semaphore.LedgerSemaphore;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who waits for long sleeps for long, and yet misses nothing: neither the death of a process that owed it a wake-up, nor an
 * interrupt, nor the closing of what it waits through. Nothing else ends the sleeps of these tests.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
class LongSleepTest {

    private static final int PLACES = 4;
    private static final long BYTES = 64 * 1024;

    private final Scene scene = new Scene(Scene.Place.HEAP, BYTES);
    private final Actors actors = new Actors();
    private final LongSleeper sleeper = new LongSleeper();

    @AfterEach
    void clear() throws IOException {
        actors.close();
        scene.close();
    }

    private static SignallingSemaphore semaphore(RegionMemory memory, WaitStrategy strategy) {
        return CountingSemaphore.over(memory, 9, false, strategy);
    }

    @Test
    void hearsOfADeathBetweenAReleaseAndItsWakeUp() {
        int access = 1;
        while (hearsOfADeathAt(access, false)) {
            access++;
        }
        assertTrue(access > 3, "a release of " + access + " accesses");
    }

    @Test
    void hearsOfTheDeathOfOneWhoCameWhileItSlept() {
        int access = 1;
        while (hearsOfADeathAt(access, true)) {
            access++;
        }
        assertTrue(access > 3, "a release of " + access + " accesses");
    }

    /**
     * Lets a process die at an access of its release. If the permit is there by then, nothing wakes the one who waits for
     * it but that death; if not, a survivor releases one. Returns whether there was such an access.
     */
    private boolean hearsOfADeathAt(int access, boolean comesLater) {
        LongSleeper patient = new LongSleeper();
        SignallingSemaphore survivor = semaphore(scene.process(), WaitStrategy.block());
        DyingMemory dying = scene.process();
        SignallingSemaphore releasing = comesLater ? null : semaphore(dying, WaitStrategy.block());
        SignallingSemaphore mine = semaphore(scene.process(), patient);
        Actor waiter = actors.start(mine::acquire);
        patient.awaitLongSleep(1);
        if (comesLater) {
            dying = scene.process();
            releasing = semaphore(dying, WaitStrategy.block());
            patient.awaitLongSleep(2);
        }
        dying.dieAt(access);
        boolean died = diesReleasing(releasing);
        if (died && !waiter.isDone() && survivor.availablePermits() == 0) {
            survivor.release();
        }
        waiter.join();
        // Two, if the waiter had taken its permit already but not ended.
        survivor.drainPermits();
        mine.close();
        survivor.close();
        return died;
    }

    private static boolean diesReleasing(SignallingSemaphore releasing) {
        try {
            releasing.release();
            return false;
        } catch (ProcessDied expected) {
            return true;
        }
    }

    @Test
    void hearsOfAnInterrupt() {
        Mutex.over(scene.process(), WaitStrategy.block()).lock();
        Mutex mine = Mutex.over(scene.process(), sleeper);
        Actor waiter = actors.start(mine::lockInterruptibly);
        sleeper.awaitLongSleep(1);
        waiter.interrupt();
        assertInstanceOf(InterruptedException.class, waiter.outcome());
    }

    @Test
    void goesOnAskingWhereNobodyTellsOfDeaths() {
        RegionMemory untold = new ForwardingMemory(scene.process()) {
            @Override
            public DeathNotice onDeath(long token, Runnable hint) {
                return DeathNotice.NONE;
            }
        };
        askingForEver(untold);
    }

    @Test
    void goesOnAskingWhereItIsNotKnownWhoIsThere() {
        RegionMemory unknown = new ForwardingMemory(scene.process()) {
            @Override
            public boolean forEachUser(LongConsumer token) {
                return false;
            }
        };
        askingForEver(unknown);
    }

    @Test
    void goesOnAskingAfterAHintThatCameForNothing() {
        RegionMemory hasty = new ForwardingMemory(scene.process()) {
            @Override
            public DeathNotice onDeath(long token, Runnable hint) {
                hint.run();
                return () -> {};
            }
        };
        askingForEver(hasty);
    }

    private void askingForEver(RegionMemory memory) {
        scene.process();
        SignallingSemaphore mine = semaphore(memory, sleeper);
        Actor waiter = actors.start(mine::acquire);
        sleeper.awaitSlices(8);
        assertEquals(WaitStrategy.SLICE_NANOS, sleeper.longestNanos());
        mine.release();
        waiter.join();
    }

    // ---- closing --------------------------------------------------------------------------------------------------

    private void endsWhenClosed(Synchronizer waitedFor, Actors.Action wait) {
        Actor waiter = actors.start(wait);
        sleeper.awaitLongSleep(1);
        waitedFor.close();
        assertInstanceOf(DetachedException.class, waiter.outcome());
    }

    @Test
    void endsWhenTheMutexIsClosed() {
        Mutex.over(scene.process(), WaitStrategy.block()).lock();
        Mutex mine = Mutex.over(scene.process(), sleeper);
        endsWhenClosed(mine, mine::lock);
    }

    @Test
    void endsWhenTheSignallingSemaphoreIsClosed() {
        SignallingSemaphore mine = semaphore(scene.process(), sleeper);
        endsWhenClosed(mine, mine::acquire);
    }

    @Test
    void endsWhenTheAccountableSemaphoreIsClosed() {
        DyingMemory other = scene.process();
        LedgerSemaphore.initialize(other, 1);
        assertTrue(LedgerSemaphore.over(other, 1, true, WaitStrategy.block()).tryAcquire());
        LedgerSemaphore mine = LedgerSemaphore.over(scene.process(), 1, true, sleeper);
        endsWhenClosed(mine, mine::acquire);
    }

    @Test
    void getsThePermitsThatAClosedAttachmentHeld() {
        DyingMemory memory = scene.process();
        LedgerSemaphore.initialize(memory, 1);
        LedgerSemaphore other = LedgerSemaphore.over(memory, 1, false, WaitStrategy.block());
        assertTrue(other.tryAcquire());
        LedgerSemaphore mine = LedgerSemaphore.over(scene.process(), 1, false, sleeper);
        Actor waiter = actors.start(mine::acquire);
        sleeper.awaitLongSleep(1);
        other.close();
        waiter.join();
        assertEquals(1, mine.heldPermits());
    }

    @Test
    void endsWhenTheReadWriteLockIsClosed() {
        RegionReadWriteLock other = readWrite(false, WaitStrategy.block());
        other.readLock().lock();
        RegionReadWriteLock mine = readWrite(false, sleeper);
        endsWhenClosed(mine, mine.writeLock()::lock);
    }

    @Test
    void endsWhenTheFairReadWriteLockIsClosed() {
        RegionReadWriteLock other = readWrite(true, WaitStrategy.block());
        other.writeLock().lock();
        RegionReadWriteLock mine = readWrite(true, sleeper);
        endsWhenClosed(mine, mine.readLock()::lock);
    }

    private RegionReadWriteLock readWrite(boolean fair, WaitStrategy strategy) {
        return new RegionReadWriteLock(scene.process(), PLACES, fair, strategy, () -> {});
    }

    @Test
    void endsWhenTheLatchIsClosed() {
        RegionLatch mine = new RegionLatch(scene.process(), 1, sleeper, () -> {});
        endsWhenClosed(mine, mine::await);
    }

    @Test
    void endsWhenTheEventCountIsClosed() {
        RegionEventCount mine = new RegionEventCount(scene.process(), sleeper, () -> {});
        endsWhenClosed(mine, () -> mine.awaitBeyond(0));
    }

    @Test
    void endsWhenTheBarrierIsClosed() {
        RegionBarrier mine = new RegionBarrier(scene.process(), 2, sleeper, () -> {});
        Actor waiter = actors.start(mine.join()::await);
        sleeper.awaitLongSleep(1);
        mine.close();
        assertTrue(waiter.outcome() != null, "a barrier that is left breaks");
    }

    @Test
    void looksAtAConditionEveryFewMillisecondsWithoutAnEvent() {
        RegionEventCount mine = new RegionEventCount(scene.process(), sleeper, () -> {});
        boolean[] done = {false};
        Actor waiter = actors.start(() -> assertTrue(mine.await(() -> done[0], Duration.ofDays(1))));
        sleeper.awaitSlices(6);
        done[0] = true;
        waiter.join();
    }
}
