package io.sluice.api.os;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What the kernel knows of a file, as far as Sluice asks.
 *
 * <p>{@link #device} and {@link #inode} together name the file itself, whatever its path: while somebody has it open,
 * no other file gets the same pair.
 *
 * @param device the file system, as major number in the upper and minor number in the lower half
 * @param inode the file's number in it
 * @param mode type and permission bits, as in {@code st_mode}
 * @param links how many names the file has; 0 after the last was removed
 * @param userId the owner
 * @param groupId the group
 * @param size length in bytes
 */
public record FileStatus(long device, long inode, int mode, int links, int userId, int groupId, long size) {

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFREG = 0x8000;

    /**
     * Asks for the file that a path names now; a symbolic link is not followed.
     *
     * @throws NativeCallException if there is none, with {@link Errno#ENOENT}, or if the kernel refuses
     * @throws UnsupportedOperationException where {@link NativeLinux#isSupported()} is false
     */
    public static FileStatus of(Path path) {
        NativeLinux.require();
        return of(AT_FDCWD, NativePath.of(path), AT_SYMLINK_NOFOLLOW, path);
    }

    /** Asks for an open file. */
    static FileStatus of(int fd, Path path) {
        return of(fd, new byte[1], AT_EMPTY_PATH, path);
    }

    /** Returns whether both describe one and the same file, under whatever names. */
    public boolean isSameFile(FileStatus other) {
        return device == other.device && inode == other.inode;
    }

    /** Returns whether this is a regular file, as opposed to a directory, link, device, pipe or socket. */
    public boolean isRegularFile() {
        return (mode & S_IFMT) == S_IFREG;
    }

    /** Returns the twelve permission bits alone. */
    public int permissions() {
        return mode & 0xfff;
    }

    private static FileStatus of(int fd, byte[] name, int flags, Path path) {
        ThreadScratch scratch = ThreadScratch.ofThisThread();
        if (LibC.statx(fd, name, flags, STATX_BASIC_STATS, scratch.address()) != 0) {
            throw new NativeCallException("statx", LibC.errno(), path.toString());
        }
        // struct statx, the same on every processor
        ByteBuffer statx = scratch.bytes();
        long device = ((long) statx.getInt(136) << 32) | (statx.getInt(140) & 0xffff_ffffL);
        return new FileStatus(
                device,
                statx.getLong(32),
                statx.getShort(28) & 0xffff,
                statx.getInt(16),
                statx.getInt(20),
                statx.getInt(24),
                statx.getLong(40));
    }
}
