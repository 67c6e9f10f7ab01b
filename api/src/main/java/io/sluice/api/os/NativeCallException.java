package io.sluice.api.os;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A system call failed. The message names the call, what it was applied to, and the error in words and as a number. */
public final class NativeCallException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;
    private final String subject;

    /**
     * Describes a failed call.
     *
     * @param call the name of the call, as the manual page has it
     * @param errno the error number the call left
     * @param subject what it was applied to: a path, or an address and a length
     */
    NativeCallException(String call, int errno, String subject) {
        super(new IOException(call + " " + subject + ": " + LibC.strerror(errno) + " (errno " + errno + ")"));
        this.call = call;
        this.errno = errno;
        this.subject = subject;
    }

    /** Returns the message without the name of the wrapped exception in front. */
    @Override
    public String getMessage() {
        return getCause().getMessage();
    }

    /** Returns the name of the call, as the manual page has it. */
    public String call() {
        return call;
    }

    /** Returns the error number; compare it with {@link Errno}. */
    public int errno() {
        return errno;
    }

    /** Returns what the call was applied to: a path, or an address and a length. */
    public String subject() {
        return subject;
    }
}
