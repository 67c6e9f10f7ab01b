package io.sluice.api.region;

import io.sluice.api.memory.Liveness;
import io.sluice.api.memory.MappedRegionMemory;
import io.sluice.api.memory.Mapping;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.Mappings;
import io.sluice.api.os.Errno;
import io.sluice.api.os.FileStatus;
import io.sluice.api.os.NativeCallException;
import io.sluice.api.os.NativeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens and checks a region's file. The descriptor is opened first and everything is then asked of the descriptor, so
 * the file that was checked is the file that is used, whatever happens to its name.
 */
final class RegionFile implements AutoCloseable {

    private final NativeFile file;
    private final FileStatus status;
    private final RegionHeader header;

    private RegionFile(NativeFile file, FileStatus status, RegionHeader header) {
        this.file = file;
        this.status = status;
        this.header = header;
    }

    /**
     * Opens an existing region's file.
     *
     * @throws RegionException if there is none, or it is not one
     */
    static RegionFile open(Path path, boolean writable, boolean foreignOwner) {
        NativeFile file = openNative(path, writable);
        try {
            FileStatus status = file.status();
            check(path, status, foreignOwner);
            byte[] bytes = new byte[RegionHeaderLayout.IMMUTABLE_BYTES];
            if (file.readAt(0, bytes) < bytes.length) {
                throw new RegionFormatException(
                        path, "file size", "at least " + bytes.length + " bytes", "a shorter file");
            }
            return new RegionFile(file, status, RegionHeader.parse(path, bytes, status.size()));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static NativeFile openNative(Path path, boolean writable) {
        // NON_BLOCKING: a FIFO of that name must not hang us.
        int access = writable ? NativeFile.READ_WRITE : NativeFile.READ_ONLY;
        try {
            return NativeFile.open(path, access | NativeFile.NO_FOLLOW | NativeFile.NON_BLOCKING, 0);
        } catch (NativeCallException e) {
            throw switch (e.errno()) {
                case Errno.ENOENT -> new RegionNotFoundException(path);
                case Errno.ELOOP -> new RegionFormatException(path, "file type", "a plain file", "a symbolic link");
                case Errno.EISDIR -> new RegionFormatException(path, "file type", "a plain file", "a directory");
                default -> new RegionAccessException(path, "cannot be opened: " + e.getMessage(), e);
            };
        }
    }

    private static void check(Path path, FileStatus status, boolean foreignOwner) {
        if (!status.isRegularFile()) {
            throw new RegionFormatException(path, "file type", "a plain file", typeName(status.mode() & 0170000));
        }
        if (!foreignOwner && status.userId() != ownUserId()) {
            throw new RegionAccessException(
                    path, "owner: expected user " + ownUserId() + ", found user " + status.userId(), null);
        }
        if (status.size() < RegionHeaderLayout.CONTROL_BYTES) {
            throw new RegionFormatException(
                    path,
                    "file size",
                    "at least " + RegionHeaderLayout.CONTROL_BYTES + " bytes",
                    status.size() + " bytes");
        }
    }

    private static String typeName(int type) {
        return switch (type) {
            case 0010000 -> "a pipe";
            case 0020000 -> "a character device";
            case 0040000 -> "a directory";
            case 0060000 -> "a block device";
            case 0140000 -> "a socket";
            default -> "type 0" + Integer.toOctalString(type);
        };
    }

    static int ownUserId() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException("the own user id cannot be read", e);
        }
    }

    RegionHeader header() {
        return header;
    }

    FileStatus status() {
        return status;
    }

    NativeFile file() {
        return file;
    }

    /** Maps what {@link RegionHeaderLayout#CONTROL_BYTES} says. */
    MappedRegionMemory mapControl(boolean writable, Liveness liveness) {
        return mapControl(file.path(), file, writable, liveness);
    }

    /** As {@link #mapControl(boolean, Liveness)}, for a file that is known to be long enough. */
    static MappedRegionMemory mapControl(Path named, NativeFile file, boolean writable, Liveness liveness) {
        return map(named, MappingMode.STANDARD, file, RegionHeaderLayout.CONTROL_BYTES, writable, liveness);
    }

    /** Maps the first {@code length} bytes of a file that has them. */
    static MappedRegionMemory map(
            Path named, MappingMode mode, NativeFile file, long length, boolean writable, Liveness liveness) {
        try {
            Mapping mapping = Mappings.map(mode, file.fd(), length, writable);
            return MappedRegionMemory.over(named.toString(), mapping, liveness);
        } catch (IOException e) {
            throw RegionAccessException.because(named, "cannot be mapped", e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
