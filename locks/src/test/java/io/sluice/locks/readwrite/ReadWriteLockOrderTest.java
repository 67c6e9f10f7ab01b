package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Actors;
import io.sluice.locks.scene.Actors.Actor;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who goes first: writers, or whoever came first. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
class ReadWriteLockOrderTest {

    private static final int ATTACHMENTS = 8;

    private final Scene scene = new Scene(Scene.Place.HEAP, ReadWriteLayout.bodyBytes(ATTACHMENTS));
    private final Actors actors = new Actors();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void clear() throws IOException {
        actors.close();
        scene.close();
    }

    private SharedReadWriteLock attach(DyingMemory process, boolean fair) {
        return new RegionReadWriteLock(process, ATTACHMENTS, fair, WaitStrategy.block(), () -> {});
    }

    private SharedReadWriteLock attach(boolean fair) {
        return attach(scene.process(), fair);
    }

    private Actor startWaiting(String name, Lock lock, SharedReadWriteLock observer) {
        int before = observer.stat().waiters().size();
        Actor actor = actors.start(() -> {
            lock.lock();
            order.add(name);
            lock.unlock();
        });
        Actors.until(() -> observer.stat().waiters().size() == before + 1);
        return actor;
    }

    @Test
    void writerGoesBeforeReadersThatCameEarlier() {
        SharedReadWriteLock holder = attach(false);
        holder.writeLock().lock();
        Actor reader = startWaiting("reader", attach(false).readLock(), holder);
        Actor writer = startWaiting("writer", attach(false).writeLock(), holder);
        holder.writeLock().unlock();
        reader.join();
        writer.join();
        assertEquals(List.of("writer", "reader"), order);
    }

    @Test
    void fairLockServesInTheOrderOfArrival() {
        SharedReadWriteLock holder = attach(true);
        holder.writeLock().lock();
        Actor reader = startWaiting("reader", attach(true).readLock(), holder);
        Actor writer = startWaiting("writer", attach(true).writeLock(), holder);
        Actor late = startWaiting("late reader", attach(true).readLock(), holder);
        Actor last = startWaiting("last writer", attach(true).writeLock(), holder);
        holder.writeLock().unlock();
        for (Actor actor : List.of(reader, writer, late, last)) {
            actor.join();
        }
        assertEquals(List.of("reader", "writer", "late reader", "last writer"), order);
    }

    @Test
    void fairLockLetsAdjacentReadersInTogether() {
        SharedReadWriteLock holder = attach(true);
        holder.writeLock().lock();
        SharedReadWriteLock one = attach(true);
        SharedReadWriteLock two = attach(true);
        Actor first = actors.start(one.readLock()::lock);
        Actor second = actors.start(two.readLock()::lock);
        Actors.until(() -> holder.stat().waiters().size() == 2);
        holder.writeLock().unlock();
        first.join();
        second.join();
        assertEquals("2 reading", holder.stat().state());
    }

    @Test
    void fairLockSkipsTheDead() {
        SharedReadWriteLock holder = attach(true);
        holder.writeLock().lock();
        DyingMemory dead = scene.process();
        Actor dying = startWaiting("dead", attach(dead, true).writeLock(), holder);
        Actor writer = startWaiting("writer", attach(true).writeLock(), holder);
        dead.kill();
        dying.joinDead();
        assertFalse(writer.isDone());
        holder.writeLock().unlock();
        writer.join();
        assertEquals(List.of("writer"), order);
    }

    @Test
    void fairReaderOvertakesNoWriterThatWaitsForItsOwnProcess() {
        SharedReadWriteLock shared = attach(true);
        SharedReadWriteLock writing = attach(true);
        shared.readLock().lock();
        Actor writer = actors.start(() -> {
            writing.writeLock().lock();
            order.add("writer");
            writing.writeLock().unlock();
        });
        Actors.until(() -> shared.stat().state().contains("a writer is next"));
        Actor reader = startWaiting("reader", shared.readLock(), shared);
        assertTrue(order.isEmpty());
        shared.readLock().unlock();
        writer.join();
        reader.join();
        assertEquals(List.of("writer", "reader"), order);
    }
}
