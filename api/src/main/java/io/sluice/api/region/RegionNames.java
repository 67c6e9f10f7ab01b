package io.sluice.api.region;

import io.sluice.api.identity.DirectoryLock;
import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.memory.MappedRegionMemory;
import io.sluice.api.os.FileStatus;
import io.sluice.api.os.NativeCallException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of a region directory: which files are regions in the making, and how a name is taken away without hitting
 * a new region that has just been given it.
 */
final class RegionNames {

    private static final Logger LOG = LoggerFactory.getLogger(RegionNames.class);
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.([0-9a-f]{1,15})\\.\\d+\\.tmp");
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);
    private static final AtomicLong TEMPORARIES = new AtomicLong();

    private RegionNames() {}

    /** A name for a region in the making; it tells whose it is. */
    static Path temporary(RegionAddress address, long token) {
        return address.directory()
                .resolve("." + address.name() + "." + Long.toHexString(token) + "." + TEMPORARIES.incrementAndGet()
                        + ".tmp");
    }

    /** Whether a file name may be a region's. */
    static boolean isRegionName(String fileName) {
        return !fileName.startsWith(".");
    }

    /**
     * Removes the name if it still means the file of {@code status}. The look and the removal are one step for
     * everybody who removes names of this directory, because they hold its lock; creation never replaces a name.
     */
    static void remove(RegionAddress address, FileStatus status) {
        Path path = address.path();
        try (DirectoryLock lock = DirectoryLock.acquire(address.directory(), LOCK_PATIENCE)) {
            LOG.trace("removing {} under {}", path, lock);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && FileStatus.of(path).isSameFile(status)) {
                Files.delete(path);
            }
        } catch (IOException | NativeCallException e) {
            throw RegionAccessException.because(path, "its name cannot be removed", e);
        }
    }

    /** Removes what creators that died left half-made, as far as this process may. */
    static void sweep(Path directory, ProcessIdentity identity) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".*.tmp")) {
            for (Path file : files) {
                Matcher matcher = TEMPORARY.matcher(file.getFileName().toString());
                if (matcher.matches() && !identity.isAlive(Long.parseLong(matcher.group(1), 16))) {
                    sweepFile(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw RegionAccessException.because(directory, "cannot be swept", e);
        }
    }

    private static void sweepFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Somebody else's, in a directory where only owners delete: it is theirs to sweep and no obstacle to us.
            LOG.debug("{} is left to its owner", file, e);
        }
    }

    /**
     * Removes the name of a region that has ended without its last process taking the name away: it was destroyed, or
     * was to go with its last attachment and all of those are dead.
     *
     * @param writable whether the file was opened for writing; if not, the name stays
     * @return whether the region has ended
     * @throws RegionFormatException if its state is none that Sluice writes
     */
    static boolean removeIfEnded(RegionAddress address, RegionFile file, boolean writable, ProcessIdentity identity) {
        MappedRegionMemory control = file.mapControl(writable, identity);
        try {
            if (!hasEnded(file.header(), control, writable)) {
                return false;
            }
        } finally {
            control.detach();
        }
        if (writable) {
            remove(address, file.status());
        }
        return true;
    }

    private static boolean hasEnded(RegionHeader header, MappedRegionMemory control, boolean writable) {
        LifeState life = new LifeState(control);
        if (life.isDestroyed()) {
            return true;
        }
        AttachTable table = new AttachTable(control);
        boolean abandoned = header.isDestroyedOnLastDetach() && !table.hasLiveAttachment();
        return abandoned && (!writable || life.destroyIfUnused(table));
    }
}
