package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.ChildConsole;
import java.nio.file.Path;

/**
 * A process that does with an accountable semaphore as it is told: {@code acquire n}, {@code release n}, {@code transfer
 * n} to the holder whose id is its second argument, {@code held}, {@code id}.
 */
final class SemaphoreChild {

    private SemaphoreChild() {}

    /** Attaches to the semaphore {@code permits} in the directory that is the first argument. */
    public static void main(String[] arguments) throws InterruptedException {
        ChildConsole console = new ChildConsole();
        RegionAddress address = RegionAddress.of(Path.of(arguments[0]), "permits");
        try (AccountableSemaphore semaphore =
                Locks.open(LockSpec.accountableSemaphore("permits").withAddress(address))) {
            console.say("ready");
            for (String line = console.hear(); line != null; line = console.hear()) {
                console.say("trying");
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "acquire" -> semaphore.acquire(Integer.parseInt(words[1]));
                    case "release" -> semaphore.release(Integer.parseInt(words[1]));
                    default -> semaphore.transfer(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                }
                console.say("done");
            }
        }
    }
}
