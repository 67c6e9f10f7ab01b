package io.sluice.locks.semaphore;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildConsole;
import io.sluice.locks.scene.StormThread;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A process of which one thread signals and one waits until it is killed. Arguments: directory, seed. */
final class SignallingStormChild {

    private SignallingStormChild() {}

    /** Runs until its standard input ends or something is wrong, which it says. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        SplittableRandom seeds = new SplittableRandom(Long.parseLong(arguments[1]));
        Region data = Regions.open(RegionAddress.of(directory, "data"), PermitUses.KIND, RegionOptions.DEFAULT);
        SignallingSemaphore semaphore =
                Locks.open(LockSpec.signallingSemaphore("permits").withAddress(RegionAddress.of(directory, "permits")));
        PermitUses uses = new PermitUses(data.memory(), 1);
        ChildConsole console = new ChildConsole();
        SplittableRandom signals = seeds.split();
        StormThread.start(console, () -> {
            uses.starts();
            semaphore.release();
            StormThread.dwell(signals);
        });
        SplittableRandom waits = seeds.split();
        StormThread.start(console, () -> {
            if (semaphore.tryAcquire(waits.nextInt(2_000), TimeUnit.MICROSECONDS)) {
                uses.finished();
            }
        });
        console.say("ready");
        StormThread.endWithInput(console);
    }
}
