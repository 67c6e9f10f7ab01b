package io.sluice.examples;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * A writer is killed while it moves money: one account is debited, the other not yet credited. Nobody reads the wrong
 * sum: readers are refused, the next writer is told and repairs, then everybody goes on.
 */
public final class Example06KilledWriter {

    private static final RegionSpec ACCOUNTS = new RegionSpec("example.accounts", 4096, List.of());
    private static final long FIRST = RegionHeaderLayout.BODY;
    private static final long SECOND = RegionHeaderLayout.BODY + 8;
    private static final long MOVING = RegionHeaderLayout.BODY + 16;
    private static final String[] NAMES = {"example-06", "example-06.lock", "example-06.half-way"};

    private Example06KilledWriter() {}

    /** Without arguments reads and repairs, and starts the writer that it kills. */
    public static void main(String[] arguments) throws Exception {
        try (Region accounts = Regions.openOrCreate(RegionAddress.of(NAMES[0]), ACCOUNTS, RegionOptions.DEFAULT);
                SharedReadWriteLock lock = Locks.openOrCreate(LockSpec.readWriteLock(NAMES[1]));
                SharedLatch halfWay = Locks.openOrCreate(LockSpec.latch(NAMES[2], 1))) {
            if (arguments.length > 0) {
                moveAndStopHalfWay(accounts.memory(), lock, halfWay);
                return;
            }
            accounts.memory().setLong(FIRST, 100);
            try (OtherProcess writer = OtherProcess.start(Example06KilledWriter.class, "write")) {
                halfWay.await();
                System.out.println(
                        "half-way: readers get in: " + lock.readLock().tryLock());
                writer.kill();
                readOrSayWhyNot(accounts.memory(), lock.readLock());
                repair(accounts.memory(), lock);
                readOrSayWhyNot(accounts.memory(), lock.readLock());
            } finally {
                for (String name : NAMES) {
                    Regions.destroy(RegionAddress.of(name), RegionOptions.DEFAULT);
                }
            }
        }
    }

    /** Notes what it is going to do before it begins, so that it can be undone. */
    private static void moveAndStopHalfWay(RegionMemory accounts, SharedReadWriteLock lock, SharedLatch halfWay)
            throws Exception {
        lock.writeLock().lock();
        try {
            accounts.setLongRelease(MOVING, 30);
            accounts.setLongRelease(FIRST, accounts.getLong(FIRST) - 30);
            halfWay.countDown();
            Thread.sleep(Long.MAX_VALUE); // killed here
            accounts.setLongRelease(SECOND, accounts.getLong(SECOND) + 30);
            accounts.setLongRelease(MOVING, 0);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static void readOrSayWhyNot(RegionMemory accounts, Lock readLock) {
        try {
            readLock.lock();
        } catch (RepairNeededException e) {
            System.out.println("read: refused, a writer died while writing");
            return;
        }
        try {
            System.out.println("read: " + accounts.getLong(FIRST) + " + " + accounts.getLong(SECOND));
        } finally {
            readLock.unlock();
        }
    }

    private static void repair(RegionMemory accounts, SharedReadWriteLock lock) {
        try {
            lock.writeLock().lock();
        } catch (OwnerDiedException e) {
            // We have the lock, and know that we must look.
            accounts.setLong(FIRST, 100 - accounts.getLong(SECOND));
            accounts.setLong(MOVING, 0);
            lock.writeLock().markConsistent();
            System.out.println("write: told of the death, repaired");
        }
        lock.writeLock().unlock();
    }
}
