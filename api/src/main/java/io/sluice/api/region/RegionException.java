package io.sluice.api.region;

import java.nio.file.Path;

/** Something is wrong with a region as a file: its place, its rights, its content. The subclass says what. */
public abstract class RegionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String file;

    RegionException(Path file, String message, Throwable cause) {
        super(file + ": " + message, cause);
        this.file = file.toString();
    }

    /** The file. */
    public final Path file() {
        return Path.of(file);
    }
}
