package io.sluice.locks.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills a process at every access to shared memory of every operation, recovery included: of the survivors one gets the
 * mutex, exactly one is told if the dead had it, and everything is as new after that.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // operations are cut off anywhere
class MutexKillTest {

    // Looks again at once, so that the accesses of an operation are few and always the same.
    private static final WaitStrategy NEVER_WAITING = (word, condition, nanos) -> condition.getAsBoolean();

    private final List<Scene> scenes = new ArrayList<>();
    private int sleeps; // of operations that were to wait

    @AfterEach
    void clear() throws IOException {
        for (Scene scene : scenes) {
            scene.close();
        }
    }

    /** An operation of a process that may be killed in it, and two survivors. */
    private final class Trial implements KillTrial {

        private final Scene scene = new Scene(Scene.Place.HEAP, MutexLayout.BODY_BYTES);
        private final DyingMemory victim = scene.process();
        private final DyingMemory observer = scene.process();
        private final Mutex mutex = Mutex.over(victim, OneSleep.then(this::endSleep));
        private final Mutex first = Mutex.over(scene.process(), NEVER_WAITING);
        private final Mutex second = Mutex.over(scene.process(), NEVER_WAITING);
        private final Consumer<Trial> operation;
        private boolean owed; // whether survivors are to be told, whatever the word says, if the victim dies now
        private boolean tellsIfVictimLives;
        private Runnable releaseOwner = () -> {};

        Trial(Consumer<Trial> operation) {
            this.operation = operation;
            scenes.add(scene);
        }

        /** Has the mutex belong to a dead process before the operation. */
        Trial afterADeath() {
            DyingMemory dead = scene.process();
            Mutex.over(dead, NEVER_WAITING).lock();
            dead.kill();
            owed = true;
            return this;
        }

        Trial with(Consumer<Mutex> preparation) {
            preparation.accept(mutex);
            return this;
        }

        /** The undisturbed operation leaves a dead owner's mutex behind. */
        Trial tellingEvenIfUndisturbed() {
            tellsIfVictimLives = true;
            return this;
        }

        /** Has somebody else own the mutex until the victim sleeps. */
        Trial behindAnOwner() {
            Mutex owner = Mutex.over(scene.process(), NEVER_WAITING);
            owner.lock();
            releaseOwner = owner::unlock;
            return this;
        }

        /** Has the mutex when this returns. */
        void lock() {
            mutex.lock();
            owed = true;
        }

        /** May have given the mutex back, repaired, as soon as this begins. */
        void unlock() {
            owed = false;
            mutex.unlock();
        }

        private void endSleep() {
            sleeps++;
            release();
        }

        private void release() {
            Runnable unlock = releaseOwner;
            releaseOwner = () -> {};
            unlock.run();
        }

        @Override
        public DyingMemory memory() {
            return victim;
        }

        @Override
        public void operate() {
            operation.accept(this);
        }

        @Override
        public void survive() {
            release();
            long word = observer.getLongAcquire(MutexLayout.WORD);
            if (!victim.isDead() && MutexWord.holder(word) == victim.selfToken()) {
                mutex.unlock();
            }
            word = observer.getLongAcquire(MutexLayout.WORD);
            boolean unusable = word == MutexWord.UNUSABLE;
            boolean mustTell = MutexWord.holder(word) != 0;
            if (!victim.isDead()) {
                assertEquals(tellsIfVictimLives, mustTell);
            }
            assertTrue(mustTell || unusable || !owed, "a death got lost");
            if (unusable) {
                assertUnusable(first);
                assertUnusable(second);
                assertTrue(first.reset());
            } else {
                assertEquals(mustTell, isTold(first));
            }
            assertFalse(isTold(second));
            assertFalse(isTold(first));
            assertTrue(first.stat().waiters().stream().noneMatch(waiter -> waiter.alive()));
        }

        private boolean isTold(Mutex survivor) {
            long token = fenceOfLast();
            boolean told = false;
            try {
                assertTrue(survivor.tryLock(Duration.ofSeconds(20)));
            } catch (OwnerDiedException e) {
                told = true;
                survivor.markConsistent();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertTrue(survivor.fencingToken() > token);
            survivor.unlock();
            return told;
        }

        private long fenceOfLast() {
            return observer.getLongAcquire(MutexLayout.FENCE);
        }

        private void assertUnusable(Mutex survivor) {
            try {
                survivor.lock();
            } catch (UnusableLockException expected) {
                return;
            }
            throw new AssertionError("locked although unusable");
        }
    }

    private static void lockToldAndRepair(Trial trial) {
        lockTold(trial.mutex);
        trial.mutex.markConsistent();
        trial.unlock();
    }

    private static void lockTold(Mutex mutex) {
        try {
            mutex.lock();
        } catch (OwnerDiedException e) {
            return;
        }
        throw new AssertionError("was not told");
    }

    private void killEverywhereIn(Consumer<Trial> operation) {
        assertTrue(KillPoints.enumerate(() -> new Trial(operation)) > 1);
    }

    @Test
    void survivesADeathAnywhereInLockAndUnlock() {
        killEverywhereIn(trial -> {
            trial.lock();
            trial.unlock();
        });
    }

    @Test
    void survivesADeathAnywhereInReentrantLocking() {
        killEverywhereIn(trial -> {
            trial.lock();
            trial.mutex.lock();
            trial.mutex.unlock();
            trial.unlock();
        });
    }

    @Test
    void survivesADeathAnywhereInDrawingAFencingToken() {
        killEverywhereIn(trial -> {
            trial.lock();
            assertTrue(trial.mutex.fencingToken() > 0);
            trial.unlock();
        });
    }

    @Test
    void survivesADeathAnywhereInTryLock() {
        killEverywhereIn(trial -> {
            assertTrue(trial.mutex.tryLock());
            trial.unlock();
        });
    }

    @Test
    void survivesADeathAnywhereInRecovery() {
        assertTrue(KillPoints.enumerate(() -> new Trial(MutexKillTest::lockToldAndRepair).afterADeath()) > 5);
    }

    @Test
    void survivesADeathAnywhereInUnlockingWithoutRepair() {
        KillPoints.enumerate(
                () -> new Trial(trial -> trial.mutex.unlock()).afterADeath().with(MutexKillTest::lockTold));
    }

    @Test
    void survivesADeathAnywhereInTheRepairCallback() {
        KillPoints.enumerate(() -> new Trial(trial -> {
                    trial.lock();
                    trial.unlock();
                })
                .afterADeath()
                .with(mutex -> mutex.onOwnerDeath(death -> assertTrue(mutex.isHeldByCurrentThread()))));
    }

    @Test
    void survivesADeathAnywhereInReset() {
        KillPoints.enumerate(() -> new Trial(trial -> {
                    trial.owed = false;
                    assertTrue(trial.mutex.reset());
                })
                .afterADeath()
                .with(MutexKillTest::lockTold)
                .with(Mutex::unlock));
    }

    @Test
    void survivesADeathAnywhereInGivingUp() {
        KillPoints.enumerate(() -> {
            Trial trial = new Trial(giving -> {
                try {
                    assertFalse(giving.mutex.tryLock(Duration.ZERO));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            // A third process holds it all the while, and dies before the survivors come.
            DyingMemory owner = trial.scene.process();
            Mutex.over(owner, NEVER_WAITING).lock();
            trial.tellingEvenIfUndisturbed();
            trial.owed = true;
            return new KillTrial() {
                @Override
                public DyingMemory memory() {
                    return trial.memory();
                }

                @Override
                public void operate() {
                    trial.operate();
                }

                @Override
                public void survive() {
                    owner.kill();
                    trial.survive();
                }
            };
        });
    }

    @Test
    void survivesADeathAnywhereInSleep() {
        KillPoints.enumerate(() -> new Trial(trial -> {
                    trial.lock();
                    trial.unlock();
                })
                .behindAnOwner());
        assertTrue(sleeps > 1);
    }

    @Test
    void survivesADeathAnywhereInStatAndClose() {
        killEverywhereIn(trial -> {
            trial.mutex.stat();
            trial.mutex.close();
        });
    }
}
