package io.sluice.locks.mutex;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.ChildConsole;
import java.nio.file.Path;

/** A process that does with a mutex as it is told: {@code lock}, {@code repair}, {@code unlock}. */
final class MutexChild {

    private MutexChild() {}

    /** Attaches to the mutex {@code mutex} in the directory that is the first argument. */
    @SuppressWarnings("LockNotBeforeTry") // the test says when
    public static void main(String[] arguments) {
        ChildConsole console = new ChildConsole();
        RegionAddress address = RegionAddress.of(Path.of(arguments[0]), "mutex");
        try (SharedMutex mutex = Locks.open(LockSpec.mutex("mutex").withAddress(address))) {
            console.say("ready");
            for (String line = console.hear(); line != null; line = console.hear()) {
                console.say("trying");
                try {
                    switch (line) {
                        case "lock" -> mutex.lock();
                        case "repair" -> mutex.markConsistent();
                        default -> mutex.unlock();
                    }
                    console.say("done");
                } catch (OwnerDiedException e) {
                    console.say("told");
                }
            }
        }
    }
}
