package io.sluice.api.os;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor that is never inherited by a child process and never closed under a running call.
 *
 * <p>Any thread may call any method. {@link #close()} returns at once; a call that is under way in another thread
 * finishes first and the descriptor is closed behind it. Without that, the number could already belong to another file
 * when the call reaches the kernel, and a lock query on the wrong file says "nobody is there".
 */
public final class NativeFile implements AutoCloseable {

    /** Open for reading. */
    public static final int READ_ONLY = 0;
    /** Open for reading and writing. */
    public static final int READ_WRITE = 2;
    /** Create the file if it does not exist. */
    public static final int CREATE = 0x40;
    /** With {@link #CREATE}: fail with {@link Errno#EEXIST} if the name exists, even as a link. */
    public static final int EXCLUSIVE = 0x80;
    /** Fail with {@link Errno#ELOOP} if the last part of the path is a symbolic link. */
    public static final int NO_FOLLOW = NativeLinux.perProcessor(0x20000, 0x8000);
    /** Do not wait for a peer when the name turns out to be a pipe or a device. */
    public static final int NON_BLOCKING = 0x800;

    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int CLOSED = 1 << 31;

    private final Path path;
    private final int fd;

    /**
     * Number of calls under way; the highest bit is set by {@link #close()}. Whoever makes it exactly CLOSED closes.
     */
    private final AtomicInteger users = new AtomicInteger();

    private NativeFile(Path path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /**
     * Opens a file; close-on-exec is always set.
     *
     * @param path the file
     * @param flags {@link #READ_ONLY} or {@link #READ_WRITE}, with any of the other constants
     * @param mode permission bits of a file that is created, less the umask; see {@link #changeMode}
     * @throws NativeCallException if the kernel refuses
     * @throws UnsupportedOperationException where {@link NativeLinux#isSupported()} is false
     */
    public static NativeFile open(Path path, int flags, int mode) {
        NativeLinux.require();
        byte[] name = NativePath.of(path);
        while (true) {
            int fd = LibC.open(name, flags | CLOSE_ON_EXEC, mode);
            if (fd >= 0) {
                return new NativeFile(path, fd);
            }
            int errno = LibC.errno();
            if (errno != Errno.EINTR) {
                throw new NativeCallException("open", errno, path.toString());
            }
        }
    }

    /** Returns the path as given to {@link #open}; it may name another file by now. */
    public Path path() {
        return path;
    }

    /**
     * Returns the descriptor for {@link Mmap#map}. The caller sees to it that the file is not closed meanwhile.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public int fd() {
        if (users.get() < 0) {
            throw closed();
        }
        return fd;
    }

    /**
     * Returns the status of the open file itself, which may no longer have a name.
     *
     * @throws NativeCallException if the kernel refuses
     * @throws IllegalStateException after {@link #close()}
     */
    public FileStatus status() {
        enter();
        try {
            return FileStatus.of(fd, path);
        } finally {
            leave();
        }
    }

    /**
     * Makes the file at least {@code length} bytes long with real zeroed storage behind every byte, so that no later
     * store through a mapping can fail for lack of space.
     *
     * @throws NativeCallException with {@link Errno#ENOSPC} or {@link Errno#EFBIG} if the storage is not there
     * @throws IllegalArgumentException if the length is not positive
     * @throws IllegalStateException after {@link #close()}
     */
    public void allocate(long length) {
        if (length <= 0) {
            throw new IllegalArgumentException("length must be positive: " + length);
        }
        enter();
        try {
            // posix_fallocate returns the error instead of setting errno, and writes zeros itself on file systems that
            // cannot preallocate.
            int error = LibC.posix_fallocate(fd, 0, length);
            while (error == Errno.EINTR) {
                error = LibC.posix_fallocate(fd, 0, length);
            }
            if (error != 0) {
                throw new NativeCallException("posix_fallocate", error, path + ", " + length + " bytes");
            }
        } finally {
            leave();
        }
    }

    /**
     * Sets the permission bits, whatever the umask.
     *
     * @throws NativeCallException if the kernel refuses
     * @throws IllegalStateException after {@link #close()}
     */
    public void changeMode(int mode) {
        enter();
        try {
            if (LibC.fchmod(fd, mode) != 0) {
                throw failed("fchmod");
            }
        } finally {
            leave();
        }
    }

    /**
     * Reads from a position until the array is full or the file ends.
     *
     * @return the number of bytes read, less than the array's length only at the end of the file
     * @throws NativeCallException if the kernel refuses
     * @throws IllegalStateException after {@link #close()}
     */
    public int readAt(long position, byte[] target) {
        enter();
        try {
            int read = 0;
            while (read < target.length) {
                byte[] part = new byte[target.length - read];
                long count = LibC.pread(fd, part, part.length, position + read);
                if (count == 0) {
                    break;
                }
                if (count > 0) {
                    System.arraycopy(part, 0, target, read, (int) count);
                    read += (int) count;
                } else if (LibC.errno() != Errno.EINTR) {
                    throw failed("pread");
                }
            }
            return read;
        } finally {
            leave();
        }
    }

    /**
     * Locks, unlocks or queries a range; {@link FileLocks} gives the meaning.
     *
     * @return 0, or the error number
     */
    int lockControl(int command, long flock) {
        enter();
        try {
            return LibC.fcntl(fd, command, flock) == -1 ? LibC.errno() : 0;
        } finally {
            leave();
        }
    }

    /**
     * Closes the descriptor, at once or behind the calls under way; closing again does nothing.
     *
     * <p>Locks that {@link FileLocks} took through this object end with it. Mappings stay.
     */
    @Override
    public void close() {
        while (true) {
            int before = users.get();
            if (before < 0) {
                return;
            }
            if (users.compareAndSet(before, before | CLOSED)) {
                if (before == 0) {
                    closeDescriptor();
                }
                return;
            }
        }
    }

    @Override
    public String toString() {
        return "NativeFile[" + path + ", descriptor " + fd + "]";
    }

    private void enter() {
        // The full order of the atomic operations on users suffices: either close() sees this call and leaves the
        // closing to it, or this call sees CLOSED and does not start.
        while (true) {
            int before = users.get();
            if (before < 0) {
                throw closed();
            }
            if (users.compareAndSet(before, before + 1)) {
                return;
            }
        }
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSED) {
            closeDescriptor();
        }
    }

    private void closeDescriptor() {
        // close(2) gives the number back whatever it returns; calling it again could close somebody else's file.
        if (LibC.close(fd) != 0 && LibC.errno() != Errno.EINTR) {
            throw failed("close");
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException("file is closed: " + path);
    }

    private NativeCallException failed(String call) {
        return new NativeCallException(call, LibC.errno(), path.toString());
    }
}
