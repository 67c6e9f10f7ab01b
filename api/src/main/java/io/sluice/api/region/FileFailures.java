package io.sluice.api.region;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures of the file system in words for people. */
public final class FileFailures {

    private FileFailures() {}

    /**
     * What happened. A file system exception of the JDK often has nothing but a path for a message: its class says what
     * happened.
     *
     * @return the message of {@code failure} where it says something; may be {@code null} as that may
     */
    public static String reason(Throwable failure) {
        if (!(failure instanceof FileSystemException refused) || refused.getReason() != null) {
            return failure.getMessage();
        }
        if (failure instanceof NoSuchFileException) {
            return refused.getFile() + ": no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return refused.getFile() + ": permission denied";
        }
        return failure.getClass().getSimpleName() + " " + failure.getMessage();
    }
}
