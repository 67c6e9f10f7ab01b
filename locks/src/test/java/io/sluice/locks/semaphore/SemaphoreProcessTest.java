package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes, really killed and really stopped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SemaphoreProcessTest {

    private static final int TOTAL = 4;

    private final List<ChildJvm> children = new ArrayList<>();
    private final Actors actors = new Actors();
    private TestDirectory directory;
    private RegionAddress address;
    private AccountableSemaphore semaphore;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
        address = RegionAddress.of(directory.path(), "permits");
        semaphore = Locks.create(LockSpec.accountableSemaphore("permits", TOTAL)
                .withAddress(address)
                .withFairness(Fairness.FAIR));
    }

    @AfterEach
    void clear() throws IOException {
        actors.close();
        children.forEach(ChildJvm::close);
        directory.close();
    }

    private ChildJvm child() {
        ChildJvm child = ChildJvm.start(SemaphoreChild.class, directory.path().toString());
        children.add(child);
        child.awaitLine("ready");
        return child;
    }

    private static void tell(ChildJvm child, String command) {
        assertEquals("trying", child.ask(command));
        assertEquals("done", child.awaitLine());
    }

    private void untilWaiting(int count) {
        Actors.until(() -> semaphore.stat().waiters().size() == count);
    }

    @Test
    void givesPermitsOfKilledHolderToWaiter() {
        ChildJvm holder = child();
        tell(holder, "acquire 3");
        Actor waiter = actors.start(() -> semaphore.acquire(TOTAL));
        untilWaiting(1);
        holder.kill();
        waiter.join();
        assertEquals(TOTAL, semaphore.heldPermits());
    }

    @Test
    void skipsKilledWaiter() throws InterruptedException {
        semaphore.acquire(TOTAL);
        ChildJvm killed = child();
        killed.ask("acquire 4");
        untilWaiting(1);
        ChildJvm other = child();
        other.ask("acquire 1");
        untilWaiting(2);
        killed.kill();
        semaphore.release(1);
        assertEquals("done", other.awaitLine());
    }

    @Test
    void takesNothingFromStoppedHolder() throws InterruptedException {
        ChildJvm holder = child();
        tell(holder, "acquire 4");
        holder.stop();
        assertFalse(semaphore.tryAcquire(1, 300, TimeUnit.MILLISECONDS));
        holder.resume();
        tell(holder, "release 4");
        assertTrue(semaphore.tryAcquire(TOTAL));
    }

    @Test
    void keepsWhatKilledProcessHandedOver() {
        ChildJvm giver = child();
        tell(giver, "acquire 3");
        tell(giver, "transfer 2 " + semaphore.holderId());
        giver.kill();
        assertEquals(2, semaphore.heldPermits());
        assertTrue(semaphore.tryAcquire(2));
        assertFalse(semaphore.tryAcquire());
    }

    @Test
    void refusesOtherParametersThanItWasCreatedWith() {
        assertThrows(
                RegionFormatException.class,
                () -> Locks.open(
                        LockSpec.accountableSemaphore("permits", TOTAL + 1).withAddress(address)));
        assertThrows(
                RegionFormatException.class,
                () -> Locks.open(LockSpec.accountableSemaphore("permits", TOTAL)
                        .withAddress(address)
                        .withFairness(Fairness.BARGING)));
        RegionAddress other = RegionAddress.of(directory.path(), "signals");
        try (SignallingSemaphore created =
                Locks.create(LockSpec.signallingSemaphore("signals", 2).withAddress(other))) {
            assertEquals(2, created.availablePermits());
            assertThrows(
                    RegionFormatException.class,
                    () -> Locks.open(LockSpec.signallingSemaphore("signals", 3).withAddress(other)));
            assertThrows(
                    RegionFormatException.class,
                    () -> Locks.open(LockSpec.signallingSemaphore("signals")
                            .withMaximum(7)
                            .withAddress(other)));
            try (SignallingSemaphore opened =
                    Locks.open(LockSpec.signallingSemaphore("signals").withAddress(other))) {
                assertTrue(opened.tryAcquire());
                assertEquals(1, created.availablePermits());
            }
        }
    }

    @Test
    void refusesToBeCreatedWithoutOrWithTooManyPermits() {
        RegionAddress other = RegionAddress.of(directory.path(), "other");
        assertThrows(
                IllegalArgumentException.class,
                () -> Locks.create(LockSpec.accountableSemaphore("other").withAddress(other)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Locks.create(LockSpec.signallingSemaphore("other").withAddress(other)));
        assertThrows(
                IllegalArgumentException.class,
                () -> LockSpec.accountableSemaphore("other", AccountableSemaphore.MAX_PERMITS + 1));
        assertThrows(IllegalArgumentException.class, () -> LockSpec.signallingSemaphore("other", -2));
        assertThrows(IllegalArgumentException.class, () -> LockSpec.signallingSemaphore("other", 5)
                .withMaximum(4));
    }
}
