package io.sluice.api.os;

/**
 * Mapping of files into the address space, and taking a mapping away without leaving a trap behind.
 *
 * <p>These are the bare calls: nothing checks that an address is in use. Callers own the addresses they pass. See
 * mmap(2).
 */
public final class Mmap {

    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 0x01;
    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_NORESERVE = 0x4000;

    private Mmap() {}

    /**
     * Maps the first {@code length} bytes of an open file, shared with every process that maps it.
     *
     * <p>The mapping outlives the descriptor. Access beyond the last page of the file is a SIGBUS: the caller compares
     * the length with the file's size first.
     *
     * @param fd an open descriptor, writable if {@code writable}
     * @param length bytes, positive
     * @param writable whether stores are allowed; without, a store is a SIGSEGV
     * @return the address, a multiple of the page size
     * @throws NativeCallException if the kernel refuses
     * @throws UnsupportedOperationException where {@link NativeLinux#isSupported()} is false
     */
    public static long map(int fd, long length, boolean writable) {
        requirePositive(length);
        NativeLinux.require();
        int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
        long address = LibC.mmap(0, length, protection, MAP_SHARED, fd, 0);
        if (address == -1) {
            throw new NativeCallException("mmap", LibC.errno(), "descriptor " + fd + ", " + length + " bytes");
        }
        return address;
    }

    /**
     * Replaces a mapping, in one step, by private zeros that are readable and writable and cost no
     * memory until touched.
     *
     * <p>A thread that still uses the old address then reads zeros or writes into memory that nobody else sees, where
     * after {@link #unmap} it would kill the JVM or hit a mapping that came later. The range stays in use until
     * {@link #unmap}.
     *
     * @param address as {@link #map} returned it
     * @param length bytes, as given to {@link #map}
     * @throws NativeCallException if the kernel refuses; the old mapping may then be gone or not
     * @throws UnsupportedOperationException where {@link NativeLinux#isSupported()} is false
     */
    public static void replaceWithAnonymous(long address, long length) {
        requirePositive(length);
        NativeLinux.require();
        int flags = MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
        if (LibC.mmap(address, length, PROT_READ | PROT_WRITE, flags, -1, 0) == -1) {
            throw new NativeCallException("mmap(MAP_FIXED)", LibC.errno(), range(address, length));
        }
    }

    /**
     * Takes a mapping away. Any later access to the range is a SIGSEGV, or hits what is mapped there next.
     *
     * @param address as {@link #map} returned it
     * @param length bytes, as given to {@link #map}
     * @throws NativeCallException if the range is not valid
     * @throws UnsupportedOperationException where {@link NativeLinux#isSupported()} is false
     */
    public static void unmap(long address, long length) {
        requirePositive(length);
        NativeLinux.require();
        if (LibC.munmap(address, length) != 0) {
            throw new NativeCallException("munmap", LibC.errno(), range(address, length));
        }
    }

    private static void requirePositive(long length) {
        if (length <= 0) {
            throw new IllegalArgumentException("length must be positive: " + length);
        }
    }

    private static String range(long address, long length) {
        return "0x" + Long.toHexString(address) + ", " + length + " bytes";
    }
}
