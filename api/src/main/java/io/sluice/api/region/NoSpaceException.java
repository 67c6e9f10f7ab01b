package io.sluice.api.region;

import java.nio.file.Path;

/** The file system has no room for a region; nothing is left of it. */
public final class NoSpaceException extends RegionException {

    private static final long serialVersionUID = 1L;

    NoSpaceException(Path file, long bytes, Throwable cause) {
        super(file, "no room for " + bytes + " bytes", cause);
    }
}
