package io.sluice.api.region;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.memory.MappedRegionMemory;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.os.Errno;
import io.sluice.api.os.NativeCallException;
import io.sluice.api.os.NativeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, opens, lists and destroys regions: named shared memory, one file each.
 *
 * <p>A region appears under its name complete or not at all: it is made under a temporary name, preallocated (so a full
 * file system is an exception here and never a fault later), filled in, and then linked to its name, which fails rather
 * than replaces. What a killed creator leaves is swept by the next one.
 *
 * <p>Any thread, any process. Nothing here waits for another process, except that the removal of a name waits for other
 * removals in the same directory.
 */
public final class Regions {

    private static final Logger LOG = LoggerFactory.getLogger(Regions.class);
    private static final int ATTEMPTS = 1000;

    private Regions() {}

    // ---- creating -------------------------------------------------------------------------------------------------

    /**
     * Creates a region, all zero behind its header, and attaches to it.
     *
     * @throws RegionExistsException if the name is taken
     * @throws NoSpaceException if the file system has no room; nothing is left
     * @throws RegionAccessException if the directory or the file is refused
     */
    public static Region create(RegionAddress address, RegionSpec spec, RegionOptions options) {
        return create(address, spec, options, memory -> {});
    }

    /**
     * As {@link #create(RegionAddress, RegionSpec, RegionOptions)}, with something to write before the region has its
     * name: nobody sees it without that.
     */
    public static Region create(
            RegionAddress address, RegionSpec spec, RegionOptions options, Consumer<RegionMemory> initializer) {
        if (options.readOnly()) {
            throw new IllegalArgumentException(address + ": a region cannot be created read-only");
        }
        ProcessIdentity identity = identityFor(address);
        // Not needed to be right, which publish() is, but to be told so before taking the room of a whole region.
        if (Files.exists(address.path(), LinkOption.NOFOLLOW_LINKS) && !removeIfEnded(address, options, identity)) {
            throw new RegionExistsException(address.path());
        }
        RegionNames.sweep(address.directory(), identity);
        Path temporary = RegionNames.temporary(address, identity.token());
        Region region = build(address, temporary, spec, options, identity);
        boolean complete = false;
        try {
            initializer.accept(region.memory());
            publish(address, temporary, options, identity);
            complete = true;
            return region;
        } finally {
            deleteQuietly(temporary);
            if (!complete) {
                region.detach();
            }
        }
    }

    private static Region build(
            RegionAddress address, Path temporary, RegionSpec spec, RegionOptions options, ProcessIdentity identity) {
        int flags = NativeFile.READ_WRITE | NativeFile.CREATE | NativeFile.EXCLUSIVE | NativeFile.NO_FOLLOW;
        boolean complete = false;
        try (NativeFile file = NativeFile.open(temporary, flags, options.mode())) {
            file.changeMode(options.mode());
            file.allocate(spec.fileBytes());
            RegionHeader header = header(spec, options, identity);
            writeHeader(address, file, header, identity);
            Region region = Region.attach(address, header, file.status(), file, true, options, identity);
            complete = true;
            return region;
        } catch (NativeCallException e) {
            throw translate(address.path(), spec.fileBytes(), e);
        } finally {
            if (!complete) {
                deleteQuietly(temporary);
            }
        }
    }

    private static RegionHeader header(RegionSpec spec, RegionOptions options, ProcessIdentity identity) {
        return new RegionHeader(
                spec.kind(),
                spec.fileBytes(),
                spec.geometry(),
                options.destroyOnLastDetach() ? RegionHeaderLayout.OPTION_DESTROY_ON_LAST_DETACH : 0,
                identity.participantsId(),
                identity.token(),
                identity.pid(),
                System.currentTimeMillis(),
                identity.user(),
                identity.command());
    }

    private static void writeHeader(
            RegionAddress address, NativeFile file, RegionHeader header, ProcessIdentity identity) {
        MappedRegionMemory memory = RegionFile.mapControl(address.path(), file, true, identity);
        try {
            header.writeTo(memory);
        } finally {
            memory.detach();
        }
    }

    /** Gives the finished file its name. Linking is what makes it visible, in one step. */
    private static void publish(
            RegionAddress address, Path temporary, RegionOptions options, ProcessIdentity identity) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                Files.createLink(address.path(), temporary);
                return;
            } catch (FileAlreadyExistsException e) {
                if (attempt > 0 || !removeIfEnded(address, options, identity)) {
                    throw new RegionExistsException(address.path());
                }
            } catch (IOException e) {
                throw RegionAccessException.because(address.path(), "cannot be named", e);
            }
        }
    }

    private static boolean removeIfEnded(RegionAddress address, RegionOptions options, ProcessIdentity identity) {
        try (RegionFile file = RegionFile.open(address.path(), true, options.foreignOwner())) {
            // Its attachments hold their lives in the participants file that it names; ours must be the same one, or
            // we would take the living for dead.
            return file.header().participantsId() == identity.participantsId()
                    && RegionNames.removeIfEnded(address, file, true, identity);
        } catch (RegionNotFoundException e) {
            return true;
        } catch (RegionFormatException | RegionAccessException e) {
            // Not ours to judge: the name is taken by something else.
            LOG.debug("{} is taken by something that is no region", address, e);
            return false;
        }
    }

    // ---- opening --------------------------------------------------------------------------------------------------

    /**
     * Attaches to an existing region.
     *
     * @param kind what it must be
     * @throws RegionNotFoundException if there is none
     * @throws RegionFormatException if the file is not such a region; it was only read
     * @throws RegionAccessException if rights or owner forbid it
     * @throws RegionFullException if too many live processes are attached
     */
    public static Region open(RegionAddress address, String kind, RegionOptions options) {
        checkDirectory(address);
        boolean writable = !options.readOnly() || Files.isWritable(address.path());
        try (RegionFile file = RegionFile.open(address.path(), writable, options.foreignOwner())) {
            ProcessIdentity identity = identityFor(address);
            checkParticipants(address, file, identity);
            if (RegionNames.removeIfEnded(address, file, writable, identity)) {
                throw new RegionNotFoundException(address.path());
            }
            if (!file.header().kind().equals(kind)) {
                throw new RegionFormatException(
                        address.path(), "kind", kind, file.header().kind());
            }
            return enter(
                    Region.attach(address, file.header(), file.status(), file.file(), writable, options, identity));
        }
    }

    private static Region enter(Region region) {
        boolean entered = false;
        try {
            entered = region.enter();
        } finally {
            if (!entered) {
                region.detach();
            }
        }
        if (!entered) {
            throw new RegionNotFoundException(region.address().path());
        }
        return region;
    }

    /** Nothing that only looks for a region makes its directory. */
    private static void checkDirectory(RegionAddress address) {
        if (!Files.isDirectory(address.directory())) {
            throw new RegionNotFoundException(address.path());
        }
    }

    private static void checkParticipants(RegionAddress address, RegionFile file, ProcessIdentity identity) {
        long expected = file.header().participantsId();
        if (expected != identity.participantsId()) {
            throw new RegionFormatException(
                    address.path(),
                    "participants file",
                    "the one with id " + Long.toHexString(expected),
                    "id " + Long.toHexString(identity.participantsId())
                            + ": was it deleted while the region was in use?");
        }
    }

    /**
     * Attaches to the region, creating it first if it does not exist. Of several racing callers one creates.
     *
     * @throws RegionException as {@link #open} and {@link #create(RegionAddress, RegionSpec, RegionOptions)}
     */
    public static Region openOrCreate(RegionAddress address, RegionSpec spec, RegionOptions options) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return open(address, spec.kind(), options);
            } catch (RegionNotFoundException e) {
                LOG.trace("{} is to be created", address);
            }
            try {
                return create(address, spec, options);
            } catch (RegionExistsException e) {
                LOG.trace("{} was created by another", address);
            }
        }
        throw new RegionAccessException(
                address.path(), "is created and destroyed by others over and over: gave up", null);
    }

    // ---- looking and ending ---------------------------------------------------------------------------------------

    /**
     * What a region says about itself, without attaching to it.
     *
     * @param foreignOwner whether a file of another user is acceptable
     * @throws RegionException as {@link #open}, except that any kind will do
     */
    public static RegionInfo stat(RegionAddress address, boolean foreignOwner) {
        return inspect(address, foreignOwner, (info, memory) -> info);
    }

    /**
     * Shows a region to {@code reader} without attaching to it: nobody sees that it was looked at, and it is kept from
     * nothing by it.
     *
     * @param foreignOwner whether a file of another user is acceptable
     * @param reader is given the region's report and its whole memory, read-only and only during the call
     * @throws RegionException as {@link #open}, except that any kind will do
     */
    public static <T> T inspect(
            RegionAddress address, boolean foreignOwner, BiFunction<RegionInfo, RegionMemory, T> reader) {
        return examine(address, foreignOwner, (file, identity) -> {
            MappedRegionMemory memory = RegionFile.map(
                    address.path(),
                    MappingMode.STANDARD,
                    file.file(),
                    file.header().size(),
                    false,
                    identity);
            try {
                return reader.apply(RegionReport.of(address.path(), file.header(), file.status(), memory), memory);
            } finally {
                memory.detach();
            }
        });
    }

    /**
     * As {@link #inspect}, for readers that want a region as their structure's own code does.
     *
     * @param reader is given a read-only attachment that nobody sees, only during the call
     */
    public static <T> T look(RegionAddress address, boolean foreignOwner, Function<Region, T> reader) {
        RegionOptions options = RegionOptions.DEFAULT.withReadOnly(true).withForeignOwner(foreignOwner);
        return examine(address, foreignOwner, (file, identity) -> {
            try (Region region =
                    Region.attach(address, file.header(), file.status(), file.file(), false, options, identity)) {
                return reader.apply(region);
            }
        });
    }

    /** Opens a region's file for reading, checks it, and shows it to {@code reader}. */
    private static <T> T examine(
            RegionAddress address, boolean foreignOwner, BiFunction<RegionFile, ProcessIdentity, T> reader) {
        checkDirectory(address);
        try (RegionFile file = RegionFile.open(address.path(), false, foreignOwner)) {
            ProcessIdentity identity = identityFor(address);
            checkParticipants(address, file, identity);
            return reader.apply(file, identity);
        }
    }

    /**
     * Names of the files in {@code directory} that may be regions, sorted; none if it does not exist.
     *
     * @throws RegionAccessException if it cannot be read or is something else
     */
    public static List<RegionAddress> list(Path directory) {
        List<RegionAddress> found = new ArrayList<>();
        if (!Files.exists(directory)) {
            return found;
        }
        if (!Files.isDirectory(directory)) {
            throw new RegionAccessException(directory, "is not a directory", null);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (RegionNames.isRegionName(name)
                        && RegionAddress.isName(name)
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(RegionAddress.of(directory, name));
                }
            }
        } catch (IOException e) {
            throw RegionAccessException.because(directory, "cannot be listed", e);
        }
        found.sort(Comparator.comparing(RegionAddress::name));
        return found;
    }

    /**
     * Ends a region now: its name is gone at once, processes that are attached keep working on what they have.
     *
     * @throws RegionNotFoundException if there is none
     * @throws RegionFormatException if the file is no region; it is left alone
     * @throws RegionAccessException if rights or owner forbid it
     */
    public static void destroy(RegionAddress address, RegionOptions options) {
        try (RegionFile file = RegionFile.open(address.path(), true, options.foreignOwner())) {
            MappedRegionMemory control = file.mapControl(true, identityFor(address));
            try {
                new LifeState(control).destroy();
            } finally {
                control.detach();
            }
            RegionNames.remove(address, file.status());
        }
    }

    // ---- helpers --------------------------------------------------------------------------------------------------

    private static ProcessIdentity identityFor(RegionAddress address) {
        Path directory = address.directory();
        try {
            if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                createDirectory(directory);
            }
            if (directory.equals(Settings.defaultDirectory())) {
                checkDefaultDirectory(directory);
            }
            return ProcessIdentity.in(directory);
        } catch (IOException | NativeCallException e) {
            throw RegionAccessException.because(directory, "cannot hold regions", e);
        }
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            LOG.trace("{} was created by another", directory);
        } catch (NoSuchFileException e) {
            NoSuchFileException missing =
                    new NoSuchFileException(directory.getParent().toString());
            missing.initCause(e);
            throw missing;
        }
    }

    /** The default directory stands where everybody may write: it must be ours, not something prepared for us. */
    private static void checkDefaultDirectory(Path directory) throws IOException {
        int owner = (int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) || owner != RegionFile.ownUserId()) {
            throw new RegionAccessException(
                    directory,
                    "expected a directory of user " + RegionFile.ownUserId() + ", found "
                            + (Files.isSymbolicLink(directory) ? "a symbolic link" : "one of user " + owner),
                    null);
        }
    }

    private static RegionException translate(Path path, long bytes, NativeCallException e) {
        return switch (e.errno()) {
            case Errno.ENOSPC, Errno.EFBIG, Errno.ENOMEM -> new NoSpaceException(path, bytes, e);
            default -> RegionAccessException.because(path, "cannot be created", e);
        };
    }

    private static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The next creator sweeps it once this process is gone.
            LOG.warn("{} could not be deleted", temporary, e);
        }
    }
}
