package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildConsole;
import io.sluice.locks.scene.StormThread;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A process that uses permits in two threads until it is killed. Arguments: directory, seed. */
final class AccountableStormChild {

    private AccountableStormChild() {}

    /** Runs until its standard input ends or something is wrong, which it says. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        SplittableRandom seeds = new SplittableRandom(Long.parseLong(arguments[1]));
        Region data = Regions.open(RegionAddress.of(directory, "data"), PermitUses.KIND, RegionOptions.DEFAULT);
        AccountableSemaphore semaphore = Locks.open(
                LockSpec.accountableSemaphore("permits").withAddress(RegionAddress.of(directory, "permits")));
        PermitUses uses = new PermitUses(data.memory(), semaphore.maximumPermits());
        ChildConsole console = new ChildConsole();
        for (int thread = 0; thread < 2; thread++) {
            SplittableRandom random = seeds.split();
            StormThread.start(console, () -> once(semaphore, uses, random));
        }
        console.say("ready");
        StormThread.endWithInput(console);
    }

    private static void once(AccountableSemaphore semaphore, PermitUses uses, SplittableRandom random)
            throws InterruptedException {
        int count = 1 + random.nextInt(semaphore.maximumPermits() - 1);
        if (random.nextInt(3) == 0) {
            semaphore.acquire(count);
        } else if (!semaphore.tryAcquire(count, random.nextInt(2_000), TimeUnit.MICROSECONDS)) {
            return;
        }
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = uses.begin();
        }
        StormThread.dwell(random);
        for (int place : places) {
            uses.end(place);
        }
        semaphore.release(count);
        StormThread.dwell(random);
    }
}
