package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.Patience;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.HookedMemory;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who goes first: writers, or whoever came first; whatever memory the lock is in. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
abstract class ReadWriteLockOrderContract {

    private static final int ATTACHMENTS = 8;

    private final Scene scene;
    private final Actors actors = new Actors();
    private final List<String> order = new CopyOnWriteArrayList<>();

    ReadWriteLockOrderContract(Scene.Place place) {
        scene = new Scene(place, ReadWriteLayout.bodyBytes(ATTACHMENTS));
    }

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
        // It is listed before it announces itself.
        RegionMemory observer = scene.process();
        Actors.until(() -> observer.getLongAcquire(ReadWriteLayout.INTENT) != 0);
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
    void fairLockWaitsForTheDeadNoMoreThanOnce() {
        SharedReadWriteLock holder = attach(true);
        holder.writeLock().lock();
        DyingMemory dead = scene.process();
        Actor dying = startWaiting("dead", attach(dead, true).readLock(), holder);
        dead.kill();
        dying.joinDead();
        holder.writeLock().unlock();
        AtomicInteger waits = new AtomicInteger();
        WaitStrategy counting = (word, condition, nanos) -> {
            waits.incrementAndGet();
            return condition.getAsBoolean();
        };
        SharedReadWriteLock survivor = new RegionReadWriteLock(scene.process(), ATTACHMENTS, true, counting, () -> {});
        survivor.writeLock().lock();
        survivor.writeLock().unlock();
        waits.set(0);
        survivor.writeLock().lock();
        survivor.writeLock().unlock();
        assertEquals(0, waits.get());
    }

    /** One looks at the queue while another one, which came first, has yet to be given its number, the higher one. */
    @Test
    void fairLockWakesWhoWaitedForANumberToBeTaken() {
        CountDownLatch slowIsChoosing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HookedMemory memory = new HookedMemory(scene.process()) {
            @Override
            protected void before(long offset) {
                if (offset == ReadWriteLayout.ARRIVALS) {
                    slowIsChoosing.countDown();
                    Actors.await(goOn);
                }
            }
        };
        SharedReadWriteLock slow = new RegionReadWriteLock(memory, ATTACHMENTS, true, WaitStrategy.block(), () -> {});
        DyingMemory process = scene.process();
        SharedReadWriteLock quick =
                new RegionReadWriteLock(process, ATTACHMENTS, true, Patience.untilWoken(), () -> {});
        Actor second = actors.start(slow.writeLock()::lock);
        Actors.await(slowIsChoosing);
        Actor first = actors.start(() -> {
            quick.writeLock().lock();
            quick.writeLock().unlock();
        });
        Actors.until(() -> (process.getInt(ReadWriteLayout.GATE) & 1) != 0);
        goOn.countDown();
        first.join();
        second.join();
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
        // For a moment it is listed twice, as next and in its slot.
        Actors.until(() -> shared.stat().waiters().size() == 1);
        Actor reader = startWaiting("reader", shared.readLock(), shared);
        assertTrue(order.isEmpty());
        shared.readLock().unlock();
        writer.join();
        reader.join();
        assertEquals(List.of("writer", "reader"), order);
    }
}
