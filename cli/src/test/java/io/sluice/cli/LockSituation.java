package io.sluice.cli;

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
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A lock of each kind that somebody has, where there is something to have, and that somebody else waits for. */
@SuppressWarnings("LockNotBeforeTry") // held while it is looked at
enum LockSituation {
    MUTEX(1, 1, 1, "1", true) {
        @Override
        LockSpec<?> spec() {
            return LockSpec.mutex("x");
        }

        @Override
        Act holds(Synchronizer lock) {
            SharedMutex mutex = (SharedMutex) lock;
            mutex.lock();
            return mutex::unlock;
        }

        @Override
        Act waits(Synchronizer lock) {
            SharedMutex mutex = (SharedMutex) lock;
            return () -> {
                mutex.lock();
                mutex.unlock();
            };
        }
    },
    SIGNALLING_SEMAPHORE(0, 0, 2, "2", true) {
        @Override
        LockSpec<?> spec() {
            return LockSpec.signallingSemaphore("x", 0);
        }

        @Override
        Act holds(Synchronizer lock) {
            SignallingSemaphore semaphore = (SignallingSemaphore) lock;
            return () -> semaphore.release(2);
        }

        @Override
        Act waits(Synchronizer lock) {
            SignallingSemaphore semaphore = (SignallingSemaphore) lock;
            return () -> semaphore.acquire(2);
        }
    },
    ACCOUNTABLE_SEMAPHORE(1, 2, 3, "3", true) {
        @Override
        LockSpec<?> spec() {
            return LockSpec.accountableSemaphore("x", 3);
        }

        @Override
        Act holds(Synchronizer lock) throws InterruptedException {
            AccountableSemaphore semaphore = (AccountableSemaphore) lock;
            semaphore.acquire(2);
            return () -> semaphore.release(2);
        }

        @Override
        Act waits(Synchronizer lock) {
            AccountableSemaphore semaphore = (AccountableSemaphore) lock;
            return () -> semaphore.acquire(3);
        }
    },
    READ_WRITE_LOCK(1, 1, 2, "to write", false) {
        @Override
        LockSpec<?> spec() {
            return LockSpec.readWriteLock("x");
        }

        @Override
        Act holds(Synchronizer lock) {
            SharedReadWriteLock readWrite = (SharedReadWriteLock) lock;
            readWrite.readLock().lock();
            return () -> readWrite.readLock().unlock();
        }

        @Override
        Act waits(Synchronizer lock) {
            SharedReadWriteLock readWrite = (SharedReadWriteLock) lock;
            return () -> {
                readWrite.writeLock().lock();
                readWrite.writeLock().unlock();
            };
        }
    },
    LATCH(1, 2, 1, "1", true) {
        @Override
        LockSpec<?> spec() {
            return LockSpec.latch("x", 2);
        }

        @Override
        Act holds(Synchronizer lock) {
            SharedLatch latch = (SharedLatch) lock;
            latch.promise();
            latch.promise();
            return () -> {
                latch.countDown();
                latch.countDown();
            };
        }

        @Override
        Act waits(Synchronizer lock) {
            return ((SharedLatch) lock)::await;
        }
    },
    BARRIER(2, 1, 1, "1", false) {
        @Override
        LockSpec<?> spec() {
            return LockSpec.barrier("x", 2);
        }

        @Override
        Act holds(Synchronizer lock) {
            BarrierParty party = ((SharedBarrier) lock).join();
            return party::await;
        }

        @Override
        Act waits(Synchronizer lock) {
            BarrierParty party = ((SharedBarrier) lock).join();
            return party::await;
        }
    },
    EVENT_COUNT(0, 0, 1, "event 1", true) {
        @Override
        LockSpec<?> spec() {
            return LockSpec.eventCount("x");
        }

        @Override
        Act holds(Synchronizer lock) {
            return ((EventCount) lock)::advance;
        }

        @Override
        Act waits(Synchronizer lock) {
            EventCount events = (EventCount) lock;
            return () -> events.awaitBeyond(0);
        }
    };

    /** Something that may throw. */
    @FunctionalInterface
    interface Act {
        void run() throws Exception;
    }

    private static final long WATCHDOG_MILLIS = 60_000;

    private final int holders;
    private final int count;
    private final int wanted;
    private final String wantedAsText;
    private final boolean knowsThread;

    LockSituation(int holders, int count, int wanted, String wantedAsText, boolean knowsThread) {
        this.holders = holders;
        this.count = count;
        this.wanted = wanted;
        this.wantedAsText = wantedAsText;
        this.knowsThread = knowsThread;
    }

    abstract LockSpec<?> spec();

    /** Makes others wait; returns what ends that. */
    abstract Act holds(Synchronizer lock) throws Exception;

    /** What waits until then. */
    abstract Act waits(Synchronizer lock);

    String kind() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many holders are to be seen. */
    int holders() {
        return holders;
    }

    /** What each of them has. */
    int count() {
        return count;
    }

    int wanted() {
        return wanted;
    }

    String wantedAsText() {
        return wantedAsText;
    }

    /** Whether the waiting thread is to be seen. */
    boolean knowsThread() {
        return knowsThread;
    }

    /** Makes the lock, has it and waits for it. */
    Scene begin(RegionAddress address) throws Exception {
        return new Scene(address);
    }

    /** The lock in that situation. */
    final class Scene implements AutoCloseable {

        private final Synchronizer held;
        private final Synchronizer wantedOne;
        private final Act release;
        private final Thread waiter;
        private volatile Exception failure;

        private Scene(RegionAddress address) throws Exception {
            LockSpec<?> placed = spec().withAddress(address);
            held = Locks.create(placed);
            wantedOne = Locks.open(placed);
            release = holds(held);
            Act wait = waits(wantedOne);
            waiter = new Thread(() -> {
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
            wantedOne.close();
            held.close();
        }
    }
}
