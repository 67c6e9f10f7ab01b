package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a process at every access to shared memory of every operation, recoveries included, and has a survivor go on:
 * it gets both locks, is told of a death at most once and only if the dead could have written, and nothing is left.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // operations are cut off anywhere
class ReadWriteLockKillTest {

    private static final int ATTACHMENTS = 4;
    private static final long NOBODY = -1;

    private final List<Scene> scenes = new ArrayList<>();

    @AfterEach
    void clear() throws IOException {
        for (Scene scene : scenes) {
            scene.close();
        }
    }

    /** Whether the survivor may find, or must find, that a writer died. */
    private enum Told {
        NEVER,
        IF_IT_WROTE,
        UNLESS_REPAIRED
    }

    private final class Trial implements KillTrial {

        private final Scene scene = new Scene(Scene.Place.HEAP, ReadWriteLayout.bodyBytes(ATTACHMENTS));
        private final DyingMemory victim = scene.process();
        private final boolean fair;
        private final Told told;
        private final SharedReadWriteLock survivor;
        private final SharedReadWriteLock lock;
        private final Consumer<Trial> operation;
        private Runnable releaseSurvivor = () -> {};
        private boolean repaired;
        private long deadBefore = NOBODY;

        Trial(boolean fair, Told told, Consumer<Trial> before, Consumer<Trial> operation) {
            scenes.add(scene);
            this.fair = fair;
            this.told = told;
            this.operation = operation;
            this.survivor = attach(scene.process());
            before.accept(this);
            this.lock = attach(victim);
        }

        SharedReadWriteLock attach(DyingMemory process) {
            return new RegionReadWriteLock(process, ATTACHMENTS, fair, WaitStrategy.block(), () -> {});
        }

        /** Has the survivor hold {@code held} until the operation is over. */
        void hold(Lock held) {
            held.lock();
            releaseSurvivor = held::unlock;
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
            releaseSurvivor.run();
            checkTold();
            survivor.readLock().lock();
            assertEquals("1 reading", survivor.stat().state());
            survivor.readLock().unlock();
            survivor.writeLock().lock();
            survivor.writeLock().unlock();
            SharedReadWriteLock late = attach(scene.process());
            assertTrue(late.readLock().tryLock());
            assertFalse(survivor.writeLock().tryLock());
            late.readLock().unlock();
            late.close();
            assertEquals("free", survivor.stat().state());
        }

        private void checkTold() {
            try {
                survivor.writeLock().lock();
                assertTrue(told != Told.UNLESS_REPAIRED || !victim.isDead() || repaired, "must be told");
            } catch (OwnerDiedException e) {
                assertTrue(told != Told.NEVER, "told of a death that left nothing");
                assertTrue(victim.isDead(), "told of the death of one who lives");
                assertTrue(
                        e.deadOwner() == victim.selfToken() || e.deadOwner() == deadBefore,
                        "told of the death of " + e.deadOwner());
                survivor.writeLock().markConsistent();
            }
            survivor.writeLock().unlock();
        }
    }

    private void enumerate(boolean fair, Told told, Consumer<Trial> before, Consumer<Trial> operation) {
        assertTrue(KillPoints.enumerate(() -> new Trial(fair, told, before, operation)) > 0);
    }

    private static void nothing(Trial trial) {}

    private static void tryFor(TimedLock lock, boolean expected) {
        try {
            assertEquals(expected, lock.tryLock(0, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("not interrupted by anybody", e);
        }
    }

    @FunctionalInterface
    private interface TimedLock {
        boolean tryLock(long time, TimeUnit unit) throws InterruptedException;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileReading(boolean fair) {
        enumerate(fair, Told.NEVER, ReadWriteLockKillTest::nothing, trial -> {
            trial.lock.readLock().lock();
            trial.lock.readLock().lock();
            trial.lock.readLock().unlock();
            trial.lock.readLock().unlock();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileWriting(boolean fair) {
        enumerate(fair, Told.IF_IT_WROTE, ReadWriteLockKillTest::nothing, trial -> {
            trial.lock.writeLock().lock();
            trial.lock.writeLock().unlock();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileGoingFromWritingToReading(boolean fair) {
        enumerate(fair, Told.IF_IT_WROTE, ReadWriteLockKillTest::nothing, trial -> {
            trial.lock.writeLock().lock();
            trial.lock.readLock().lock();
            trial.lock.writeLock().unlock();
            trial.lock.readLock().unlock();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileTryingBoth(boolean fair) {
        enumerate(fair, Told.IF_IT_WROTE, ReadWriteLockKillTest::nothing, trial -> {
            assertTrue(trial.lock.readLock().tryLock());
            trial.lock.readLock().unlock();
            assertTrue(trial.lock.writeLock().tryLock());
            trial.lock.writeLock().unlock();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileGivingUpBeforeWriter(boolean fair) {
        enumerate(fair, Told.NEVER, trial -> trial.hold(trial.survivor.writeLock()), trial -> {
            tryFor(trial.lock.readLock()::tryLock, false);
            tryFor(trial.lock.writeLock()::tryLock, false);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileGivingUpBeforeReader(boolean fair) {
        enumerate(
                fair,
                Told.NEVER,
                trial -> trial.hold(trial.survivor.readLock()),
                trial -> tryFor(trial.lock.writeLock()::tryLock, false));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileRemovingDeadReader(boolean fair) {
        enumerate(
                fair,
                Told.IF_IT_WROTE,
                trial -> {
                    DyingMemory dead = trial.scene.process();
                    trial.attach(dead).readLock().lock();
                    dead.kill();
                },
                trial -> {
                    assertTrue(trial.lock.writeLock().tryLock());
                    trial.lock.writeLock().unlock();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileTakingOverFromDeadWriter(boolean fair) {
        enumerate(
                fair,
                Told.UNLESS_REPAIRED,
                trial -> {
                    DyingMemory dead = trial.scene.process();
                    trial.attach(dead).writeLock().lock();
                    dead.kill();
                    trial.deadBefore = dead.selfToken();
                },
                trial -> {
                    try {
                        trial.lock.writeLock().tryLock();
                        throw new AssertionError("not told");
                    } catch (OwnerDiedException e) {
                        trial.repaired = true;
                        trial.lock.writeLock().markConsistent();
                    }
                    trial.lock.writeLock().unlock();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileRemovingClaimOfDeadWriter(boolean fair) {
        enumerate(
                fair,
                Told.IF_IT_WROTE,
                trial -> {
                    DyingMemory dead = trial.scene.process();
                    dead.setLong(ReadWriteLayout.WRITER, WriterWord.claim(WriterWord.FREE, dead.selfToken()));
                    dead.setLong(ReadWriteLayout.INTENT, dead.selfToken());
                    dead.kill();
                },
                trial -> {
                    assertTrue(trial.lock.readLock().tryLock());
                    trial.lock.readLock().unlock();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileAttachingInPlaceOfTheDead(boolean fair) {
        enumerate(
                fair,
                Told.NEVER,
                trial -> {
                    for (int others = 2; others < ATTACHMENTS; others++) {
                        DyingMemory dead = trial.scene.process();
                        trial.attach(dead).readLock().lock();
                        dead.kill();
                    }
                },
                trial -> trial.attach(trial.victim).close());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileClosing(boolean fair) {
        enumerate(fair, Told.NEVER, ReadWriteLockKillTest::nothing, trial -> trial.lock.close());
    }
}
