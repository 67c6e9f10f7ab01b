package io.sluice.locks.readwrite;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.ChildConsole;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;

/** A process that locks and unlocks as it is told: {@code read}, {@code write}, {@code end read}, {@code end write}. */
final class ReadWriteChild {

    private ReadWriteChild() {}

    /** Attaches to the lock {@code lock} in the directory that is the first argument. */
    public static void main(String[] arguments) {
        ChildConsole console = new ChildConsole();
        RegionAddress address = RegionAddress.of(Path.of(arguments[0]), "lock");
        try (SharedReadWriteLock lock =
                Locks.open(LockSpec.readWriteLock("lock").withAddress(address))) {
            console.say("ready");
            for (String line = console.hear(); line != null; line = console.hear()) {
                boolean ends = line.startsWith("end ");
                Lock side = line.endsWith("read") ? lock.readLock() : lock.writeLock();
                console.say("trying");
                try {
                    if (ends) {
                        side.unlock();
                    } else {
                        side.lock();
                    }
                    console.say("done");
                } catch (OwnerDiedException e) {
                    lock.writeLock().markConsistent();
                    console.say("told");
                }
            }
        }
    }
}
