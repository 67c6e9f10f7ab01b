package io.sluice.locks.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.identity.ParticipantsReplacedException;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.OwnDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real processes, really killed and really stopped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
class MutexProcessTest {

    private final List<ChildJvm> children = new ArrayList<>();
    private final Actors actors = new Actors();

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    private RegionAddress address;
    private SharedMutex mutex;

    @BeforeEach
    void create() {
        address = directory.address("mutex");
        mutex = Locks.create(LockSpec.mutex("mutex").withAddress(address));
    }

    @AfterEach
    void clear() {
        actors.close();
        children.forEach(ChildJvm::close);
    }

    private ChildJvm child() {
        ChildJvm child = ChildJvm.start(MutexChild.class, directory.path().toString());
        children.add(child);
        child.awaitLine("ready");
        return child;
    }

    private static void tell(ChildJvm child, String command, String answer) {
        assertEquals("trying", child.ask(command));
        assertEquals(answer, child.awaitLine());
    }

    private ChildJvm waitingChild(int waiters) {
        ChildJvm child = child();
        assertEquals("trying", child.ask("lock"));
        Actors.until(() -> mutex.stat().waiters().size() == waiters);
        return child;
    }

    @Test
    void goesToWaiterWhenOwnerIsKilled() {
        ChildJvm owner = child();
        tell(owner, "lock", "done");
        Actor waiter = actors.start(mutex::lock);
        Actors.until(() -> !mutex.stat().waiters().isEmpty());
        owner.kill();
        assertInstanceOf(OwnerDiedException.class, waiter.outcome());
    }

    @Test
    void forgetsKilledWaiter() {
        mutex.lock();
        ChildJvm killed = waitingChild(1);
        ChildJvm other = waitingChild(2);
        killed.kill();
        mutex.unlock();
        assertEquals("done", other.awaitLine());
    }

    @Test
    void passesOverWaiterThatIsKilledAfterItWasWoken() {
        mutex.lock();
        ChildJvm woken = waitingChild(1);
        ChildJvm other = waitingChild(2);
        // Stopped, it is woken but does nothing about it.
        woken.stop();
        mutex.unlock();
        woken.kill();
        assertEquals("done", other.awaitLine());
    }

    @Test
    void tellsOfRecovererThatIsKilled() {
        ChildJvm owner = child();
        tell(owner, "lock", "done");
        owner.kill();
        ChildJvm recoverer = child();
        tell(recoverer, "lock", "told");
        recoverer.kill();
        ChildJvm second = child();
        tell(second, "lock", "told");
        tell(second, "repair", "done");
        tell(second, "unlock", "done");
        mutex.lock();
        mutex.unlock();
    }

    /** By an administrator who cleans up, say. From then on nobody can be proved dead. */
    @Test
    void declaresNobodyDeadOnceTheParticipantsFileIsDeleted() throws IOException {
        ChildJvm owner = child();
        tell(owner, "lock", "done");
        Actor waiter = actors.start(mutex::lock);
        Actors.until(() -> !mutex.stat().waiters().isEmpty());
        long word = word();
        Files.delete(directory.path().resolve(".participants"));
        owner.kill();
        Throwable refusal = assertInstanceOf(ParticipantsReplacedException.class, waiter.outcome());
        assertTrue(refusal.getMessage().contains(".participants was deleted or replaced"), refusal::getMessage);
        assertThrows(ParticipantsReplacedException.class, mutex::tryLock);
        assertEquals(word, word());
        assertTrue(MutexWord.holder(word) != 0);
    }

    /** As it is in the file, whoever may open it. */
    private long word() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(address.path()));
        return file.order(ByteOrder.nativeOrder()).getLong((int) MutexLayout.WORD);
    }

    @Test
    void doesNotRobStoppedOwner() throws InterruptedException {
        ChildJvm owner = child();
        tell(owner, "lock", "done");
        owner.stop();
        // Many slices long, each with a look at whether the owner lives.
        assertFalse(mutex.tryLock(300, TimeUnit.MILLISECONDS));
        Actor waiter = actors.start(mutex::lock);
        Actors.until(() -> !mutex.stat().waiters().isEmpty());
        owner.resume();
        tell(owner, "unlock", "done");
        waiter.join();
    }

    @Test
    void letsProcessesTakeTurns() {
        ChildJvm child = child();
        for (int turn = 0; turn < 20; turn++) {
            mutex.lock();
            assertEquals("trying", child.ask("lock"));
            Actors.until(() -> mutex.stat().waiters().size() == 1);
            mutex.unlock();
            assertEquals("done", child.awaitLine());
            tell(child, "unlock", "done");
        }
    }

    @Test
    void isShownToWhoOnlyReads() {
        ChildJvm owner = child();
        tell(owner, "lock", "done");
        try (Region region = Regions.open(address, "mutex", RegionOptions.DEFAULT.withReadOnly(true))) {
            LockStat stat = Locks.stat(region);
            assertTrue(stat.holders().get(0).alive());
            owner.kill();
            assertFalse(Locks.stat(region).holders().get(0).alive());
        }
    }

    @Test
    void isNotTakenForAnotherKind() {
        assertThrows(
                RegionFormatException.class,
                () -> Locks.open(LockSpec.signallingSemaphore("mutex").withAddress(address)));
        try (SharedMutex second = Locks.openOrCreate(LockSpec.mutex("mutex").withAddress(address))) {
            assertTrue(second.tryLock());
            second.unlock();
        }
    }
}
