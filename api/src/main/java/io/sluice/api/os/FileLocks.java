package io.sluice.api.os;

import java.nio.ByteBuffer;

/**
 * Locks on byte ranges of a file that belong to one opening of it ({@link NativeFile}), not to the process: Linux "open
 * file description" locks, fcntl(2).
 *
 * <p>The kernel releases them when the file is closed or the process has been torn down, however it died, and at no
 * other time; in particular not when another opening of the same file is closed, which is what makes POSIX record
 * locks, and with them {@link java.nio.channels.FileLock}, treacherous. Two openings conflict even inside one process.
 * A range may lie beyond the end of the file. Any thread may call these methods.
 */
public final class FileLocks {

    /** As a length: to the end of all possible offsets. */
    public static final long TO_THE_END = 0;

    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int F_OFD_SETLKW = 38;

    private static final short F_RDLCK = 0;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;

    // struct flock on 64-bit systems: short l_type, short l_whence, padding, long l_start, long l_len, int l_pid
    private static final int TYPE = 0;
    private static final int WHENCE = 2;
    private static final int START = 8;
    private static final int LENGTH = 16;
    private static final int PID = 24;

    private FileLocks() {}

    /**
     * Takes an exclusive lock if no other opening of the file holds a lock on any byte of the range.
     *
     * @return whether the lock was taken
     * @throws NativeCallException if the kernel refuses for another reason
     * @throws IllegalArgumentException if the range is not valid
     * @throws IllegalStateException if the file is closed
     */
    public static boolean tryLock(NativeFile file, long offset, long length) {
        ThreadScratch scratch = describe(F_WRLCK, offset, length);
        int error = file.lockControl(F_OFD_SETLK, scratch.address());
        while (error == Errno.EINTR) {
            error = file.lockControl(F_OFD_SETLK, scratch.address());
        }
        if (error == 0) {
            return true;
        }
        if (error == Errno.EAGAIN || error == Errno.EACCES) {
            return false;
        }
        throw failed("fcntl(F_OFD_SETLK)", error, file, offset);
    }

    /**
     * Waits until no other opening holds an exclusive lock on any byte of the range and takes a shared lock on it.
     *
     * <p>Many may hold a shared lock at a time, so all that wait for the end of one exclusive lock go on together. The
     * wait cannot be cancelled: it ends when the holder releases the lock or dies, or when this process does. Meant for
     * a thread that has nothing else to do.
     *
     * @throws NativeCallException if the kernel refuses
     * @throws IllegalArgumentException if the range is not valid
     * @throws IllegalStateException if the file is closed before the wait begins
     */
    public static void awaitShared(NativeFile file, long offset, long length) {
        ThreadScratch scratch = describe(F_RDLCK, offset, length);
        int error = file.lockControl(F_OFD_SETLKW, scratch.address());
        while (error == Errno.EINTR) {
            error = file.lockControl(F_OFD_SETLKW, scratch.address());
        }
        if (error != 0) {
            throw failed("fcntl(F_OFD_SETLKW)", error, file, offset);
        }
    }

    /**
     * Releases what this opening holds of the range.
     *
     * @throws NativeCallException if the kernel refuses
     * @throws IllegalArgumentException if the range is not valid
     * @throws IllegalStateException if the file is closed
     */
    public static void unlock(NativeFile file, long offset, long length) {
        ThreadScratch scratch = describe(F_UNLCK, offset, length);
        int error = file.lockControl(F_OFD_SETLK, scratch.address());
        while (error == Errno.EINTR) {
            error = file.lockControl(F_OFD_SETLK, scratch.address());
        }
        if (error != 0) {
            throw failed("fcntl(F_OFD_SETLK, F_UNLCK)", error, file, offset);
        }
    }

    /**
     * Returns whether another opening of the file, in this process or any other, holds an exclusive lock on a byte of
     * the range. Takes no lock, not even for a moment, and does not allocate after a thread's first call.
     *
     * @throws NativeCallException if the kernel refuses
     * @throws IllegalArgumentException if the range is not valid
     * @throws IllegalStateException if the file is closed
     */
    public static boolean isLockedByAnother(NativeFile file, long offset, long length) {
        // Asks for a shared lock, so that only exclusive ones conflict: threads in awaitShared do not count.
        ThreadScratch scratch = describe(F_RDLCK, offset, length);
        int error = file.lockControl(F_OFD_GETLK, scratch.address());
        while (error == Errno.EINTR) {
            describe(F_RDLCK, offset, length);
            error = file.lockControl(F_OFD_GETLK, scratch.address());
        }
        if (error != 0) {
            throw failed("fcntl(F_OFD_GETLK)", error, file, offset);
        }
        return scratch.bytes().getShort(TYPE) != F_UNLCK;
    }

    private static ThreadScratch describe(short type, long offset, long length) {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("not a range of bytes: offset " + offset + ", length " + length);
        }
        ThreadScratch scratch = ThreadScratch.ofThisThread();
        ByteBuffer flock = scratch.bytes();
        // l_whence 0 is SEEK_SET; l_pid must be 0 for these commands
        flock.putShort(TYPE, type).putShort(WHENCE, (short) 0);
        flock.putLong(START, offset).putLong(LENGTH, length).putInt(PID, 0);
        return scratch;
    }

    private static NativeCallException failed(String call, int errno, NativeFile file, long offset) {
        return new NativeCallException(call, errno, file.path() + " at byte " + offset);
    }
}
