package io.sluice.locks.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.HookedMemory;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every mutex does, whatever memory it is in. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // the steps of a test are the point
abstract class MutexContract {

    private final Actors actors = new Actors();
    private final Scene scene;
    private final DyingMemory here;
    private final DyingMemory there;
    private final Mutex mine;
    private final Mutex other;

    MutexContract(Scene.Place place) {
        scene = new Scene(place, MutexLayout.BODY_BYTES);
        here = scene.process();
        there = scene.process();
        mine = Mutex.over(here, WaitStrategy.block());
        other = Mutex.over(there, WaitStrategy.block());
    }

    @AfterEach
    void clear() throws IOException {
        actors.close();
        scene.close();
    }

    static List<WaitStrategy> strategies() {
        return List.of(WaitStrategy.spin(), WaitStrategy.yielding(), WaitStrategy.backOff(), WaitStrategy.block());
    }

    private void killOwner() {
        other.lock();
        there.kill();
    }

    // ---- between threads and processes ----------------------------------------------------------------------------

    @Test
    void keepsAnotherProcessOut() {
        mine.lock();
        assertFalse(other.tryLock());
        mine.unlock();
        assertTrue(other.tryLock());
        assertFalse(mine.tryLock());
        other.unlock();
    }

    @Test
    void keepsAnotherThreadOfTheProcessOut() {
        mine.lock();
        actors.start(() -> assertFalse(mine.tryLock())).join();
        mine.unlock();
        actors.start(() -> assertTrue(mine.tryLock())).join();
        assertFalse(mine.tryLock());
    }

    @Test
    void keepsAnotherAttachmentOfTheProcessOut() {
        Mutex second = Mutex.over(here, WaitStrategy.block());
        mine.lock();
        assertFalse(second.tryLock());
        mine.unlock();
        assertTrue(second.tryLock());
        second.unlock();
    }

    @Test
    void countsTheOwnersHolds() {
        mine.lock();
        mine.lock();
        assertTrue(mine.tryLock());
        assertEquals(3, mine.holdCount());
        mine.unlock();
        mine.unlock();
        assertFalse(other.tryLock());
        mine.unlock();
        assertEquals(0, mine.holdCount());
        assertTrue(other.tryLock());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void excludesUnderContention(WaitStrategy strategy) {
        int rounds = 2_000;
        AtomicInteger inside = new AtomicInteger();
        long[] counter = new long[1];
        List<Actors.Actor> workers = new ArrayList<>();
        Mutex second = Mutex.over(scene.process(), strategy);
        for (Mutex mutex : List.of(Mutex.over(scene.process(), strategy), second, second)) {
            workers.add(actors.start(() -> {
                for (int round = 0; round < rounds; round++) {
                    mutex.lock();
                    assertEquals(1, inside.incrementAndGet());
                    counter[0]++;
                    inside.decrementAndGet();
                    mutex.unlock();
                }
            }));
        }
        workers.forEach(Actors.Actor::join);
        assertEquals(3L * rounds, counter[0]);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void isHandedToAWaiter(WaitStrategy strategy) {
        Mutex waiting = Mutex.over(scene.process(), strategy);
        mine.lock();
        Actors.Actor waiter = actors.start(() -> {
            waiting.lock();
            waiting.unlock();
        });
        Actors.until(() -> !mine.stat().waiters().isEmpty());
        assertFalse(waiter.isDone());
        mine.unlock();
        waiter.join();
    }

    @Test
    void givesEveryAcquisitionAHigherFencingToken() {
        long last = 0;
        for (Mutex mutex : List.of(mine, other, mine, mine)) {
            mutex.lock();
            assertTrue(mutex.fencingToken() > last);
            last = mutex.fencingToken();
            mutex.unlock();
        }
    }

    @Test
    void givesUpAfterTheTimeout() throws InterruptedException {
        other.lock();
        assertFalse(mine.tryLock(5, TimeUnit.MILLISECONDS));
        assertFalse(mine.tryLock(Duration.ofMillis(-1)));
        assertFalse(mine.tryLock(0, TimeUnit.SECONDS));
        mine.tryLock(Duration.ZERO);
        assertFalse(mine.isHeldByCurrentThread());
        other.unlock();
        assertTrue(mine.tryLock(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void givesUpAfterTheTimeoutBehindAThreadOfItsProcess() {
        mine.lock();
        actors.start(() -> assertFalse(mine.tryLock(5, TimeUnit.MILLISECONDS))).join();
        actors.start(() -> assertFalse(mine.tryLock(0, TimeUnit.MILLISECONDS))).join();
        mine.unlock();
    }

    @Test
    void leavesNothingBehindWhenInterruptedWaitingForAProcess() {
        other.lock();
        Actors.Actor waiter = actors.start(mine::lockInterruptibly);
        Actors.until(() -> !mine.stat().waiters().isEmpty());
        waiter.interrupt();
        assertInstanceOf(InterruptedException.class, waiter.outcome());
        assertTrue(mine.stat().waiters().isEmpty());
        other.unlock();
        assertTrue(mine.tryLock());
    }

    @Test
    void leavesNothingBehindWhenInterruptedWaitingForAThread() {
        mine.lock();
        Actors.Actor waiter = actors.start(mine::lockInterruptibly);
        Actors.until(waiter::isAsleep);
        waiter.interrupt();
        assertInstanceOf(InterruptedException.class, waiter.outcome());
        mine.unlock();
        assertTrue(other.tryLock());
    }

    @Test
    void refusesToLockInterruptiblyWhenInterruptedBefore() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, mine::lockInterruptibly);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> mine.tryLock(1, TimeUnit.SECONDS));
        assertTrue(other.tryLock());
    }

    @Test
    void remembersAnInterruptWhileLockingUninterruptibly() {
        other.lock();
        Actors.Actor waiter = actors.start(() -> {
            mine.lock();
            assertTrue(Thread.currentThread().isInterrupted());
        });
        Actors.until(() -> !mine.stat().waiters().isEmpty());
        waiter.interrupt();
        other.unlock();
        waiter.join();
    }

    // ---- misuse ---------------------------------------------------------------------------------------------------

    @Test
    void refusesUnlockByAThreadThatDoesNotHoldIt() {
        assertThrows(IllegalMonitorStateException.class, mine::unlock);
        mine.lock();
        actors.start(() -> assertThrows(IllegalMonitorStateException.class, mine::unlock))
                .join();
        assertTrue(mine.isHeldByCurrentThread());
    }

    @Test
    void refusesUnlockByAProcessThatDoesNotHoldIt() {
        mine.lock();
        assertThrows(IllegalMonitorStateException.class, other::unlock);
        assertFalse(other.tryLock());
    }

    @Test
    void refusesFencingTokenAndRepairToOthers() {
        assertThrows(IllegalMonitorStateException.class, mine::fencingToken);
        assertThrows(IllegalMonitorStateException.class, mine::markConsistent);
    }

    @Test
    void refusesConditionsAndNamesTheAlternative() {
        assertTrue(assertThrows(UnsupportedOperationException.class, mine::newCondition)
                .getMessage()
                .contains("event count"));
    }

    @Test
    void refusesAWordThatItDidNotWrite() {
        for (long word : new long[] {1, 3, 4, 8, 12, 0x10003, 0x10004, 0x10002, -1}) {
            here.setLongRelease(MutexLayout.WORD, word);
            assertThrows(CorruptLockException.class, mine::tryLock);
            assertThrows(CorruptLockException.class, mine::lock);
            assertEquals(word, here.getLongAcquire(MutexLayout.WORD));
        }
    }

    // ---- death ----------------------------------------------------------------------------------------------------

    @Test
    void tellsTheNextOwnerOfADeath() {
        killOwner();
        OwnerDiedException death = assertThrows(OwnerDiedException.class, mine::lock);
        assertSame(mine, death.lock());
        assertEquals(there.selfToken(), death.deadOwner());
        assertTrue(mine.isHeldByCurrentThread());
        mine.markConsistent();
        mine.unlock();
        mine.lock();
        mine.unlock();
    }

    @Test
    void tellsByEveryMethodThatAcquires() {
        for (Actors.Action acquire : List.<Actors.Action>of(
                mine::lock, mine::lockInterruptibly, mine::tryLock, () -> mine.tryLock(1, TimeUnit.SECONDS))) {
            DyingMemory dying = scene.process();
            Mutex.over(dying, WaitStrategy.block()).lock();
            dying.kill();
            assertThrows(OwnerDiedException.class, acquire::run);
            mine.markConsistent();
            mine.unlock();
        }
    }

    @Test
    void tellsExactlyOneOfManyWaiters() {
        other.lock();
        AtomicInteger told = new AtomicInteger();
        List<Actors.Actor> waiters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Mutex waiting = Mutex.over(scene.process(), WaitStrategy.block());
            waiters.add(actors.start(() -> {
                try {
                    waiting.lock();
                } catch (OwnerDiedException e) {
                    told.incrementAndGet();
                    waiting.markConsistent();
                }
                waiting.unlock();
            }));
        }
        Actors.until(() -> mine.stat().waiters().size() == 4);
        there.kill();
        waiters.forEach(Actors.Actor::join);
        assertEquals(1, told.get());
    }

    @Test
    void keepsTellingUntilSomebodyRepairs() {
        killOwner();
        DyingMemory repairer = scene.process();
        assertThrows(OwnerDiedException.class, Mutex.over(repairer, WaitStrategy.block())::lock);
        repairer.kill();
        OwnerDiedException death = assertThrows(OwnerDiedException.class, mine::lock);
        assertEquals(repairer.selfToken(), death.deadOwner());
    }

    @Test
    void becomesUnusableWhenUnlockedWithoutRepair() {
        killOwner();
        assertThrows(OwnerDiedException.class, mine::lock);
        mine.lock();
        mine.unlock();
        mine.unlock();
        Mutex third = Mutex.over(scene.process(), WaitStrategy.block());
        assertThrows(UnusableLockException.class, third::lock);
        assertThrows(UnusableLockException.class, mine::tryLock);
        assertEquals("unusable", mine.stat().state());
        assertTrue(third.reset());
        assertFalse(third.reset());
        mine.lock();
        mine.unlock();
    }

    @Test
    void tellsThoseWhoWaitThatItBecameUnusable() {
        killOwner();
        assertThrows(OwnerDiedException.class, mine::lock);
        Mutex third = Mutex.over(scene.process(), WaitStrategy.block());
        Actors.Actor waiter = actors.start(third::lock);
        Actors.until(() -> !mine.stat().waiters().isEmpty());
        mine.unlock();
        assertInstanceOf(UnusableLockException.class, waiter.outcome());
    }

    @Test
    void repairsByCallback() {
        AtomicLong dead = new AtomicLong();
        mine.onOwnerDeath(death -> {
            assertTrue(mine.isHeldByCurrentThread());
            dead.set(death.deadOwner());
        });
        killOwner();
        mine.lock();
        assertEquals(there.selfToken(), dead.get());
        mine.unlock();
        mine.lock();
        mine.unlock();
    }

    @Test
    void becomesUnusableWhenTheCallbackFails() {
        mine.onOwnerDeath(death -> {
            throw new ArithmeticException("cannot be repaired");
        });
        killOwner();
        assertThrows(ArithmeticException.class, mine::lock);
        assertFalse(mine.isHeldByCurrentThread());
        assertThrows(UnusableLockException.class, mine::lock);
    }

    @Test
    void becomesUnusableWhenTheCallbackFailsWithMoreHolds() {
        mine.onOwnerDeath(death -> {
            mine.lock();
            throw new ArithmeticException("cannot be repaired");
        });
        killOwner();
        assertThrows(ArithmeticException.class, mine::lock);
        assertFalse(mine.isHeldByCurrentThread());
        assertThrows(UnusableLockException.class, mine::lock);
    }

    @Test
    void doesNotStealFromALiveOwner() throws InterruptedException {
        other.lock();
        assertFalse(mine.tryLock(50, TimeUnit.MILLISECONDS));
        other.unlock();
    }

    @Test
    void fencesAnOwnerThatWasWronglyHeldForDead() {
        other.lock();
        scene.misjudge(there);
        assertThrows(OwnerDiedException.class, mine::lock);
        assertThrows(FencedException.class, other::lock);
        assertThrows(FencedException.class, other::unlock);
        assertFalse(other.isHeldByCurrentThread());
        assertTrue(mine.isHeldByCurrentThread());
        mine.markConsistent();
        assertNull(actors.start(() -> assertFalse(other.tryLock())).outcome());
        mine.unlock();
    }

    @Test
    void fencesARepairerThatWasWronglyHeldForDead() {
        killOwner();
        DyingMemory process = scene.process();
        Mutex repairing = Mutex.over(process, WaitStrategy.block());
        assertThrows(OwnerDiedException.class, repairing::lock);
        scene.misjudge(process);
        assertThrows(OwnerDiedException.class, mine::lock);
        assertThrows(FencedException.class, repairing::markConsistent);
        assertThrows(FencedException.class, repairing::unlock);
        mine.markConsistent();
        mine.unlock();
    }

    // ---- looking and closing --------------------------------------------------------------------------------------

    @Test
    void showsWhoHoldsItAndWhoWaits() {
        long before = System.currentTimeMillis() - 1_000;
        other.lock();
        Actors.Actor waiter = actors.start(mine::lock);
        Actors.until(() -> !mine.stat().waiters().isEmpty());
        LockStat stat = mine.stat();
        LockStat.Holder holder = stat.holders().get(0);
        assertEquals(there.selfToken(), holder.token());
        assertTrue(holder.alive());
        assertEquals(Thread.currentThread().getId(), holder.thread());
        assertTrue(holder.since().toEpochMilli() >= before);
        assertEquals(here.selfToken(), stat.waiters().get(0).token());
        there.kill();
        assertInstanceOf(OwnerDiedException.class, waiter.outcome());
    }

    @Test
    void showsADeadHolder() {
        killOwner();
        assertFalse(mine.stat().holders().get(0).alive());
        assertTrue(mine.stat().state().startsWith("held by"));
    }

    @Test
    void refusesToCloseWhileHeld() {
        mine.lock();
        assertThrows(IllegalStateException.class, mine::close);
        mine.unlock();
        mine.close();
        mine.close();
        assertThrows(DetachedException.class, mine::lock);
        assertThrows(DetachedException.class, mine::tryLock);
        assertThrows(DetachedException.class, mine::unlock);
        other.lock();
    }

    @Test
    void endsTheWaitOfOtherThreadsWhenClosed() {
        other.lock();
        Actors.Actor first = actors.start(mine::lock);
        Actors.until(() -> !mine.stat().waiters().isEmpty());
        Actors.Actor second = actors.start(mine::lock);
        mine.close();
        assertInstanceOf(DetachedException.class, first.outcome());
        assertInstanceOf(DetachedException.class, second.outcome());
        other.unlock();
        other.lock();
    }

    /** Closing that begins in the moment between the end of a hold and the wake-up of those who sleep. */
    @Test
    void wakesOthersWhenItIsClosedInTheMiddleOfUnlock() {
        CountDownLatch unlocking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HookedMemory memory = new HookedMemory(scene.process()) {
            @Override
            protected void beforeLookForSleepers() {
                if (unlocking.getCount() > 0) {
                    unlocking.countDown();
                    Actors.await(goOn);
                }
            }

            @Override
            protected void beforeParking() {
                // Closing waits for us: so we may go on.
                goOn.countDown();
            }
        };
        Mutex closed = Mutex.over(memory, WaitStrategy.block());
        Actors.Actor owner = actors.start(() -> {
            closed.lock();
            closed.unlock();
        });
        Actors.await(unlocking);
        Actors.Actor closer = actors.start(() -> {
            closed.close();
            goOn.countDown();
        });
        owner.join();
        closer.join();
        other.lock();
    }
}
