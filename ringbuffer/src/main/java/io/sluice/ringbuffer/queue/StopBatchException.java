package io.sluice.ringbuffer.queue;

/**
 * Ends a batch in front of the message that is being handled; thrown again and again, and never out of this package.
 */
final class StopBatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StopBatchException() {
        super("the batch ends here", null, false, false);
    }
}
