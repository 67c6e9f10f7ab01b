package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
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
 * it gets both locks, is told of a death once if the dead could have written, else not at all, and nothing is left.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // operations are cut off anywhere
class ReadWriteLockKillTest {

    private static final int ATTACHMENTS = 4;
    private static final long NOBODY = -1;

    private final List<Scene> scenes = new ArrayList<>();
    private int tolds; // how often survivors were told of a death

    @AfterEach
    void clear() throws IOException {
        for (Scene scene : scenes) {
            scene.close();
        }
    }

    /** Of what deaths there can be something to be told. */
    private enum Told {
        /** Of none: who dies in the operation has not written. */
        NEVER,
        /** Of those between getting the lock for writing and giving it back. */
        IF_IT_WROTE,
        /** Of all but those that come after the repair. */
        UNLESS_REPAIRED
    }

    private final class Trial implements KillTrial {

        private final Scene scene = new Scene(Scene.Place.HEAP, ReadWriteLayout.bodyBytes(ATTACHMENTS));
        private final DyingMemory victim = scene.process();
        private final DyingMemory observer = scene.process();
        private final boolean fair;
        private final Told told;
        private final SharedReadWriteLock survivor;
        private final SharedReadWriteLock lock;
        private final Consumer<Trial> operation;
        private Runnable releaseSurvivor = () -> {};
        private boolean slept;
        private boolean repaired;
        private long deadBefore = NOBODY;

        Trial(boolean fair, Told told, Consumer<Trial> before, Consumer<Trial> operation) {
            scenes.add(scene);
            this.fair = fair;
            this.told = told;
            this.operation = operation;
            this.survivor = attach(scene.process());
            before.accept(this);
            this.lock = attach(victim, OneSleep.then(this::endSleep));
        }

        Trial with(Consumer<Trial> preparation) {
            preparation.accept(this);
            return this;
        }

        SharedReadWriteLock attach(DyingMemory process) {
            return attach(process, WaitStrategy.block());
        }

        private SharedReadWriteLock attach(DyingMemory process, WaitStrategy strategy) {
            return new RegionReadWriteLock(process, ATTACHMENTS, fair, strategy, () -> {});
        }

        /** Has the survivor hold {@code held} until the operation is over, or sleeps. */
        void hold(Lock held) {
            held.lock();
            releaseSurvivor = held::unlock;
        }

        private void endSleep() {
            slept = true;
            release();
        }

        private void release() {
            Runnable unlock = releaseSurvivor;
            releaseSurvivor = () -> {};
            unlock.run();
        }

        void assertHasSlept() {
            assertTrue(slept, "did not sleep");
        }

        /** A process dies while it writes. */
        void loseWriter() {
            DyingMemory dead = scene.process();
            attach(dead).writeLock().lock();
            dead.kill();
            deadBefore = dead.selfToken();
        }

        /** The process that is to die has the lock for writing and has been told of the death before. */
        void beTold() {
            OwnerDiedException death = assertThrows(OwnerDiedException.class, lock.writeLock()::lock);
            assertEquals(deadBefore, death.deadOwner());
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
            long word = observer.getLongAcquire(ReadWriteLayout.WRITER);
            if (WriterWord.isUnusable(word)) {
                assertThrows(UnusableLockException.class, survivor.writeLock()::lock);
                assertThrows(UnusableLockException.class, survivor.readLock()::lock);
                assertTrue(survivor.writeLock().reset());
                word = WriterWord.FREE;
            }
            checkTold(word);
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

        private void checkTold(long word) {
            boolean diedWriting = WriterWord.isOwned(word) && !WriterWord.isPending(word);
            boolean mustTell = diedWriting || WriterWord.isInconsistent(word);
            assertTrue(!mustTell || victim.isDead(), "somebody who lives left the lock behind");
            assertTrue(!mustTell || told != Told.NEVER, "wrote, as it must not in this operation");
            assertTrue(mustTell || told != Told.UNLESS_REPAIRED || !victim.isDead() || repaired, "a death got lost");
            long tokens = observer.getLongAcquire(ReadWriteLayout.ACQUISITIONS);
            try {
                survivor.writeLock().lock();
                assertFalse(mustTell, "must be told");
            } catch (OwnerDiedException e) {
                assertTrue(mustTell, "told of a death that left nothing");
                assertEquals(diedWriting ? WriterWord.owner(word) : deadBefore, e.deadOwner());
                tolds++;
                survivor.writeLock().markConsistent();
            }
            assertTrue(survivor.writeLock().fencingToken() > tokens);
            survivor.writeLock().unlock();
        }
    }

    private void enumerate(boolean fair, Told told, Consumer<Trial> before, Consumer<Trial> operation) {
        enumerate(fair, told, before, ReadWriteLockKillTest::nothing, operation);
    }

    private void enumerate(
            boolean fair, Told told, Consumer<Trial> before, Consumer<Trial> prepared, Consumer<Trial> operation) {
        assertTrue(KillPoints.enumerate(() -> new Trial(fair, told, before, operation).with(prepared)) > 0);
        assertEquals(told != Told.NEVER, tolds > 0, "told " + tolds + " times");
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
        enumerate(fair, Told.UNLESS_REPAIRED, Trial::loseWriter, trial -> {
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
                Told.NEVER,
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

    // ---- after a death ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileUnlockingWithoutRepair(boolean fair) {
        enumerate(fair, Told.IF_IT_WROTE, Trial::loseWriter, Trial::beTold, trial -> trial.lock
                .writeLock()
                .unlock());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileRepairingInTheCallback(boolean fair) {
        enumerate(
                fair,
                Told.UNLESS_REPAIRED,
                Trial::loseWriter,
                trial -> trial.lock.writeLock().onOwnerDeath(death -> {
                    // As if it were the state that the lock protects.
                    trial.victim.setLong(ReadWriteLayout.WRITING_SINCE, 1);
                    trial.repaired = true;
                }),
                trial -> {
                    trial.lock.writeLock().lock();
                    trial.lock.writeLock().unlock();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileResetting(boolean fair) {
        enumerate(
                fair,
                Told.NEVER,
                Trial::loseWriter,
                trial -> {
                    trial.beTold();
                    trial.lock.writeLock().unlock();
                },
                trial -> assertTrue(trial.lock.writeLock().reset()));
    }

    // ---- without the lock -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileAsleepBeforeWriter(boolean fair) {
        enumerate(fair, Told.NEVER, trial -> trial.hold(trial.survivor.writeLock()), trial -> {
            trial.lock.readLock().lock();
            trial.assertHasSlept();
            trial.lock.readLock().unlock();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileAsleepBehindWriter(boolean fair) {
        writesAfterASleep(fair, trial -> trial.hold(trial.survivor.writeLock()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileAsleepUntilReaderLeaves(boolean fair) {
        writesAfterASleep(fair, trial -> trial.hold(trial.survivor.readLock()));
    }

    private void writesAfterASleep(boolean fair, Consumer<Trial> before) {
        enumerate(fair, Told.IF_IT_WROTE, before, trial -> {
            trial.lock.writeLock().lock();
            trial.assertHasSlept();
            trial.lock.writeLock().unlock();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileLookingWhoHasIt(boolean fair) {
        enumerate(fair, Told.NEVER, trial -> trial.hold(trial.survivor.writeLock()), trial -> {
            assertEquals(1, trial.lock.stat().holders().size());
        });
    }
}
