package io.sluice.locks.readwrite;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildConsole;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that reads and writes at random until it is killed. Arguments: directory, seed. */
final class StormChild {

    private final SharedReadWriteLock lock;
    private final StormLedger ledger;
    private final SplittableRandom random;

    private StormChild(SharedReadWriteLock lock, StormLedger ledger, long seed) {
        this.lock = lock;
        this.ledger = ledger;
        this.random = new SplittableRandom(seed);
        lock.writeLock().onOwnerDeath(death -> ledger.repair());
    }

    /** Runs until its standard input ends or something is wrong, which it says. */
    public static void main(String[] arguments) throws InterruptedException {
        ChildConsole console = new ChildConsole();
        Thread.currentThread().setName("storm");
        Thread watcher = new Thread(() -> {
            while (console.hear() != null) {
                // The test says nothing; it ends the input when this process should go.
            }
            Runtime.getRuntime().halt(0);
        });
        watcher.setDaemon(true);
        watcher.start();
        Path directory = Path.of(arguments[0]);
        Region data = Regions.open(RegionAddress.of(directory, "data"), StormLedger.KIND, RegionOptions.DEFAULT);
        SharedReadWriteLock lock =
                Locks.open(LockSpec.readWriteLock("lock").withAddress(RegionAddress.of(directory, "lock")));
        StormChild child = new StormChild(lock, new StormLedger(data.memory()), Long.parseLong(arguments[1]));
        console.say("ready");
        try {
            while (true) {
                child.once();
                child.dwell();
            }
        } catch (RuntimeException | AssertionError e) {
            console.say("wrong: " + e);
        }
    }

    /** Long enough in the middle of things for kills to find it there, in half of the cases. */
    private void dwell() {
        if (random.nextBoolean()) {
            LockSupport.parkNanos(random.nextInt(500_000));
        }
    }

    private void once() throws InterruptedException {
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                lock.writeLock().lock();
                try {
                    ledger.write(this::dwell);
                } finally {
                    lock.writeLock().unlock();
                }
            }
            case 2 -> {
                if (lock.writeLock().tryLock(random.nextLong(2_000_000), TimeUnit.NANOSECONDS)) {
                    try {
                        ledger.write(this::dwell);
                    } finally {
                        lock.writeLock().unlock();
                    }
                }
            }
            case 3 -> {
                lock.writeLock().lock();
                try {
                    ledger.write(this::dwell);
                    lock.readLock().lock();
                } finally {
                    lock.writeLock().unlock();
                }
                try {
                    ledger.read();
                } finally {
                    lock.readLock().unlock();
                }
            }
            default -> {
                try {
                    lock.readLock().lock();
                } catch (RepairNeededException e) {
                    // A writer of this or another process repairs it on its next turn.
                    ledger.countRefused();
                    return;
                }
                try {
                    ledger.read();
                } finally {
                    lock.readLock().unlock();
                }
            }
        }
    }
}
