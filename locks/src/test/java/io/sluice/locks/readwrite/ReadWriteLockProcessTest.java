package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes, really killed and really stopped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
class ReadWriteLockProcessTest {

    private static final String BARGING = "barging";
    private static final String FAIR = "fair";

    private final List<ChildJvm> children = new ArrayList<>();
    private final Actors actors = new Actors();
    private TestDirectory directory;
    private SharedReadWriteLock lock;
    private List<SharedReadWriteLock> both;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
        lock = create(BARGING, Fairness.BARGING);
        both = List.of(lock, create(FAIR, Fairness.FAIR));
    }

    private SharedReadWriteLock create(String name, Fairness fairness) {
        return Locks.create(LockSpec.readWriteLock(name)
                .withAddress(RegionAddress.of(directory.path(), name))
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
        for (int number = 0; number < count; number++) {
            started.add(ChildJvm.start(ReadWriteChild.class, directory.path().toString(), BARGING, FAIR));
        }
        children.addAll(started);
        started.forEach(child -> assertEquals("ready", child.awaitLine()));
        return started;
    }

    private static void tell(ChildJvm child, String command) {
        assertEquals(BARGING + " done", child.ask(BARGING + " " + command));
    }

    /** Has the child do something with both locks. */
    private static void sendBoth(ChildJvm child, String command) {
        child.send(BARGING + " " + command);
        child.send(FAIR + " " + command);
    }

    private static void awaitBoth(ChildJvm child, String outcome) {
        Set<String> expected = Set.of(BARGING + " " + outcome, FAIR + " " + outcome);
        assertEquals(expected, new HashSet<>(List.of(child.awaitLine(), child.awaitLine())));
    }

    private static void tellBoth(ChildJvm child, String command, String outcome) {
        sendBoth(child, command);
        awaitBoth(child, outcome);
    }

    private void haveBothWait(ChildJvm child, String command, int waiters) {
        sendBoth(child, command);
        Actors.until(() -> both.stream().allMatch(each -> each.stat().waiters().size() == waiters));
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
        waiting.send(BARGING + " write");
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
    void forgetsReaderThatIsKilledWaitingAndWriterThatIsKilledOnceWoken() {
        both.forEach(each -> each.writeLock().lock());
        List<ChildJvm> waiting = children(3);
        ChildJvm reader = waiting.get(0);
        ChildJvm writer = waiting.get(1);
        ChildJvm other = waiting.get(2);
        haveBothWait(reader, "read", 1);
        haveBothWait(writer, "write", 2);
        haveBothWait(other, "read", 3);
        reader.kill();
        // Stopped, it is woken but does nothing about it, and the other one stands back for it.
        writer.stop();
        both.forEach(each -> each.writeLock().unlock());
        writer.kill();
        awaitBoth(other, "done");
        tellBoth(other, "end read", "done");
        for (SharedReadWriteLock each : both) {
            each.writeLock().lock();
            each.writeLock().unlock();
            assertTrue(each.stat().waiters().stream().noneMatch(waiter -> waiter.alive()));
        }
    }

    @Test
    void tellsOfRecovererThatIsKilled() {
        List<ChildJvm> writers = children(3);
        tellBoth(writers.get(0), "write", "done");
        writers.get(0).kill();
        tellBoth(writers.get(1), "write", "told");
        writers.get(1).kill();
        ChildJvm second = writers.get(2);
        tellBoth(second, "write", "told");
        tellBoth(second, "repair", "done");
        tellBoth(second, "end write", "done");
        for (SharedReadWriteLock each : both) {
            each.readLock().lock();
            each.readLock().unlock();
            each.writeLock().lock();
            each.writeLock().unlock();
        }
    }

    @Test
    void doesNotRobStoppedReader() throws InterruptedException {
        ChildJvm reader = child();
        tellBoth(reader, "read", "done");
        reader.stop();
        for (SharedReadWriteLock each : both) {
            // Many slices long, each with a look at whether the reader lives.
            assertFalse(each.writeLock().tryLock(150, TimeUnit.MILLISECONDS), each.name());
        }
        Actor writer = writing();
        reader.resume();
        tellBoth(reader, "end read", "done");
        writer.join();
    }

    @Test
    void doesNotRobStoppedWriter() throws InterruptedException {
        ChildJvm writer = child();
        tellBoth(writer, "write", "done");
        writer.stop();
        for (SharedReadWriteLock each : both) {
            assertFalse(each.writeLock().tryLock(100, TimeUnit.MILLISECONDS), each.name());
            assertFalse(each.readLock().tryLock(100, TimeUnit.MILLISECONDS), each.name());
        }
        writer.resume();
        tellBoth(writer, "end write", "done");
        for (SharedReadWriteLock each : both) {
            each.readLock().lock();
            each.readLock().unlock();
        }
    }

    @Test
    void letsProcessesTakeTurns() {
        ChildJvm child = child();
        for (int turn = 0; turn < 20; turn++) {
            lock.writeLock().lock();
            child.send(BARGING + (turn % 2 == 0 ? " write" : " read"));
            Actors.until(() -> lock.stat().waiters().size() == 1);
            lock.writeLock().unlock();
            assertEquals(BARGING + " done", child.awaitLine());
            tell(child, turn % 2 == 0 ? "end write" : "end read");
        }
        assertTrue(lock.stat().holders().isEmpty());
    }
}
