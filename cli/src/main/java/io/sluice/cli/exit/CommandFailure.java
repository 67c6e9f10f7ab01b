package io.sluice.cli.exit;

import io.sluice.api.region.FileFailures;

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
        String message = FileFailures.reason(failure);
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return message.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
