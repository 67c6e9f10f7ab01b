package io.sluice.api.region;

import java.nio.file.Path;

/** The place or the file is refused: rights, owner, or not a plain file. Nothing was changed. */
public final class RegionAccessException extends RegionException {

    private static final long serialVersionUID = 1L;

    RegionAccessException(Path file, String reason, Throwable cause) {
        super(file, reason, cause);
    }

    /** Says what could not be done, and why, in the words of {@code cause}. */
    static RegionAccessException because(Path file, String refused, Exception cause) {
        return new RegionAccessException(file, refused + ": " + FileFailures.reason(cause), cause);
    }
}
