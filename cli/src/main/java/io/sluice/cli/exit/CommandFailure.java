package io.sluice.cli.exit;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Ends a command with an exit code and one line for the user, or none if there is nothing to say. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * An end with something to say.
     *
     * @param exitCode one of {@link ExitCode}
     */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }

    /** A failure's message as one line: the first reason that says something, without line breaks. */
    public static String oneLine(Throwable failure) {
        String message = message(failure);
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return message.replaceAll("\\s*\\R\\s*", " ").strip();
    }

    /** Of these exceptions the JDK's message is the file alone. */
    private static String message(Throwable failure) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        return failure.getMessage();
    }
}
