package io.sluice.benchmarks.transport;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;

/** The system calls for pipes that Java lacks. Any thread. */
final class NativePipe {

    private static final int OWNER_ONLY = 0600;
    private static final int O_WRONLY = 1;
    private static final int SMALLEST_BYTES = 4096;
    private static final int F_SETPIPE_SZ = 1031;

    private NativePipe() {}

    /** Signatures of libc. */
    interface LibC extends Library {
        int mkfifo(String path, int mode) throws LastErrorException;

        int open(String path, int flags, Object... none) throws LastErrorException;

        int fcntl(int fd, int command, Object... argument) throws LastErrorException;

        int pipe(int[] ends) throws LastErrorException;

        int close(int fd) throws LastErrorException;
    }

    private static LibC libC() {
        return Native.load("c", LibC.class);
    }

    /**
     * Descriptors of this process.
     *
     * @param read where to read
     * @param write where to write
     */
    record Ends(int read, int write) {

        /** Closes both. */
        void close() {
            libC().close(read);
            libC().close(write);
        }
    }

    /** Makes a pipe without a name. */
    static Ends anonymous() throws IOException {
        int[] ends = new int[2];
        try {
            libC().pipe(ends);
        } catch (LastErrorException e) {
            throw new IOException("pipe: " + e.getMessage(), e);
        }
        return new Ends(ends[0], ends[1]);
    }

    /** Makes a named pipe. */
    static void create(Path path) throws IOException {
        try {
            libC().mkfifo(path.toString(), OWNER_ONLY);
        } catch (LastErrorException e) {
            throw new IOException(path + ": mkfifo: " + e.getMessage(), e);
        }
    }

    /** Gives a pipe whose both ends are open room for {@code bytes}. */
    static void resize(Path path, long bytes) throws IOException {
        LibC libC = libC();
        try {
            int fd = libC.open(path.toString(), O_WRONLY);
            try {
                enlarge(libC, fd, Math.toIntExact(bytes));
            } finally {
                libC.close(fd);
            }
        } catch (LastErrorException e) {
            throw new IOException(path + ": cannot be given room for " + bytes + " bytes: " + e.getMessage(), e);
        }
    }

    /** To that, or to what the system allows an ordinary user (pipe(7), pipe-max-size). */
    private static void enlarge(LibC libC, int fd, int bytes) {
        try {
            libC.fcntl(fd, F_SETPIPE_SZ, bytes);
        } catch (LastErrorException e) {
            if (bytes <= SMALLEST_BYTES) {
                throw e;
            }
            enlarge(libC, fd, bytes / 2);
        }
    }
}
