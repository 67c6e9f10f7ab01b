package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.Patience;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.HookedMemory;
import io.sluice.locks.scene.PausingMemory;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only an accountable semaphore does, in either order, whatever memory it is in. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class AccountableSemaphoreContract {

    private static final int TOTAL = 6;

    private final Actors actors = new Actors();
    private final boolean fair;
    private final int mostChanges;
    private final Scene scene;
    private final DyingMemory here;
    private final DyingMemory there;
    private final AccountableSemaphore mine;
    private final AccountableSemaphore other;

    AccountableSemaphoreContract(Scene.Place place, boolean fair) {
        this.fair = fair;
        // Each combination of changes is a process for each access, which in a file costs more.
        this.mostChanges = place == Scene.Place.HEAP ? 4 : 1;
        scene = new Scene(place, AccountableLayout.BODY_BYTES);
        here = scene.process();
        there = scene.process();
        LedgerSemaphore.initialize(here, TOTAL);
        mine = over(here);
        other = over(there);
    }

    private AccountableSemaphore over(DyingMemory memory) {
        return over(memory, WaitStrategy.block());
    }

    private LedgerSemaphore over(RegionMemory memory, WaitStrategy strategy) {
        return LedgerSemaphore.over(memory, TOTAL, fair, strategy);
    }

    @AfterEach
    void clear() throws IOException {
        actors.close();
        scene.close();
    }

    @Test
    void knowsWhatItHolds() {
        assertTrue(mine.tryAcquire(2));
        assertTrue(other.tryAcquire(3));
        assertEquals(2, mine.heldPermits());
        assertEquals(3, other.heldPermits());
        mine.release(1);
        assertEquals(1, mine.heldPermits());
        assertEquals(2, mine.availablePermits());
    }

    @Test
    void refusesReleaseByANonHolder() {
        assertTrue(other.tryAcquire(3));
        assertThrows(IllegalMonitorStateException.class, () -> mine.release());
        assertTrue(mine.tryAcquire(1));
        assertThrows(IllegalMonitorStateException.class, () -> mine.release(2));
        assertEquals(1, mine.heldPermits());
        assertEquals(2, mine.availablePermits());
    }

    @Test
    void takesBackWhatADeadProcessHeld() {
        assertTrue(other.tryAcquire(5));
        there.kill();
        assertTrue(mine.tryAcquire(6));
        assertFalse(over(scene.process()).tryAcquire());
        mine.release(6);
        assertEquals(TOTAL, mine.availablePermits());
    }

    @Test
    void givesPermitsOfADeadProcessToAWaiter() {
        assertTrue(other.tryAcquire(TOTAL));
        Actors.Actor waiter = actors.start(() -> mine.acquire(2));
        Actors.until(() -> !mine.stat().waiters().isEmpty());
        there.kill();
        waiter.join();
        assertEquals(TOTAL - 2, mine.availablePermits());
    }

    @Test
    void wakesOthersWhenItTakesBackMoreThanItNeeds() {
        assertTrue(other.tryAcquire(TOTAL));
        DyingMemory process = scene.process();
        AccountableSemaphore patient = over(process, Patience.untilWoken());
        Actors.Actor waiter = actors.start(() -> patient.acquire(2));
        Actors.until(() -> (process.getInt(AccountableLayout.WAKE) & 1) != 0);
        there.kill();
        assertTrue(mine.tryAcquire(1));
        waiter.join();
    }

    @Test
    void wakesOthersWhenTheAccountsOfTheDeadAreNeeded() {
        assertTrue(other.tryAcquire(TOTAL));
        DyingMemory crowd = scene.process();
        for (int number = 3; number < AccountableSemaphore.MAX_HOLDERS; number++) {
            over(crowd);
        }
        DyingMemory process = scene.process();
        AccountableSemaphore patient = over(process, Patience.untilWoken());
        Actors.Actor waiter = actors.start(() -> patient.acquire(2));
        Actors.until(() -> (process.getInt(AccountableLayout.WAKE) & 1) != 0);
        there.kill();
        over(scene.process());
        waiter.join();
    }

    @Test
    void doesNotTakeBackFromALiveProcess() {
        assertTrue(other.tryAcquire(TOTAL));
        assertFalse(mine.tryAcquire());
        assertEquals(TOTAL, other.heldPermits());
    }

    @Test
    void givesBackWhatItHoldsWhenClosed() {
        assertTrue(other.tryAcquire(TOTAL));
        Actors.Actor waiter = actors.start(() -> mine.acquire(TOTAL));
        Actors.until(() -> !mine.stat().waiters().isEmpty());
        other.close();
        waiter.join();
        assertEquals(TOTAL, mine.heldPermits());
    }

    @Test
    void handsPermitsOver() {
        assertTrue(mine.tryAcquire(4));
        mine.transfer(3, other.holderId());
        assertEquals(1, mine.heldPermits());
        assertEquals(3, other.heldPermits());
        assertEquals(2, mine.availablePermits());
        other.transfer(1, mine.holderId());
        mine.transfer(2, other.holderId());
        other.release(4);
        assertEquals(0, mine.heldPermits());
        assertEquals(TOTAL, mine.availablePermits());
    }

    @Test
    void refusesToHandOverWhatItDoesNotHoldOrToNobody() {
        assertTrue(mine.tryAcquire(2));
        assertThrows(IllegalMonitorStateException.class, () -> mine.transfer(3, other.holderId()));
        assertThrows(IllegalArgumentException.class, () -> mine.transfer(1, mine.holderId()));
        assertThrows(IllegalArgumentException.class, () -> mine.transfer(1, 0));
        assertThrows(IllegalArgumentException.class, () -> mine.transfer(1, -1));
        assertThrows(IllegalArgumentException.class, () -> mine.transfer(-1, other.holderId()));
        long dead = other.holderId();
        there.kill();
        assertThrows(IllegalArgumentException.class, () -> mine.transfer(1, dead));
        assertTrue(mine.tryAcquire(4));
        AccountableSemaphore next = over(scene.process());
        assertNotEquals(dead, next.holderId());
        assertThrows(IllegalArgumentException.class, () -> mine.transfer(1, dead));
        assertEquals(TOTAL, mine.heldPermits());
    }

    @Test
    void fencesAHolderThatWasWronglyHeldForDead() {
        assertTrue(other.tryAcquire(4));
        scene.misjudge(there);
        assertTrue(mine.tryAcquire(5));
        assertThrows(FencedException.class, () -> other.release(4));
        assertEquals(0, other.heldPermits());
        assertThrows(IllegalMonitorStateException.class, () -> other.release());
        mine.release(5);
        assertEquals(TOTAL, mine.availablePermits());
    }

    @Test
    void fencesWhateverAHolderDoesThatWasWronglyHeldForDead() {
        List<Consumer<AccountableSemaphore>> uses = List.of(
                held -> held.release(1),
                held -> held.transfer(1, mine.holderId()),
                held -> held.acquireUninterruptibly(1),
                held -> held.tryAcquire(1),
                held -> held.drainPermits());
        for (Consumer<AccountableSemaphore> use : uses) {
            DyingMemory paused = scene.process();
            AccountableSemaphore revived = over(paused);
            assertTrue(revived.tryAcquire(4));
            scene.misjudge(paused);
            assertTrue(mine.tryAcquire(5));
            mine.release(4);
            assertThrows(FencedException.class, () -> use.accept(revived));
            assertEquals(0, revived.heldPermits());
            assertEquals(1, mine.heldPermits());
            assertEquals(TOTAL - 1, mine.availablePermits());
            mine.release(1);
        }
    }

    @Test
    void keepsEveryPermitUnderContentionAndTransfers() {
        AccountableSemaphore[] all = {mine, other, over(scene.process())};
        List<Actors.Actor> workers = new ArrayList<>();
        long seed = new Random().nextLong();
        for (int number = 0; number < all.length; number++) {
            AccountableSemaphore own = all[number];
            AccountableSemaphore next = all[(number + 1) % all.length];
            Random random = new Random(seed + number);
            workers.add(actors.start(() -> {
                for (int round = 0; round < 2_000; round++) {
                    int count = 1 + random.nextInt(2);
                    if (own.tryAcquire(count) && random.nextInt(4) == 0) {
                        own.transfer(count, next.holderId());
                    }
                    if (random.nextBoolean()) {
                        own.release(own.heldPermits() / 2);
                    }
                }
            }));
        }
        workers.forEach(Actors.Actor::join);
        int held = 0;
        for (AccountableSemaphore semaphore : all) {
            held += semaphore.heldPermits();
        }
        assertEquals(TOTAL, mine.availablePermits() + held, "seed " + seed);
    }

    @Test
    void showsWhoHoldsHowMany() {
        assertTrue(mine.tryAcquire(1));
        assertTrue(other.tryAcquire(4));
        there.kill();
        LockStat stat = mine.stat();
        assertEquals("1 of 6 available", stat.state());
        assertEquals(2, stat.holders().size());
        for (LockStat.Holder holder : stat.holders()) {
            boolean ours = holder.token() == here.selfToken();
            assertEquals(ours, holder.alive());
            assertEquals(ours ? 1 : 4, holder.count());
        }
    }

    @Test
    void reusesTheAccountsOfTheDead() {
        for (int round = 0; round < 2 * AccountableSemaphore.MAX_HOLDERS; round++) {
            DyingMemory process = scene.process();
            assertTrue(over(process).tryAcquire(TOTAL));
            process.kill();
        }
        assertTrue(mine.tryAcquire(TOTAL));
    }

    @Test
    void refusesMoreHoldersThanItHasAccounts() {
        AccountableSemaphore leaving = over(scene.process());
        DyingMemory crowd = scene.process();
        for (int number = 3; number < AccountableSemaphore.MAX_HOLDERS; number++) {
            over(crowd);
        }
        assertThrows(IllegalStateException.class, () -> over(scene.process()));
        leaving.close();
        assertTrue(over(scene.process()).tryAcquire());
    }

    @Test
    void refusesAStateThatItDidNotWrite() {
        for (long state : new long[] {TOTAL + 1, 200L << 20, -1, (5L << 29) | TOTAL}) {
            here.setLongRelease(AccountableLayout.STATE, state);
            assertThrows(CorruptLockException.class, () -> mine.tryAcquire(TOTAL), Long.toHexString(state));
        }
    }

    @Test
    void staysRightWhenAThreadPausesWhileAnotherOneOfItsProcessGoesOn() {
        for (int foreign = 1; foreign <= mostChanges; foreign++) {
            for (int own = 0; own < mostChanges; own++) {
                pausedEverywhere(foreign, own, semaphore -> semaphore.release(1));
            }
        }
    }

    @Test
    void staysRightWhenAThreadPausesInATransferWhileAnotherOneOfItsProcessGoesOn() {
        for (int foreign = 0; foreign <= mostChanges; foreign++) {
            for (int own = 0; own < mostChanges; own++) {
                pausedEverywhere(foreign, own, semaphore -> semaphore.transfer(1, mine.holderId()));
            }
        }
    }

    private void pausedEverywhere(int foreign, int own, Consumer<LedgerSemaphore> giving) {
        long access = 1;
        while (pausedAt(access, foreign, own, giving)) {
            access++;
        }
        assertTrue(access > 5, "paused only " + (access - 1) + " times");
    }

    /** Takes and gives, pausing at an access while others make so many changes; whether there was such an access. */
    private boolean pausedAt(long access, int foreign, int own, Consumer<LedgerSemaphore> giving) {
        AtomicReference<LedgerSemaphore> semaphore = new AtomicReference<>();
        PausingMemory paused = new PausingMemory(scene.process(), access, () -> {
            change(other, foreign);
            change(semaphore.get(), own);
        });
        try (LedgerSemaphore shared = over(paused, WaitStrategy.block())) {
            semaphore.set(shared);
            change(shared, 3);
            paused.arm();
            assertTrue(shared.tryAcquire(1));
            giving.accept(shared);
            paused.disarm();
            shared.release(shared.heldPermits());
            assertEquals(TOTAL, shared.availablePermits() + other.heldPermits() + mine.heldPermits());
        }
        mine.release(mine.heldPermits());
        assertEquals(TOTAL, mine.availablePermits() + other.heldPermits());
        other.release(other.heldPermits());
        return paused.hasPaused();
    }

    private static void change(AccountableSemaphore semaphore, int changes) {
        for (int change = 0; change < changes; change++) {
            if (change % 2 == 0) {
                assertTrue(semaphore.tryAcquire());
            } else {
                semaphore.release();
            }
        }
    }

    // ---- two threads of one holder ----------------------------------------------------------------------------------

    /**
     * One thread has announced a transfer whose moment passes, and writes whom it was to go to at the very moment at which
     * another one, which has announced the next, wants to.
     */
    @Test
    void letsTwoThreadsTransferThatMeetHalfWay() {
        CountDownLatch firstIsLate = new CountDownLatch(1);
        CountDownLatch secondHasAnnounced = new CountDownLatch(1);
        CountDownLatch firstHasWritten = new CountDownLatch(1);
        ThreadLocal<String> role = new ThreadLocal<>();
        HookedMemory memory = new HookedMemory(scene.process()) {
            @Override
            protected void before(long offset) {
                if (offset == AccountableLayout.transfer(2) && "first".equals(role.get())) {
                    firstIsLate.countDown();
                    Actors.await(secondHasAnnounced);
                } else if (offset == AccountableLayout.transfer(2) && "second".equals(role.get())) {
                    secondHasAnnounced.countDown();
                    Actors.await(firstHasWritten);
                }
            }

            @Override
            protected void after(long offset) {
                if (offset == AccountableLayout.transfer(2) && "first".equals(role.get())) {
                    firstHasWritten.countDown();
                    role.remove();
                }
            }
        };
        AccountableSemaphore both = over(memory, WaitStrategy.block());
        assertTrue(both.tryAcquire(3));
        assertTrue(other.tryAcquire(1));
        Actors.Actor first = actors.start(() -> {
            role.set("first");
            both.transfer(1, mine.holderId());
        });
        Actors.await(firstIsLate);
        other.release();
        Actors.Actor second = actors.start(() -> {
            role.set("second");
            both.transfer(1, mine.holderId());
        });
        first.join();
        second.join();
        assertEquals(2, mine.heldPermits());
        assertEquals(1, both.heldPermits());
    }

    // ---- attachments of one process ---------------------------------------------------------------------------------

    @Test
    void doesNotTakeTheAccountOfAnotherAttachmentForItsOwn() {
        assertTrue(other.tryAcquire(4));
        scene.misjudge(there);
        assertTrue(mine.tryAcquire(5));
        mine.release(5);
        // Gets the account that the first attachment of this process has lost without knowing.
        AccountableSemaphore second = over(there);
        assertTrue(second.tryAcquire(3));
        assertThrows(FencedException.class, () -> other.release(1));
        assertEquals(3, second.heldPermits());
        assertEquals(TOTAL - 3, mine.availablePermits());
    }

    // ---- words that this code did not write -------------------------------------------------------------------------

    @Test
    void refusesATransferToAnAccountThatThereCannotBe() {
        assertTrue(other.tryAcquire(2));
        long number = LedgerState.number(here.getLongAcquire(AccountableLayout.STATE));
        here.setLongRelease(AccountableLayout.transfer(1), LedgerEntry.of(number, 200, 1));
        assertThrows(CorruptLockException.class, () -> mine.tryAcquire(1));
    }

    @Test
    void refusesATransferOfMoreThanThereIs() {
        assertTrue(other.tryAcquire(2));
        long number = LedgerState.number(here.getLongAcquire(AccountableLayout.STATE));
        here.setLongRelease(AccountableLayout.transfer(1), LedgerEntry.of(number, 0, 0xfffff));
        assertThrows(CorruptLockException.class, () -> mine.tryAcquire(1));
    }

    @Test
    void refusesAnAccountThatHoldsWhatIsAvailable() {
        assertTrue(mine.tryAcquire(2));
        assertTrue(other.tryAcquire(1));
        here.setLongRelease(AccountableLayout.booked(0), LedgerEntry.of(1, TOTAL));
        assertThrows(CorruptLockException.class, () -> mine.release(TOTAL));
    }
}
