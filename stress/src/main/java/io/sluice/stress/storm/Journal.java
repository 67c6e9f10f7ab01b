package io.sluice.stress.storm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What one thread of one process did, in a file of its own that is only ever appended to, outside of what is under
 * test. Each entry is one {@code write(2)}, which the kernel keeps when the process is killed. Confined to one thread.
 */
public final class Journal {

    private static final String PREFIX = "journal-";
    private static final int ENTRY_BYTES = 32;

    private final FileChannel file;
    private final ByteBuffer entry = ByteBuffer.allocateDirect(ENTRY_BYTES);

    private Journal(FileChannel file) {
        this.file = file;
    }

    /** The journal of a process about a target. */
    public static Path path(Path directory, String target, int child) {
        return directory.resolve(PREFIX + target + "-" + child);
    }

    /** Copies all that are in {@code from}. */
    static void copyAll(Path from, Path to) throws IOException {
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(from, PREFIX + "*")) {
            for (Path journal : journals) {
                Files.copy(journal, to.resolve(journal.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Begins one. */
    static Journal create(Path path) throws IOException {
        return new Journal(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Adds an entry with the time of now. */
    public void note(int event, long a, long b) {
        entry.clear();
        entry.putLong(System.nanoTime()).putLong(event).putLong(a).putLong(b).flip();
        try {
            while (entry.hasRemaining()) {
                file.write(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds an entry with the time of now. */
    public void note(int event, long a) {
        note(event, a, 0);
    }

    /** All entries of a journal, without one that a death cut off; none if there is no such file. */
    static List<Entry> read(Path path) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(path)) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
            while (bytes.remaining() >= ENTRY_BYTES) {
                entries.add(new Entry(bytes.getLong(), (int) bytes.getLong(), bytes.getLong(), bytes.getLong()));
            }
        }
        return entries;
    }
}
