package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Locks in real regions, which are unmapped while somebody sleeps there: that one is told, and others do not notice. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
class ClosedWhileWaitingTest {

    private final Actors actors = new Actors();

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    @AfterEach
    void endActors() {
        actors.close();
    }

    /** What somebody does with a lock. */
    @FunctionalInterface
    private interface Use<T extends Synchronizer> {
        void on(T lock) throws Exception;
    }

    /**
     * A lock that somebody waits for.
     *
     * @param hold makes others wait
     * @param await waits
     * @param goOn what {@code hold} did is undone, and that nobody else has the lock is used
     */
    private record Situation<T extends Synchronizer>(
            String name, LockSpec<T> spec, Use<T> hold, Use<T> await, Use<T> goOn) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Situation<?>> situations() {
        return List.of(
                new Situation<>("mutex", LockSpec.mutex("x"), mutex -> mutex.lock(), mutex -> mutex.lock(), mutex -> {
                    mutex.unlock();
                    mutex.lock();
                    mutex.unlock();
                }),
                semaphore("signals", LockSpec.signallingSemaphore("x", 1), Fairness.BARGING),
                semaphore("fair signals", LockSpec.signallingSemaphore("x", 1), Fairness.FAIR),
                semaphore("permits", LockSpec.accountableSemaphore("x", 1), Fairness.BARGING),
                semaphore("fair permits", LockSpec.accountableSemaphore("x", 1), Fairness.FAIR),
                writing("writer", Fairness.BARGING),
                writing("fair writer", Fairness.FAIR),
                reading("reader", Fairness.BARGING),
                reading("fair reader", Fairness.FAIR),
                new Situation<>("latch", LockSpec.latch("x", 1), latch -> {}, latch -> latch.await(), latch -> {
                    latch.countDown();
                    latch.await();
                }),
                new Situation<>(
                        "barrier",
                        LockSpec.barrier("x", 2),
                        barrier -> {},
                        barrier -> barrier.join().await(),
                        barrier -> {
                            assertTrue(barrier.isBroken());
                            barrier.reset();
                            assertFalse(barrier.isBroken());
                        }),
                new Situation<>(
                        "events", LockSpec.eventCount("x"), events -> {}, events -> events.awaitBeyond(0), events -> {
                            events.advance();
                            events.awaitBeyond(0);
                        }));
    }

    private static <T extends SharedSemaphore> Situation<T> semaphore(
            String name, LockSpec<T> spec, Fairness fairness) {
        return new Situation<>(
                name,
                spec.withFairness(fairness),
                semaphore -> semaphore.acquire(),
                semaphore -> semaphore.acquire(),
                semaphore -> {
                    semaphore.release();
                    semaphore.acquire();
                    semaphore.release();
                });
    }

    private static Situation<SharedReadWriteLock> writing(String name, Fairness fairness) {
        return new Situation<>(
                name,
                LockSpec.readWriteLock("x").withFairness(fairness),
                lock -> lock.readLock().lock(),
                lock -> lock.writeLock().lock(),
                lock -> {
                    lock.readLock().unlock();
                    lock.writeLock().lock();
                    lock.writeLock().unlock();
                });
    }

    private static Situation<SharedReadWriteLock> reading(String name, Fairness fairness) {
        return new Situation<>(
                name,
                LockSpec.readWriteLock("x").withFairness(fairness),
                lock -> lock.writeLock().lock(),
                lock -> lock.readLock().lock(),
                lock -> {
                    lock.writeLock().unlock();
                    lock.readLock().lock();
                    lock.readLock().unlock();
                });
    }

    @ParameterizedTest
    @MethodSource("situations")
    <T extends Synchronizer> void endsTheWaitAndLetsOthersGoOn(Situation<T> situation) throws Exception {
        LockSpec<T> spec =
                directory.here(situation.spec()).withOptions(Scene.options()).withWaitStrategy(WaitStrategy.block());
        T held = Locks.create(spec);
        T wanted = Locks.open(spec);
        situation.hold().on(held);
        Actor waiter = actors.start(() -> situation.await().on(wanted));
        Actors.until(() -> held.stat().waiters().size() == 1);
        wanted.close();
        assertInstanceOf(DetachedException.class, waiter.outcome());
        assertThrows(DetachedException.class, () -> situation.await().on(wanted));
        situation.goOn().on(held);
        held.close();
    }
}
