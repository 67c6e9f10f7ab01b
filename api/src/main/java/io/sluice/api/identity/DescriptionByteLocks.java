package io.sluice.api.identity;

import io.sluice.api.os.Errno;
import io.sluice.api.os.FileLocks;
import io.sluice.api.os.FileStatus;
import io.sluice.api.os.NativeCallException;
import io.sluice.api.os.NativeFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Linux's locks of an open file description: each opening has its own, and other openings do not disturb them. */
final class DescriptionByteLocks implements ByteLocks {

    private final NativeFile file;
    private final FileStatus opened;
    private final DeathWatch deathWatch;

    private DescriptionByteLocks(NativeFile file, FileStatus opened) {
        this.file = file;
        this.opened = opened;
        this.deathWatch = new BlockingDeathWatch(file.path(), opened);
    }

    static ByteLocks open(Path path) throws IOException {
        // Non-blocking, so that a pipe put there cannot hold us up.
        int flags = NativeFile.READ_WRITE | NativeFile.NO_FOLLOW | NativeFile.NON_BLOCKING;
        NativeFile file = openFile(path, flags);
        boolean usable = false;
        try {
            FileStatus opened = file.status();
            if (!opened.isRegularFile()) {
                throw notRegular(path, "mode " + Integer.toOctalString(opened.mode()));
            }
            usable = true;
            return new DescriptionByteLocks(file, opened);
        } finally {
            if (!usable) {
                file.close();
            }
        }
    }

    private static NativeFile openFile(Path path, int flags) throws IOException {
        try {
            return NativeFile.open(path, flags, 0);
        } catch (NativeCallException e) {
            if (e.errno() == Errno.ENOENT) {
                throw new NoSuchFileException(path.toString());
            }
            if (e.errno() == Errno.ELOOP) {
                throw notRegular(path, "a symbolic link");
            }
            if (e.errno() == Errno.EISDIR) {
                throw notRegular(path, "a directory");
            }
            throw e;
        }
    }

    @Override
    public boolean tryLock(long offset, long length) {
        return FileLocks.tryLock(file, offset, length);
    }

    @Override
    public void unlock(long offset, long length) {
        FileLocks.unlock(file, offset, length);
    }

    @Override
    public boolean isLockedByAnother(long offset) {
        return FileLocks.isLockedByAnother(file, offset, 1);
    }

    @Override
    public byte[] content() {
        byte[] content = new byte[ParticipantsLayout.FILE_LENGTH];
        int length = file.readAt(0, content);
        return Arrays.copyOf(content, length);
    }

    @Override
    public long fileLength() {
        return file.status().size();
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public String openedFile() {
        return describe(opened);
    }

    @Override
    public String namedFile() {
        FileStatus named = statusOfPath();
        return named == null ? "no file" : describe(named);
    }

    @Override
    public boolean isStillNamed() {
        FileStatus named = statusOfPath();
        return named != null && named.isSameFile(opened);
    }

    @Override
    public DeathWatch deathWatch() {
        return deathWatch;
    }

    @Override
    public void close() {
        file.close();
    }

    private FileStatus statusOfPath() {
        try {
            return FileStatus.of(file.path());
        } catch (NativeCallException e) {
            if (e.errno() == Errno.ENOENT) {
                return null;
            }
            throw e;
        }
    }

    private static String describe(FileStatus status) {
        return "inode " + status.inode() + " of device " + Long.toHexString(status.device());
    }

    private static ParticipantsFormatException notRegular(Path path, String found) {
        return new ParticipantsFormatException(path, "type", "a regular file", found);
    }
}
