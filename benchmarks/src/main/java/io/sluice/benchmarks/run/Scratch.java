package io.sluice.benchmarks.run;

import io.sluice.benchmarks.peer.AtExit;
import io.sluice.benchmarks.peer.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A fresh directory for a benchmark's files, gone with all that is in it when closed, or when this JVM is told to end.
 */
public final class Scratch implements AutoCloseable {

    private final Path path;
    private final AtExit atExit;

    private Scratch(Path path) {
        this.path = path;
        this.atExit = AtExit.run(this::deleteWithUsers);
    }

    /**
     * Makes one in {@code parent}.
     *
     * @throws IllegalStateException if this JVM is ending: nothing is made
     */
    public static Scratch in(Path parent) throws IOException {
        return AtExit.unlessEnding(() -> new Scratch(Files.createTempDirectory(parent, "sluice-bench-")));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    private void deleteWithUsers() {
        AtExit.endDescendants();
        try {
            Trees.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Trees.delete(path);
        atExit.close();
    }
}
