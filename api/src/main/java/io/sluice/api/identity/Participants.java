package io.sluice.api.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/**
 * The participants file of a region directory: made when first needed, never with a half-written content, and removed
 * only when nobody can be relying on it.
 *
 * <p>Every region of the directory remembers the file's id. A region whose participants file was deleted cannot be
 * opened by processes that hold their tokens in a later one, so nobody is taken for dead because of it.
 */
public final class Participants {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Participants() {}

    /**
     * Removes the participants file if nobody needs it: no other process (nor class loader) holds anything in it and
     * the directory has no regions, that is, no files whose names begin with anything but a dot.
     *
     * <p>The caller sees to it that this process itself has nothing attached in the directory; its identity there, if
     * any, ends with the file, and {@link ProcessIdentity#in} makes a new one. A process that opens the file at this
     * moment finds out after locking its byte, and starts over with a new file. Any thread; does not wait.
     *
     * @param directory the region directory
     * @return whether the file was removed
     * @throws IOException if the directory cannot be read or the file cannot be removed
     */
    public static boolean retireIfUnused(Path directory) throws IOException {
        return ProcessIdentity.retire(directory.toRealPath());
    }

    /**
     * The same for a process that is about to end and has nothing attached in the directory any more: it gives its
     * identity there up first, also while there are regions. So of several that leave at the same time the last one
     * removes the file, whereas with {@link #retireIfUnused} each may be kept from it by the others, or by one that
     * left before the last region did and whose JVM has not ended yet.
     *
     * @param directory the region directory
     * @return whether the file was removed
     * @throws IOException if the directory cannot be read or the file cannot be removed
     */
    public static boolean leave(Path directory) throws IOException {
        return ProcessIdentity.leave(directory.toRealPath(), ByteLocks.ofThisSystem());
    }

    /** Opens the directory's participants file, making it if there is none. */
    static ByteLocks openOrCreate(Path directory, ByteLocks.Opener opener) throws IOException {
        Path path = directory.resolve(ParticipantsLayout.FILE_NAME);
        while (true) {
            try {
                return opener.open(path);
            } catch (NoSuchFileException missing) {
                if (!Files.isDirectory(directory)) {
                    throw missing;
                }
                create(path);
            }
        }
    }

    /** Returns the file's id. */
    static long idOf(ByteLocks file) throws IOException {
        return ParticipantsLayout.idIn(file.content(), file.fileLength(), file.path());
    }

    /** Returns a number other than 0 that nobody else has. */
    static long randomId() {
        long id = RANDOM.nextLong();
        return id == 0 ? 1 : id;
    }

    /** Returns a token that nobody else has. */
    static long randomToken() {
        long token = RANDOM.nextLong() & ParticipantsLayout.LAST_TOKEN;
        return ParticipantsLayout.isToken(token) ? token : token + ParticipantsLayout.FIRST_TOKEN;
    }

    /**
     * Removes the file while {@code file} holds everything in it but its own token.
     *
     * @param ownToken the token held through {@code file}, or 0 if it holds none
     */
    static boolean retire(Path directory, ByteLocks file, long ownToken) throws IOException {
        if (!lockAllBut(file, ownToken)) {
            return false;
        }
        boolean retired = false;
        try {
            if (file.isStillNamed() && hasNoRegions(directory)) {
                removeUnfinished(directory);
                Files.delete(file.path());
                retired = true;
            }
        } finally {
            if (!retired) {
                unlockAllBut(file, ownToken);
            }
        }
        return retired;
    }

    private static boolean lockAllBut(ByteLocks file, long ownToken) throws IOException {
        if (ownToken == 0) {
            return file.tryLock(0, Long.MAX_VALUE);
        }
        if (!file.tryLock(0, ownToken)) {
            return false;
        }
        if (file.tryLock(ownToken + 1, Long.MAX_VALUE - ownToken - 1)) {
            return true;
        }
        file.unlock(0, ownToken);
        return false;
    }

    private static void unlockAllBut(ByteLocks file, long ownToken) throws IOException {
        if (ownToken == 0) {
            file.unlock(0, Long.MAX_VALUE);
        } else {
            file.unlock(0, ownToken);
            file.unlock(ownToken + 1, Long.MAX_VALUE - ownToken - 1);
        }
    }

    static boolean hasNoRegions(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Removes what creators left that died between writing the file and giving it its name. */
    private static void removeUnfinished(Path directory) throws IOException {
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory, ParticipantsLayout.UNFINISHED_PREFIX + "*")) {
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
        }
    }

    private static void create(Path path) throws IOException {
        Path unfinished =
                path.resolveSibling(ParticipantsLayout.UNFINISHED_PREFIX + Long.toHexString(RANDOM.nextLong()));
        try {
            writeContent(unfinished);
            Files.createLink(path, unfinished);
        } catch (FileAlreadyExistsException lostTheRace) {
            // The winner's file is as good; the caller opens it.
        } catch (NoSuchFileException removedByRetirement) {
            // The caller finds no file and starts over.
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void writeContent(Path unfinished) throws IOException {
        try (FileChannel channel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            // A death from here to the link leaves an unfinished file that nobody opens; retiring removes it.
            givePermissions(unfinished, unfinished.getParent());
            ByteBuffer content = ByteBuffer.wrap(ParticipantsLayout.contentFor(randomId()));
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
    }

    /** Lets those take part who may write into the directory anyway: the owner, and its group or all if it says so. */
    private static void givePermissions(Path file, Path directory) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> ofDirectory = Files.getPosixFilePermissions(directory);
        Set<PosixFilePermission> ofFile = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if (ofDirectory.contains(PosixFilePermission.GROUP_WRITE)) {
            ofFile.add(PosixFilePermission.GROUP_READ);
            ofFile.add(PosixFilePermission.GROUP_WRITE);
        }
        if (ofDirectory.contains(PosixFilePermission.OTHERS_WRITE)) {
            ofFile.add(PosixFilePermission.OTHERS_READ);
            ofFile.add(PosixFilePermission.OTHERS_WRITE);
        }
        view.setPermissions(ofFile);
    }
}
