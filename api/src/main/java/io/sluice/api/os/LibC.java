package io.sluice.api.os;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The C library's functions, bound by JNA's direct mapping: no reflection and no allocation for primitive arguments.
 *
 * <p>Addresses, sizes and offsets are {@code long}: the supported systems are 64-bit. Variadic functions ({@code open},
 * {@code fcntl}, {@code syscall}) may be called as ordinary ones because Linux passes integer arguments alike on x86-64
 * and aarch64. JNA saves {@code errno} per thread after each call; read it with {@link #errno()} before the next one.
 */
final class LibC {

    static {
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {}

    /** Binds the functions, or throws what the class initialiser met. */
    static void load() {
        // calling any method runs the static initialiser
    }

    /** Returns the error number that this thread's last call left. */
    static int errno() {
        return Native.getLastError();
    }

    static native long syscall(long number, long a, long b, long c, long d, long e, long f);

    static native int open(byte[] path, int flags, int mode);

    static native int close(int fd);

    static native int fcntl(int fd, int command, long argument);

    static native int fchmod(int fd, int mode);

    static native int posix_fallocate(int fd, long offset, long length);

    static native long pread(int fd, byte[] target, long length, long offset);

    static native int statx(int directoryFd, byte[] path, int flags, int mask, long target);

    static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    static native int munmap(long address, long length);

    static native String strerror(int errno);
}
