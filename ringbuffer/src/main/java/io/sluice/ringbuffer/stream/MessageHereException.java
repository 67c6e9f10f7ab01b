package io.sluice.ringbuffer.stream;

/** Refuses a message that was waited for, so that it stays where it is; never leaves this package. */
final class MessageHereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MessageHereException() {
        super("a message is here", null, false, false);
    }
}
