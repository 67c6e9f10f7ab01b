package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildConsole;
import java.nio.file.Path;

/** Sleeps or wakes in a region until it is killed. Arguments: {@code sleep} or {@code wake}, directory, name. */
final class WakeWordChild {

    private WakeWordChild() {}

    public static void main(String[] arguments) {
        RegionAddress address = RegionAddress.of(Path.of(arguments[1]), arguments[2]);
        ChildConsole console = new ChildConsole();
        Thread watch = new Thread(() -> {
            String line;
            do {
                line = console.hear();
            } while (line != null);
            Runtime.getRuntime().halt(3);
        });
        watch.setDaemon(true);
        watch.start();
        try (Region region = Regions.open(address, WakeWordProcessesTest.KIND, RegionOptions.DEFAULT)) {
            RegionMemory memory = region.memory();
            WakeWord word = new WakeWord(memory, WakeWordProcessesTest.WORD);
            console.say("ready");
            if (arguments[0].equals("sleep")) {
                sleepForever(memory, word);
            } else {
                wakeForever(memory, word);
            }
        }
    }

    private static void sleepForever(RegionMemory memory, WakeWord word) {
        long next = 1;
        while (true) {
            long target = next;
            if (WaitStrategy.block()
                    .await(
                            word,
                            () -> memory.getLongAcquire(WakeWordProcessesTest.VALUE) >= target,
                            WaitStrategy.SLICE_NANOS)) {
                next = memory.getLongAcquire(WakeWordProcessesTest.VALUE) + 1;
            }
        }
    }

    private static void wakeForever(RegionMemory memory, WakeWord word) {
        while (true) {
            memory.getAndAddLong(WakeWordProcessesTest.VALUE, 1);
            word.wake();
        }
    }
}
