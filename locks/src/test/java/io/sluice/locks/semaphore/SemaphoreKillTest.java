package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.FencedException;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoint;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.PausingMemory;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a process at every access to shared memory of every operation, recovery included, and has survivors count: of an
 * accountable semaphore every permit is there, of a signalling one all or nothing of the last call has happened.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SemaphoreKillTest {

    private static final int TOTAL = 7;
    // Looks again at once, so that the accesses of an operation are few and always the same.
    private static final WaitStrategy NEVER_WAITING = (word, condition, nanos) -> condition.getAsBoolean();

    private final List<Scene> scenes = new ArrayList<>();

    @AfterEach
    void clear() throws IOException {
        for (Scene scene : scenes) {
            scene.close();
        }
    }

    // ---- accountable ----------------------------------------------------------------------------------------------

    /** A victim, a dead process that held some, and two survivors that end up with everything. */
    private final class Accountable implements KillTrial {

        private final Scene scene = new Scene(Scene.Place.HEAP, AccountableLayout.BODY_BYTES);
        private final boolean fair;
        private final DyingMemory victim = scene.process();
        private final LedgerSemaphore semaphore;
        private final LedgerSemaphore survivor;
        private final Consumer<Accountable> operation;
        private Runnable endSleep = () -> {};

        Accountable(boolean fair, Consumer<Accountable> operation) {
            this.fair = fair;
            this.operation = operation;
            scenes.add(scene);
            LedgerSemaphore.initialize(victim.target(), TOTAL);
            semaphore = LedgerSemaphore.over(victim, TOTAL, fair, OneSleep.then(() -> endSleep.run()));
            survivor = over(scene.process());
        }

        LedgerSemaphore over(DyingMemory memory) {
            return LedgerSemaphore.over(memory, TOTAL, fair, NEVER_WAITING);
        }

        Accountable with(Consumer<Accountable> preparation) {
            preparation.accept(this);
            return this;
        }

        void aDeadProcessHolds(int count) {
            DyingMemory dead = scene.process();
            assertTrue(over(dead).tryAcquire(count));
            dead.kill();
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
            if (!victim.isDead()) {
                victim.kill();
            }
            int held = survivor.heldPermits();
            LedgerSemaphore another = over(scene.process());
            acquire(another, TOTAL - held);
            assertEquals(0, survivor.availablePermits());
            assertFalse(survivor.tryAcquire());
            survivor.release(held);
            another.release(TOTAL - held);
            assertEquals(TOTAL, survivor.availablePermits());
            acquire(survivor, TOTAL);
            assertFalse(another.tryAcquire());
            survivor.close();
            acquire(another, TOTAL);
        }

        private void acquire(LedgerSemaphore by, int count) {
            try {
                assertTrue(by.tryAcquire(count, Duration.ofSeconds(20)));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void killEverywhere(boolean fair, Consumer<Accountable> preparation, Consumer<Accountable> operation) {
        assertTrue(KillPoints.enumerate(() -> new Accountable(fair, operation).with(preparation)) > 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsPermitsThroughADeathAnywhereInAcquireAndRelease(boolean fair) {
        killEverywhere(fair, trial -> {}, trial -> {
            trial.semaphore.acquireUninterruptibly(3);
            trial.semaphore.acquireUninterruptibly(2);
            trial.semaphore.release(4);
            trial.semaphore.release(1);
        });
    }

    @Test
    void keepsPermitsThroughADeathAnywhereInChangesBetweenThoseOfOthers() {
        killEverywhere(false, trial -> assertTrue(trial.survivor.tryAcquire(2)), trial -> {
            assertTrue(trial.semaphore.tryAcquire(3));
            trial.survivor.release(1);
            trial.semaphore.release(1);
            assertTrue(trial.survivor.tryAcquire(1));
            assertEquals(3, trial.semaphore.drainPermits());
        });
    }

    @Test
    void keepsPermitsThroughADeathAnywhereInTransfer() {
        killEverywhere(false, trial -> assertTrue(trial.semaphore.tryAcquire(5)), trial -> {
            trial.semaphore.transfer(2, trial.survivor.holderId());
            trial.semaphore.transfer(1, trial.survivor.holderId());
            trial.survivor.transfer(1, trial.semaphore.holderId());
            trial.semaphore.release(2);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsPermitsThroughADeathAnywhereInTakingBackFromTheDead(boolean fair) {
        killEverywhere(fair, trial -> trial.aDeadProcessHolds(6), trial -> {
            trial.semaphore.acquireUninterruptibly(5);
            trial.semaphore.release(5);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsPermitsThroughADeathAnywhereInSleep(boolean fair) {
        killEverywhere(
                fair,
                trial -> {
                    assertTrue(trial.survivor.tryAcquire(TOTAL));
                    trial.endSleep = () -> trial.survivor.release(trial.survivor.heldPermits());
                },
                trial -> {
                    trial.semaphore.acquireUninterruptibly(3);
                    assertEquals(0, trial.survivor.heldPermits());
                    trial.semaphore.release(3);
                });
    }

    @Test
    void keepsPermitsThroughADeathAnywhereInOpeningAndClosing() {
        killEverywhere(false, trial -> trial.aDeadProcessHolds(2), trial -> {
            LedgerSemaphore second = trial.over(trial.victim);
            assertTrue(second.tryAcquire(4));
            second.close();
        });
    }

    @Test
    void keepsPermitsThroughADeathOfEveryoneWhoTakesBack() {
        // The dead's account has a change that is announced, made or booked, according to where it died.
        Consumer<Accountable> change = trial -> {
            assertTrue(trial.semaphore.tryAcquire(3));
            trial.semaphore.transfer(1, trial.survivor.holderId());
            trial.semaphore.release(1);
        };
        for (KillPoint first : KillPoints.of(() -> new Accountable(false, change))) {
            KillPoints.enumerate(() -> {
                Accountable dead = new Accountable(false, change);
                first.kill(dead);
                return new SecondDeath(dead);
            });
        }
    }

    /** Somebody who takes back from a dead process, and may die doing so. */
    private static final class SecondDeath implements KillTrial {

        private final Accountable first;
        private final DyingMemory memory;
        private final LedgerSemaphore semaphore;

        SecondDeath(Accountable first) {
            this.first = first;
            this.memory = first.scene.process();
            this.semaphore = first.over(memory);
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            // More than there can be: finds all that the dead held, takes nothing.
            assertFalse(semaphore.tryAcquire(TOTAL + 1));
        }

        @Override
        public void survive() {
            if (!memory.isDead()) {
                memory.kill();
            }
            first.survive();
        }
    }

    @Test
    void staysRightWhenARevivedHolderGoesOnAnywhere() {
        Consumer<Accountable> change = trial -> {
            assertTrue(trial.semaphore.tryAcquire(2));
            trial.semaphore.release(1);
            trial.semaphore.transfer(1, trial.survivor.holderId());
        };
        long accesses = accessesOf(change);
        for (long access = 1; access <= accesses; access++) {
            Accountable trial = new Accountable(false, change);
            PausingMemory paused = new PausingMemory(trial.victim.target(), access, () -> {
                trial.scene.misjudge(trial.victim);
                // Takes everything back, and its account is somebody else's before it goes on.
                LedgerSemaphore heir = trial.over(trial.scene.process());
                trial.acquire(heir, TOTAL - trial.survivor.heldPermits());
                heir.release(heir.heldPermits());
                trial.acquire(heir, 1);
                heir.release();
            });
            try (LedgerSemaphore revived = LedgerSemaphore.over(paused, TOTAL, false, NEVER_WAITING)) {
                paused.arm();
                assertTrue(revived.tryAcquire(2));
                revived.release(1);
                revived.transfer(1, trial.survivor.holderId());
            } catch (FencedException expected) {
                assertTrue(paused.hasPaused());
            }
            trial.survive();
        }
    }

    /** An opener is wrongly held for dead at any access, and its account is another's before it goes on. */
    @Test
    void doesNotFenceTheNextHolderOfARevivedOpenersAccount() {
        long access = 1;
        while (doesNotFenceTheNextHolder(access)) {
            access++;
        }
        assertTrue(access > 3, "an opening of " + access + " accesses");
    }

    /** Returns whether the opener was paused in time. */
    private boolean doesNotFenceTheNextHolder(long access) {
        Accountable trial = new Accountable(false, any -> {});
        DyingMemory misjudged = trial.scene.process();
        List<LedgerSemaphore> heirs = new ArrayList<>();
        PausingMemory paused = new PausingMemory(misjudged.target(), access, () -> {
            trial.scene.misjudge(misjudged);
            // Closes the accounts of the dead.
            assertFalse(trial.survivor.tryAcquire(TOTAL + 1));
            heirs.add(trial.over(trial.scene.process()));
        });
        paused.arm();
        LedgerSemaphore revived = LedgerSemaphore.over(paused, TOTAL, false, NEVER_WAITING);
        paused.disarm();
        for (LedgerSemaphore heir : heirs) {
            assertTrue(heir.tryAcquire(3));
            heir.release(3);
        }
        revived.close();
        trial.survive();
        return paused.hasPaused();
    }

    private long accessesOf(Consumer<Accountable> operation) {
        Accountable trial = new Accountable(false, operation);
        long before = trial.victim.accesses();
        trial.operate();
        return trial.victim.accesses() - before;
    }

    // ---- signalling -----------------------------------------------------------------------------------------------

    private final class Signalling implements KillTrial {

        private final Scene scene = new Scene(Scene.Place.HEAP, SignallingLayout.BODY_BYTES);
        private final DyingMemory victim = scene.process();
        private final CountingSemaphore semaphore;
        private final CountingSemaphore survivor;
        private final Consumer<CountingSemaphore> operation;
        private final List<Integer> possible;
        private Runnable endSleep = () -> {};

        Signalling(boolean fair, Consumer<CountingSemaphore> operation, List<Integer> possible) {
            this.operation = operation;
            this.possible = possible;
            scenes.add(scene);
            CountingSemaphore.initialize(victim.target(), TOTAL);
            semaphore = CountingSemaphore.over(victim, TOTAL, fair, OneSleep.then(() -> endSleep.run()));
            survivor = CountingSemaphore.over(scene.process(), TOTAL, fair, NEVER_WAITING);
        }

        /** Has the survivor hold all permits until the victim sleeps. */
        Signalling withoutPermits() {
            int held = survivor.drainPermits();
            endSleep = () -> survivor.release(held);
            return this;
        }

        @Override
        public DyingMemory memory() {
            return victim;
        }

        @Override
        public void operate() {
            operation.accept(semaphore);
        }

        @Override
        public void survive() {
            int available = survivor.availablePermits();
            assertTrue(possible.contains(available), "available: " + available);
            try {
                assertTrue(survivor.tryAcquire(available, Duration.ofSeconds(20)));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertFalse(survivor.tryAcquire());
            survivor.release(TOTAL);
            assertEquals(TOTAL, survivor.availablePermits());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesAllOrNothingOfACallWhereverItDies(boolean fair) {
        KillPoints.enumerate(() -> new Signalling(
                fair,
                semaphore -> {
                    semaphore.acquireUninterruptibly(5);
                    semaphore.release(3);
                    semaphore.reducePermits(4);
                    semaphore.release(2);
                    semaphore.drainPermits();
                },
                List.of(7, 2, 5, 1, 3, 0)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesNothingWhereverAWaiterDies(boolean fair) {
        KillPoints.enumerate(() -> new Signalling(
                fair,
                semaphore -> {
                    assertTrue(semaphore.tryAcquire(TOTAL));
                    try {
                        assertFalse(semaphore.tryAcquire(1, Duration.ZERO));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    semaphore.release(TOTAL);
                },
                List.of(TOTAL, 0)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAllOrNothingWhereverASleeperDies(boolean fair) {
        int points = KillPoints.enumerate(() -> new Signalling(
                        fair,
                        semaphore -> {
                            semaphore.acquireUninterruptibly(3);
                            semaphore.release(1);
                        },
                        List.of(0, TOTAL, TOTAL - 3, TOTAL - 2))
                .withoutPermits());
        assertTrue(points > 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changesNothingWhereverALookerOrLeaverDies(boolean fair) {
        KillPoints.enumerate(() -> new Signalling(
                fair,
                semaphore -> {
                    assertEquals(TOTAL, semaphore.availablePermits());
                    semaphore.stat();
                    semaphore.close();
                },
                List.of(TOTAL)));
    }
}
