package io.sluice.api.region;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The place or the file is refused: rights, owner, or not a plain file. Nothing was changed. */
public final class RegionAccessException extends RegionException {

    private static final long serialVersionUID = 1L;

    RegionAccessException(Path file, String reason, Throwable cause) {
        super(file, reason, cause);
    }

    /** Says what could not be done, and why, in the words of {@code cause}. */
    static RegionAccessException because(Path file, String refused, Exception cause) {
        return new RegionAccessException(file, refused + ": " + reason(cause), cause);
    }

    /** A file system exception of the JDK often has nothing but a path for a message: its class says what happened. */
    private static String reason(Exception cause) {
        if (!(cause instanceof FileSystemException failure) || failure.getReason() != null) {
            return cause.getMessage();
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no " + failure.getFile();
        }
        if (cause instanceof AccessDeniedException) {
            return failure.getFile() + ": permission denied";
        }
        return cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
