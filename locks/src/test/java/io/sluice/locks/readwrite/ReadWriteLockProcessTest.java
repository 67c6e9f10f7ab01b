package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.region.RegionAddress;
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
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
class ReadWriteLockProcessTest {

    private final List<ChildJvm> children = new ArrayList<>();
    private final Actors actors = new Actors();
    private TestDirectory directory;
    private SharedReadWriteLock lock;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
        lock = Locks.create(LockSpec.readWriteLock("lock").withAddress(RegionAddress.of(directory.path(), "lock")));
    }

    @AfterEach
    void clear() throws IOException {
        actors.close();
        children.forEach(ChildJvm::close);
        directory.close();
    }

    private ChildJvm child() {
        ChildJvm child = ChildJvm.start(ReadWriteChild.class, directory.path().toString());
        children.add(child);
        child.awaitLine("ready");
        return child;
    }

    private static void tell(ChildJvm child, String command) {
        assertEquals("trying", child.ask(command));
        assertEquals("done", child.awaitLine());
    }

    private Actor writing() {
        return actors.start(() -> {
            lock.writeLock().lock();
            lock.writeLock().unlock();
        });
    }

    @Test
    void removesHoldOfKilledReader() {
        ChildJvm reader = child();
        tell(reader, "read");
        Actor writer = writing();
        Actors.until(() -> lock.stat().state().contains("a writer is next"));
        assertFalse(writer.isDone());
        reader.kill();
        writer.join();
    }

    @Test
    void tellsOfKilledWriter() {
        ChildJvm writer = child();
        tell(writer, "write");
        assertFalse(lock.readLock().tryLock());
        writer.kill();
        assertThrows(OwnerDiedException.class, lock.writeLock()::lock);
        lock.writeLock().markConsistent();
        lock.writeLock().unlock();
        tell(child(), "read");
    }

    @Test
    void forgetsKilledWaiter() {
        lock.readLock().lock();
        ChildJvm waiting = child();
        assertEquals("trying", waiting.ask("write"));
        Actors.until(() -> lock.stat().state().contains("a writer is next"));
        waiting.kill();
        ChildJvm reader = child();
        tell(reader, "read");
        tell(reader, "end read");
        lock.readLock().unlock();
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }

    @Test
    void doesNotRobStoppedReader() throws InterruptedException {
        ChildJvm reader = child();
        tell(reader, "read");
        reader.stop();
        // Many slices long, each with a look at whether the reader lives.
        assertFalse(lock.writeLock().tryLock(300, TimeUnit.MILLISECONDS));
        Actor writer = writing();
        reader.resume();
        tell(reader, "end read");
        writer.join();
    }

    @Test
    void doesNotRobStoppedWriter() throws InterruptedException {
        ChildJvm writer = child();
        tell(writer, "write");
        writer.stop();
        assertFalse(lock.writeLock().tryLock(150, TimeUnit.MILLISECONDS));
        assertFalse(lock.readLock().tryLock(150, TimeUnit.MILLISECONDS));
        writer.resume();
        tell(writer, "end write");
        lock.readLock().lock();
        lock.readLock().unlock();
    }

    @Test
    void letsProcessesTakeTurns() {
        ChildJvm child = child();
        for (int turn = 0; turn < 20; turn++) {
            lock.writeLock().lock();
            assertEquals("trying", child.ask(turn % 2 == 0 ? "write" : "read"));
            Actors.until(() -> lock.stat().waiters().size() == 1);
            lock.writeLock().unlock();
            assertEquals("done", child.awaitLine());
            tell(child, turn % 2 == 0 ? "end write" : "end read");
        }
        assertTrue(lock.stat().holders().isEmpty());
    }
}
