package io.sluice.locks.mutex;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildConsole;
import io.sluice.locks.scene.StormThread;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A process that locks and unlocks in two threads until it is killed. Arguments: directory, seed. */
final class MutexStormChild {

    private MutexStormChild() {}

    /** Runs until its standard input ends or something is wrong, which it says. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        SplittableRandom seeds = new SplittableRandom(Long.parseLong(arguments[1]));
        Region data = Regions.open(RegionAddress.of(directory, "data"), MutexLedger.KIND, RegionOptions.DEFAULT);
        SharedMutex mutex = Locks.open(LockSpec.mutex("mutex").withAddress(RegionAddress.of(directory, "mutex")));
        MutexLedger ledger = new MutexLedger(data.memory());
        ChildConsole console = new ChildConsole();
        for (int thread = 0; thread < 2; thread++) {
            SplittableRandom random = seeds.split();
            StormThread.start(console, () -> once(mutex, ledger, random));
        }
        console.say("ready");
        StormThread.endWithInput(console);
    }

    private static void once(SharedMutex mutex, MutexLedger ledger, SplittableRandom random)
            throws InterruptedException {
        if (!lock(mutex, ledger, random)) {
            return;
        }
        try {
            ledger.change(mutex.fencingToken(), () -> StormThread.dwell(random));
        } finally {
            mutex.unlock();
        }
        StormThread.dwell(random);
    }

    private static boolean lock(SharedMutex mutex, MutexLedger ledger, SplittableRandom random)
            throws InterruptedException {
        try {
            switch (random.nextInt(3)) {
                case 0 -> {
                    return mutex.tryLock();
                }
                case 1 -> {
                    return mutex.tryLock(random.nextLong(2_000_000), TimeUnit.NANOSECONDS);
                }
                default -> mutex.lock();
            }
        } catch (OwnerDiedException e) {
            StormThread.dwell(random);
            ledger.repair(e.deadOwner());
            mutex.markConsistent();
        }
        return true;
    }
}
