package io.sluice.ringbuffer.worker;

/**
 * A worker ended because its handler threw, or because too many processes died with a message. The message
 * is still there.
 */
public final class HandlerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long position;

    /** With what the handler threw, null if it killed its processes. */
    HandlerFailedException(long position, Throwable cause) {
        super(
                "the message at position " + position
                        + (cause == null ? " was in hand when its processes died" : ": " + cause),
                cause);
        this.position = position;
    }

    /** Position of the message. */
    public long position() {
        return position;
    }
}
