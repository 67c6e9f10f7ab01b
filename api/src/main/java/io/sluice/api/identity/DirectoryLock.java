package io.sluice.api.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Exclusion of everybody else who changes the names of a region directory: look at a name and remove it in one step, so
 * that the removal cannot hit a region that has just been created under that name.
 *
 * <p>It excludes threads as well as processes, is not reentrant, and is meant to be held for microseconds. When its
 * holder dies, the kernel releases it.
 */
public final class DirectoryLock implements AutoCloseable {

    private final ByteLocks file;

    private DirectoryLock(ByteLocks file) {
        this.file = file;
    }

    /**
     * Waits for the lock. The wait is not interruptible; the interrupt flag is kept.
     *
     * @param directory an existing directory
     * @param timeout the longest wait; zero tries once
     * @throws IOException if the time passes, the message says so, or if the participants file cannot be used
     * @throws io.sluice.api.os.NativeCallException if the kernel refuses
     */
    public static DirectoryLock acquire(Path directory, Duration timeout) throws IOException {
        return acquire(directory, timeout, ByteLocks.ofThisSystem());
    }

    static DirectoryLock acquire(Path directory, Duration timeout, ByteLocks.Opener opener) throws IOException {
        Pause pause = new Pause(timeout);
        try {
            while (true) {
                DirectoryLock lock = tryAcquire(directory, opener);
                if (lock != null) {
                    return lock;
                }
                if (!pause.next()) {
                    throw new IOException("directory " + directory
                            + " is still locked by another process or thread after " + timeout.toMillis() + " ms");
                }
            }
        } finally {
            pause.end();
        }
    }

    private static DirectoryLock tryAcquire(Path directory, ByteLocks.Opener opener) throws IOException {
        ByteLocks file = Participants.openOrCreate(directory, opener);
        boolean acquired = false;
        try {
            Participants.idOf(file);
            // The look at the path comes after the lock: from then on nobody can retire the file that we hold.
            acquired = file.tryLock(ParticipantsLayout.DIRECTORY_LOCK, 1) && file.isStillNamed();
            return acquired ? new DirectoryLock(file) : null;
        } finally {
            if (!acquired) {
                file.close();
            }
        }
    }

    /** Releases the lock; releasing again does nothing. Any thread. */
    @Override
    public void close() {
        file.close();
    }
}
