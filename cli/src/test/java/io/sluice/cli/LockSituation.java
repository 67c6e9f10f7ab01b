package io.sluice.cli;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A lock of each kind that somebody has, where there is something to have, and that somebody else waits for. */
@SuppressWarnings({"LockNotBeforeTry", "ImmutableEnumChecker"}) // held while it is looked at; what is done is no data
enum LockSituation {
    MUTEX(
            LockSpec.mutex("x"),
            mutex -> {
                mutex.lock();
                return mutex::unlock;
            },
            mutex -> () -> {
                mutex.lock();
                mutex.unlock();
            },
            new Seen(1, 1, 1, "1", true)),
    SIGNALLING_SEMAPHORE(
            LockSpec.signallingSemaphore("x", 0),
            semaphore -> () -> semaphore.release(2),
            semaphore -> () -> semaphore.acquire(2),
            new Seen(0, 0, 2, "2", true)),
    ACCOUNTABLE_SEMAPHORE(
            LockSpec.accountableSemaphore("x", 3),
            semaphore -> {
                semaphore.acquire(2);
                return () -> semaphore.release(2);
            },
            semaphore -> () -> semaphore.acquire(3),
            new Seen(1, 2, 3, "3", true)),
    READ_WRITE_LOCK(
            LockSpec.readWriteLock("x"),
            lock -> {
                lock.readLock().lock();
                return () -> lock.readLock().unlock();
            },
            lock -> () -> {
                lock.writeLock().lock();
                lock.writeLock().unlock();
            },
            new Seen(1, 1, 2, "to write", false)),
    LATCH(
            LockSpec.latch("x", 2),
            latch -> {
                latch.promise();
                latch.promise();
                return () -> {
                    latch.countDown();
                    latch.countDown();
                };
            },
            latch -> latch::await,
            new Seen(1, 2, 1, "1", true)),
    BARRIER(LockSpec.barrier("x", 2), LockSituation::arrival, LockSituation::arrival, new Seen(2, 1, 1, "1", false)),
    EVENT_COUNT(
            LockSpec.eventCount("x"),
            events -> events::advance,
            events -> () -> events.awaitBeyond(0),
            new Seen(0, 0, 1, "event 1", true));

    /** Something that may throw. */
    @FunctionalInterface
    interface Act {
        void run() throws Exception;
    }

    /** What somebody does with a lock at once, and what is left to be done. */
    @FunctionalInterface
    private interface Role<T extends Synchronizer> {
        Act begin(T lock) throws Exception;
    }

    /**
     * What is to be seen of it.
     *
     * @param holders how many there are
     * @param count what each of them has
     * @param knowsThread whether the waiting thread is to be seen
     */
    record Seen(int holders, int count, int wanted, String wantedAsText, boolean knowsThread) {}

    /** What makes the lock, has it and waits for it. */
    @FunctionalInterface
    private interface Beginning {
        Scene at(RegionAddress address) throws Exception;
    }

    private static final long WATCHDOG_MILLIS = 60_000;

    private final Beginning beginning;
    private final Seen seen;

    /**
     * A situation.
     *
     * @param holds makes others wait; what is left ends that
     * @param waits waits until then in what is left
     */
    <T extends Synchronizer> LockSituation(LockSpec<T> spec, Role<T> holds, Role<T> waits, Seen seen) {
        this.beginning = address -> {
            LockSpec<T> placed = spec.withAddress(address);
            T held = Locks.create(placed);
            T wanted = Locks.open(placed);
            return new Scene(held, wanted, holds.begin(held), waits.begin(wanted));
        };
        this.seen = seen;
    }

    private static Act arrival(SharedBarrier barrier) {
        BarrierParty party = barrier.join();
        return party::await;
    }

    String kind() {
        return name().toLowerCase(Locale.ROOT);
    }

    Seen seen() {
        return seen;
    }

    /** Makes the lock, has it and waits for it. */
    Scene begin(RegionAddress address) throws Exception {
        return beginning.at(address);
    }

    /** The lock in that situation. */
    static final class Scene implements AutoCloseable {

        private final Synchronizer held;
        private final Synchronizer wanted;
        private final Act release;
        private final Thread waiter;
        private volatile Exception failure;

        private Scene(Synchronizer held, Synchronizer wanted, Act release, Act wait) {
            this.held = held;
            this.wanted = wanted;
            this.release = release;
            this.waiter = new Thread(() -> {
                try {
                    wait.run();
                } catch (Exception e) {
                    failure = e;
                }
            });
            waiter.setDaemon(true);
            waiter.start();
        }

        /** Waits until others see that it waits. */
        void awaitWaiter() {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WATCHDOG_MILLIS);
            while (held.stat().waiters().size() != 1) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("nobody is seen to wait: " + held.stat());
                }
                Thread.onSpinWait();
            }
        }

        long waitingThread() {
            return waiter.getId();
        }

        /** Ends the wait. */
        void release() throws Exception {
            release.run();
            waiter.join(WATCHDOG_MILLIS);
            if (waiter.isAlive() || failure != null) {
                throw new AssertionError("the one who waited", failure);
            }
        }

        @Override
        public void close() {
            wanted.close();
            held.close();
        }
    }
}
