package io.sluice.benchmarks.recovery;

import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.waiting.WaitStrategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.locks.LockSupport;

/**
 * One process holds something and is killed; another one waits for it.
 *
 * @param <T> what kind of lock it is, or a ring
 * @param name what the command line calls it
 * @param description what happens, in a few words
 * @param maker of the lock
 * @param hold what the victim does; returns when it has what the other one waits for
 * @param await what the heir does; returns when it runs again because of the death
 */
record Situation<T>(String name, String description, Maker<T> maker, Action<T> hold, Action<T> await) {

    private static final String LOCK = "lock";
    private static final long POLL_NANOS = 100_000;

    /** What one of the two does with the lock. */
    @FunctionalInterface
    interface Action<T> {
        void run(T lock) throws InterruptedException;
    }

    /** Where what is held comes from; it is gone when the process that created it has ended. */
    interface Maker<T> {

        /** A new one for a round. */
        T create(Path directory, int round, WaitStrategy strategy);

        /** The same one, in another process. */
        T open(Path directory, int round);
    }

    /** All of them. */
    static List<Situation<?>> all() {
        List<Situation<?>> all = new ArrayList<>(locks());
        all.addAll(RingSituations.all());
        return List.copyOf(all);
    }

    private static List<Situation<?>> locks() {
        return List.of(
                new Situation<>(
                        "mutex",
                        "owner dies, next owner is told",
                        new LockMaker<>(LockSpec.mutex(LOCK)),
                        mutex -> mutex.lock(),
                        mutex -> expect(OwnerDiedException.class, mutex::lock)),
                new Situation<>(
                        "accountable",
                        "holder dies, its permits come back",
                        new LockMaker<>(LockSpec.accountableSemaphore(LOCK, 2)),
                        semaphore -> semaphore.acquire(2),
                        semaphore -> semaphore.acquire()),
                new Situation<>(
                        "accountable-fair",
                        "the same in a fair one",
                        new LockMaker<>(LockSpec.accountableSemaphore(LOCK, 2).withFairness(Fairness.FAIR)),
                        semaphore -> semaphore.acquire(2),
                        semaphore -> semaphore.acquire()),
                new Situation<>(
                        "fair-queue",
                        "first in a fair semaphore's queue dies, second gets a permit",
                        new LockMaker<>(LockSpec.signallingSemaphore(LOCK, 1).withFairness(Fairness.FAIR)),
                        Situation::queueUp,
                        semaphore -> semaphore.acquire()),
                new Situation<>(
                        "writer-writer",
                        "writer dies, next writer is told",
                        new LockMaker<>(LockSpec.readWriteLock(LOCK)),
                        lock -> lock.writeLock().lock(),
                        lock -> expect(OwnerDiedException.class, lock.writeLock()::lock)),
                new Situation<>(
                        "writer-reader",
                        "writer dies, waiting reader is refused",
                        new LockMaker<>(LockSpec.readWriteLock(LOCK)),
                        lock -> lock.writeLock().lock(),
                        lock -> expect(RepairNeededException.class, lock.readLock()::lock)),
                new Situation<>(
                        "reader-writer",
                        "reader dies, waiting writer gets the lock",
                        new LockMaker<>(LockSpec.readWriteLock(LOCK)),
                        lock -> lock.readLock().lock(),
                        lock -> lock.writeLock().lock()),
                new Situation<>(
                        "latch",
                        "one that promised to count dies, the latch breaks",
                        new LockMaker<>(LockSpec.latch(LOCK, 1)),
                        latch -> latch.promise(),
                        latch -> expect(BrokenLatchException.class, latch::await)),
                new Situation<>(
                        "barrier",
                        "a party dies, the barrier breaks",
                        new LockMaker<>(LockSpec.barrier(LOCK, 2)),
                        barrier -> barrier.join(),
                        barrier -> expect(BrokenBarrierException.class, barrier.join()::await)));
    }

    /** The one called {@code name}. */
    static Situation<?> named(String name) {
        return all().stream()
                .filter(situation -> situation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no situation \"" + name + "\""));
    }

    /** Waits in a thread of its own for more permits than there are. */
    private static void queueUp(SharedSemaphore semaphore) {
        Thread first = new Thread(() -> semaphore.acquireUninterruptibly(2), "first");
        first.setDaemon(true);
        first.start();
        while (semaphore.stat().waiters().isEmpty()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Something that ends with an exception when somebody has died. */
    @FunctionalInterface
    private interface Waiting {
        void run() throws Exception;
    }

    private static void expect(Class<? extends Exception> expected, Waiting waiting) throws InterruptedException {
        try {
            waiting.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (!expected.isInstance(e)) {
                throw new IllegalStateException("not what a death does: " + e, e);
            }
            return;
        }
        throw new IllegalStateException("nobody was told of a death");
    }

    private record LockMaker<T extends Synchronizer>(LockSpec<T> spec) implements Maker<T> {

        private LockSpec<T> in(Path directory, int round) {
            return spec.withAddress(RegionAddress.of(directory, LOCK + "-" + round))
                    .withOptions(RegionOptions.DEFAULT.withDestroyOnLastDetach(true));
        }

        @Override
        public T create(Path directory, int round, WaitStrategy strategy) {
            return Locks.create(in(directory, round).withWaitStrategy(strategy));
        }

        @Override
        public T open(Path directory, int round) {
            return Locks.open(in(directory, round));
        }
    }

    /** The victim's part; returns what it holds. */
    T holdIn(Path directory, int round) throws InterruptedException {
        T lock = maker.open(directory, round);
        hold.run(lock);
        return lock;
    }
}
