package io.sluice.locks.readwrite;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.region.RegionAddress;
import io.sluice.locks.scene.Errands;
import java.nio.file.Path;

/**
 * A process that does with read-write locks as it is told: {@code read}, {@code write}, {@code end read}, {@code end
 * write}, {@code repair}. Arguments: a directory and the names of the locks in it.
 */
final class ReadWriteChild {

    private ReadWriteChild() {}

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) {
        Errands errands = new Errands();
        for (int index = 1; index < arguments.length; index++) {
            String name = arguments[index];
            SharedReadWriteLock lock =
                    Locks.open(LockSpec.readWriteLock(name).withAddress(RegionAddress.of(Path.of(arguments[0]), name)));
            errands.with(name, words -> run(lock, String.join(" ", words)));
        }
        errands.run();
    }

    @SuppressWarnings("LockNotBeforeTry") // the test says when
    private static void run(SharedReadWriteLock lock, String command) {
        switch (command) {
            case "read" -> lock.readLock().lock();
            case "write" -> lock.writeLock().lock();
            case "end read" -> lock.readLock().unlock();
            case "end write" -> lock.writeLock().unlock();
            case "repair" -> lock.writeLock().markConsistent();
            default -> throw new IllegalArgumentException(command);
        }
    }
}
