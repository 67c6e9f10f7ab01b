package io.sluice.ringbuffer.queue;

/**
 * Nothing more will come, or be accepted: whoever puts into the queue has finished it. Everything before was delivered.
 */
public final class QueueClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names the queue. */
    QueueClosedException(String queue) {
        super(queue + ": was finished by the process that put into it");
    }
}
