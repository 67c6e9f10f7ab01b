package io.sluice.api.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The standard library's file locks, for systems other than Linux.
 *
 * <p>On POSIX systems they belong to the process, and closing <em>any</em> channel on the file drops all of them. So a
 * participants file is opened once in a JVM and never closed: the channel is shared by everything in the JVM, other
 * class loaders included, through an object in the system properties, which is the one place that class loaders share.
 * It is an asynchronous channel because an interrupt would close the other kind under the locks.
 * {@link #close()} releases the locks taken through this object and leaves the channel open. Locks of the same JVM show
 * as {@link OverlappingFileLockException}.
 */
final class ChannelByteLocks implements ByteLocks {

    private static final String CHANNELS = "io.sluice.api.identity.channels";

    private final Path path;
    private final String opened;
    private final AsynchronousFileChannel channel;
    private final Map<Long, FileLock> held = new ConcurrentHashMap<>();

    private ChannelByteLocks(Path path, String opened, AsynchronousFileChannel channel) {
        this.path = path;
        this.opened = opened;
        this.channel = channel;
    }

    static ByteLocks open(Path path) throws IOException {
        synchronized (channels()) {
            while (true) {
                String before = keyOf(path);
                AsynchronousFileChannel channel = channels().get(before);
                if (channel != null) {
                    return new ChannelByteLocks(path, before, channel);
                }
                channel = AsynchronousFileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                // The file may have been replaced between the look and the opening. Then it is not known which one this
                // is; the channel stays open all the same, because closing it could drop somebody's locks.
                boolean known = keyOf(path).equals(before);
                channels().put(known ? before : "unknown " + System.identityHashCode(channel), channel);
            }
        }
    }

    @Override
    public synchronized boolean tryLock(long offset, long length) throws IOException {
        FileLock lock = lock(offset, length, false);
        if (lock == null) {
            return false;
        }
        // Kept reachable: the JVM forgets a lock object that nobody holds.
        held.put(offset, lock);
        return true;
    }

    @Override
    public synchronized void unlock(long offset, long length) throws IOException {
        FileLock lock = held.remove(offset);
        if (lock == null || lock.size() != length) {
            throw new IllegalStateException(path + ": no lock at byte " + offset + " of length " + length);
        }
        lock.release();
    }

    @Override
    public synchronized boolean isLockedByAnother(long offset) throws IOException {
        // Shared, so that two processes that look at the same time do not take each other for the holder.
        FileLock probe = lock(offset, 1, true);
        if (probe == null) {
            return true;
        }
        probe.release();
        return false;
    }

    @Override
    public byte[] content() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(ParticipantsLayout.FILE_LENGTH);
        int count = 0;
        while (count >= 0 && content.hasRemaining()) {
            count = read(content);
        }
        return Arrays.copyOf(content.array(), content.position());
    }

    @Override
    public long fileLength() throws IOException {
        return channel.size();
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String openedFile() {
        return opened;
    }

    @Override
    public String namedFile() throws IOException {
        try {
            return keyOf(path);
        } catch (NoSuchFileException e) {
            return "no file";
        }
    }

    @Override
    public DeathWatch deathWatch() {
        return DeathWatch.NONE;
    }

    @Override
    public synchronized void close() {
        held.values().forEach(lock -> {
            try {
                lock.release();
            } catch (IOException e) {
                throw new UncheckedIOException(path + ": cannot release " + lock, e);
            }
        });
        held.clear();
    }

    private int read(ByteBuffer content) throws IOException {
        Future<Integer> reading = channel.read(content, content.position());
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reading.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(path + " cannot be read: " + e.getCause(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FileLock lock(long offset, long length, boolean shared) throws IOException {
        try {
            return channel.tryLock(offset, length, shared);
        } catch (OverlappingFileLockException heldInThisJvm) {
            return null;
        }
    }

    private static String keyOf(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            String found = attributes.isSymbolicLink() ? "a symbolic link" : "something else";
            throw new ParticipantsFormatException(path, "type", "a regular file", found);
        }
        Object key = attributes.fileKey();
        return key != null ? "file " + key : "file " + path + " created " + attributes.creationTime();
    }

    /** Returns the channels of this JVM by file, never closed. */
    @SuppressWarnings("unchecked")
    private static Map<String, AsynchronousFileChannel> channels() {
        return (Map<String, AsynchronousFileChannel>) System.getProperties()
                .computeIfAbsent(CHANNELS, name -> new ConcurrentHashMap<String, AsynchronousFileChannel>());
    }
}
