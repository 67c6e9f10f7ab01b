package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.Actors.Action;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WaitStrategy;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many more virtual threads than carriers, which hold what others wait for while they are parked: a waiter that kept its
 * carrier would keep it from them for ever.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VirtualThreadsTest {

    private static final int THREADS = 40;

    private final List<Synchronizer> open = new ArrayList<>();
    private final List<CompletableFuture<Throwable>> ends = new ArrayList<>();
    private TestDirectory directory;
    private Method startVirtualThread;
    private int counter;

    @BeforeEach
    void create() throws IOException {
        try {
            startVirtualThread = Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            assumeTrue(false, "this JDK has no virtual threads: needs 21 or later");
        }
        directory = TestDirectory.create();
    }

    @AfterEach
    void clear() throws IOException {
        open.forEach(Synchronizer::close);
        if (directory != null) {
            directory.close();
        }
    }

    private <T extends Synchronizer> T create(LockSpec<T> spec) {
        T lock = Locks.create(spec.withAddress(
                        RegionAddress.of(directory.path(), spec.address().name()))
                .withWaitStrategy(WaitStrategy.block()));
        open.add(lock);
        return lock;
    }

    private void start(Action action) throws ReflectiveOperationException {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        ends.add(end);
        Runnable body = () -> {
            try {
                action.run();
                end.complete(null);
            } catch (Exception | Error e) {
                end.complete(e);
            }
        };
        startVirtualThread.invoke(null, body);
    }

    private void startAll(Action action) throws ReflectiveOperationException {
        for (int thread = 0; thread < THREADS; thread++) {
            start(action);
        }
    }

    private void joinAll() throws Exception {
        for (CompletableFuture<Throwable> end : ends) {
            assertNull(end.get(30, TimeUnit.SECONDS));
        }
    }

    /** Under a lock: reads, gives its carrier up, writes. */
    private void count() throws InterruptedException {
        int seen = counter;
        Thread.sleep(1);
        counter = seen + 1;
    }

    @Test
    void takeTurnsAtTheMutex() throws Exception {
        SharedMutex mutex = create(LockSpec.mutex("mutex"));
        startAll(() -> {
            mutex.lockInterruptibly();
            try {
                count();
            } finally {
                mutex.unlock();
            }
        });
        joinAll();
        assertEquals(THREADS, counter);
    }

    @Test
    void takeTurnsAtTheSemaphores() throws Exception {
        SignallingSemaphore signalling = create(LockSpec.signallingSemaphore("signalling", 1));
        AccountableSemaphore accountable = create(LockSpec.accountableSemaphore("accountable", 1));
        startAll(() -> {
            signalling.acquire();
            try {
                count();
            } finally {
                signalling.release();
            }
        });
        joinAll();
        startAll(() -> {
            accountable.acquire();
            try {
                count();
            } finally {
                accountable.release();
            }
        });
        joinAll();
        assertEquals(2 * THREADS, counter);
    }

    @Test
    void readAndWrite() throws Exception {
        SharedReadWriteLock lock = create(LockSpec.readWriteLock("lock"));
        startAll(() -> {
            lock.writeLock().lockInterruptibly();
            try {
                count();
            } finally {
                lock.writeLock().unlock();
            }
            lock.readLock().lockInterruptibly();
            try {
                Thread.sleep(1);
            } finally {
                lock.readLock().unlock();
            }
        });
        joinAll();
        assertEquals(THREADS, counter);
    }

    @Test
    void waitForEachOther() throws Exception {
        SharedLatch latch = create(LockSpec.latch("latch", THREADS));
        SharedBarrier barrier = create(LockSpec.barrier("barrier", THREADS));
        EventCount events = create(LockSpec.eventCount("events"));
        startAll(() -> {
            latch.countDown();
            latch.await();
            try (BarrierParty party = barrier.join()) {
                party.await();
                events.advance();
                events.awaitBeyond(THREADS - 1);
            }
        });
        joinAll();
        assertEquals(THREADS, events.current());
    }
}
