package io.sluice.api.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A fresh directory in shared memory that is gone after the test. */
public final class TestDirectory implements AutoCloseable {

    private final Path path;

    private TestDirectory(Path path) {
        this.path = path;
    }

    /** Makes one under {@code /dev/shm}, or where temporary files go if there is no such directory. */
    public static TestDirectory create() throws IOException {
        Path memory = Path.of("/dev/shm");
        return new TestDirectory(
                Files.isDirectory(memory)
                        ? Files.createTempDirectory(memory, "sluice-test-")
                        : Files.createTempDirectory("sluice-test-"));
    }

    /** Returns the directory. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
