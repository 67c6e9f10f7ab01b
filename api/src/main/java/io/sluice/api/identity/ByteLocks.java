package io.sluice.api.identity;

import io.sluice.api.os.NativeLinux;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One opening of a participants file and the exclusive locks on its bytes: what the operating system has to provide for
 * a proof of death.
 *
 * <p>Any thread may call any method. The locks last until they are released, the opening is closed, or the operating
 * system has torn the process down.
 */
interface ByteLocks extends AutoCloseable {

    /** How to open a participants file. */
    interface Opener {

        /**
         * Opens an existing file for reading and writing.
         *
         * @throws java.nio.file.NoSuchFileException if there is none
         * @throws ParticipantsFormatException if it is not a regular file
         */
        ByteLocks open(Path path) throws IOException;
    }

    /** Returns the best way this system has. */
    static Opener ofThisSystem() {
        return NativeLinux.isSupported() ? DescriptionByteLocks::open : ChannelByteLocks::open;
    }

    /** Locks a range unless another opening, of this process or any other, holds a lock in it. */
    boolean tryLock(long offset, long length) throws IOException;

    /** Releases a range exactly as it was locked. */
    void unlock(long offset, long length) throws IOException;

    /**
     * Returns whether another opening holds a lock on the byte. It may say so wrongly for the moment in which another
     * process looks at the same byte or tries to lock a range around it, never the other way round.
     */
    boolean isLockedByAnother(long offset) throws IOException;

    /** Returns the content, or as much of it as fits a participants file. */
    byte[] content() throws IOException;

    /** Returns the length of the file. */
    long fileLength() throws IOException;

    /** Returns the path given to {@link Opener#open}. */
    Path path();

    /** Returns what tells this file from any other that had, has or gets the same path. */
    String openedFile();

    /** Returns the same for the file that the path names now, or "no file". */
    String namedFile() throws IOException;

    /** Returns whether the path still names this very file. */
    default boolean isStillNamed() throws IOException {
        return openedFile().equals(namedFile());
    }

    /** Returns the death watch that this kind of lock allows. */
    DeathWatch deathWatch();

    @Override
    void close();
}
