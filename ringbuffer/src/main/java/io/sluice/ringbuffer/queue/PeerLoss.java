package io.sluice.ringbuffer.queue;

/** What a thread that waits in a {@link SharedBlockingQueue} does when there is nobody left to wait for. */
public enum PeerLoss {
    /**
     * It gets a {@link PeerDiedException} or a {@link QueueClosedException}. Calling again waits again, and
     * is told again.
     */
    REPORT,
    /** It goes on waiting, for the next process to take the dead one's place or to open the queue again. */
    WAIT
}
