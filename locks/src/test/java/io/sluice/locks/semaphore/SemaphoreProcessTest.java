package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import io.sluice.locks.scene.Opening;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes, really killed and really stopped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SemaphoreProcessTest {

    private static final int TOTAL = 4;

    private static final String ACCOUNTABLE_FAIR = SemaphoreChild.name(Kind.ACCOUNTABLE, Fairness.FAIR);
    private static final String ACCOUNTABLE_BARGING = SemaphoreChild.name(Kind.ACCOUNTABLE, Fairness.BARGING);
    private static final String SIGNALLING_FAIR = SemaphoreChild.name(Kind.SIGNALLING, Fairness.FAIR);
    private static final String SIGNALLING_BARGING = SemaphoreChild.name(Kind.SIGNALLING, Fairness.BARGING);

    private final List<ChildJvm> children = new ArrayList<>();
    private final Actors actors = new Actors();
    private TestDirectory directory;
    private RegionAddress address;
    private AccountableSemaphore semaphore;
    private Map<String, AccountableSemaphore> accountable;
    private Map<String, SharedSemaphore> all;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
        address = RegionAddress.of(directory.path(), ACCOUNTABLE_FAIR);
        accountable = Map.of(
                ACCOUNTABLE_FAIR,
                create(LockSpec.accountableSemaphore(ACCOUNTABLE_FAIR, TOTAL), Fairness.FAIR),
                ACCOUNTABLE_BARGING,
                create(LockSpec.accountableSemaphore(ACCOUNTABLE_BARGING, TOTAL), Fairness.BARGING));
        semaphore = accountable.get(ACCOUNTABLE_FAIR);
        all = new HashMap<>(accountable);
        all.put(SIGNALLING_FAIR, create(LockSpec.signallingSemaphore(SIGNALLING_FAIR, TOTAL), Fairness.FAIR));
        all.put(SIGNALLING_BARGING, create(LockSpec.signallingSemaphore(SIGNALLING_BARGING, TOTAL), Fairness.BARGING));
    }

    private <T extends SharedSemaphore> T create(LockSpec<T> spec, Fairness fairness) {
        return Locks.create(spec.withAddress(
                        RegionAddress.of(directory.path(), spec.address().name()))
                .withFairness(fairness));
    }

    @AfterEach
    void clear() throws IOException {
        actors.close();
        children.forEach(ChildJvm::close);
        directory.close();
    }

    private ChildJvm child() {
        return children(1).get(0);
    }

    private List<ChildJvm> children(int count) {
        List<ChildJvm> started = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of(directory.path().toString()));
        arguments.addAll(all.keySet());
        for (int number = 0; number < count; number++) {
            started.add(ChildJvm.start(SemaphoreChild.class, arguments.toArray(String[]::new)));
        }
        children.addAll(started);
        started.forEach(child -> assertEquals("ready", child.awaitLine()));
        return started;
    }

    /** Has the child do something with the fair accountable semaphore. */
    private static void send(ChildJvm child, String command) {
        child.send(ACCOUNTABLE_FAIR + " " + command);
    }

    private static void awaitDone(ChildJvm child) {
        awaitDone(child, Set.of(ACCOUNTABLE_FAIR));
    }

    private static void tell(ChildJvm child, String command) {
        send(child, command);
        awaitDone(child);
    }

    private static void send(ChildJvm child, Set<String> semaphores, String command) {
        semaphores.forEach(name -> child.send(name + " " + command));
    }

    private static void awaitDone(ChildJvm child, Set<String> semaphores) {
        Set<String> expected = new HashSet<>();
        Set<String> answers = new HashSet<>();
        for (String name : semaphores) {
            expected.add(name + " done");
            answers.add(child.awaitLine());
        }
        assertEquals(expected, answers);
    }

    private void untilWaiting(int count) {
        untilWaiting(Set.of(ACCOUNTABLE_FAIR), count);
    }

    private void untilWaiting(Set<String> semaphores, int count) {
        Actors.until(() -> semaphores.stream()
                .allMatch(name -> all.get(name).stat().waiters().size() == count));
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
        send(killed, "acquire 4");
        untilWaiting(1);
        ChildJvm other = child();
        send(other, "acquire 1");
        untilWaiting(2);
        killed.kill();
        semaphore.release(1);
        awaitDone(other);
    }

    @Test
    void passesOverWaitersThatAreKilledAsleepOrOnceWoken() {
        all.values().forEach(each -> assertTrue(each.tryAcquire(TOTAL)));
        Set<String> names = all.keySet();
        List<ChildJvm> waiting = children(3);
        ChildJvm asleep = waiting.get(0);
        ChildJvm woken = waiting.get(1);
        ChildJvm other = waiting.get(2);
        send(asleep, names, "acquire " + TOTAL);
        untilWaiting(names, 1);
        send(woken, names, "acquire 1");
        untilWaiting(names, 2);
        send(other, names, "acquire 1");
        untilWaiting(names, 3);
        asleep.kill();
        // Stopped, it is woken but does nothing about it.
        woken.stop();
        all.values().forEach(each -> each.release(1));
        woken.kill();
        awaitDone(other, names);
        for (SharedSemaphore each : all.values()) {
            assertEquals(0, each.availablePermits(), each.name());
            each.release(TOTAL - 1);
        }
        send(other, names, "release 1");
        awaitDone(other, names);
        for (SharedSemaphore each : all.values()) {
            assertEquals(TOTAL, each.availablePermits(), each.name());
            assertTrue(each.stat().waiters().stream().noneMatch(waiter -> waiter.alive()), each.name());
        }
    }

    @Test
    void takesEverythingBackOnceFromAKilledHolderAndFromTheKilledRecoverer() {
        Set<String> names = accountable.keySet();
        List<ChildJvm> holders = children(2);
        ChildJvm holder = holders.get(0);
        ChildJvm recoverer = holders.get(1);
        send(holder, names, "acquire 3");
        awaitDone(holder, names);
        send(recoverer, names, "acquire " + TOTAL);
        untilWaiting(names, 1);
        holder.kill();
        awaitDone(recoverer, names);
        recoverer.kill();
        for (AccountableSemaphore each : accountable.values()) {
            assertTrue(each.tryAcquire(TOTAL), each.name());
            assertEquals(TOTAL, each.heldPermits(), each.name());
            assertEquals(0, each.availablePermits(), each.name());
        }
    }

    @Test
    void takesNothingFromStoppedHolder() throws InterruptedException {
        Set<String> names = accountable.keySet();
        ChildJvm holder = child();
        send(holder, names, "acquire " + TOTAL);
        awaitDone(holder, names);
        holder.stop();
        for (AccountableSemaphore each : accountable.values()) {
            // Many slices long, each with a look at whether the holder lives.
            assertFalse(each.tryAcquire(1, 150, TimeUnit.MILLISECONDS), each.name());
        }
        holder.resume();
        send(holder, names, "release " + TOTAL);
        awaitDone(holder, names);
        for (AccountableSemaphore each : accountable.values()) {
            assertTrue(each.tryAcquire(TOTAL), each.name());
        }
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
        Opening.isRefused(
                LockSpec.accountableSemaphore(ACCOUNTABLE_FAIR, TOTAL + 1).withAddress(address),
                "permits: expected 5, found 4");
        Opening.isRefused(
                LockSpec.accountableSemaphore(ACCOUNTABLE_FAIR, TOTAL)
                        .withAddress(address)
                        .withFairness(Fairness.BARGING),
                "order: expected BARGING, found FAIR");
        RegionAddress other = RegionAddress.of(directory.path(), "signals");
        try (SignallingSemaphore created =
                Locks.create(LockSpec.signallingSemaphore("signals", 2).withAddress(other))) {
            assertEquals(2, created.availablePermits());
            Opening.isRefused(
                    LockSpec.signallingSemaphore("signals", 3).withAddress(other),
                    "initial permits: expected 3, found 2");
            LockSpec<SignallingSemaphore> seven =
                    LockSpec.signallingSemaphore("signals", 2).withMaximum(7).withAddress(other);
            Opening.isRefused(seven, "maximum of permits: expected 7, found " + Integer.MAX_VALUE);
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
