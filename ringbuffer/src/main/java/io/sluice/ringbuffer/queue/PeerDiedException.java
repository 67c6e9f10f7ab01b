package io.sluice.ringbuffer.queue;

/**
 * The process that a call was waiting for is dead: it had the queue's other end, and nobody has taken it over. Nothing
 * was put or taken by the call. What the dead process had put was delivered before this.
 */
public final class PeerDiedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names the queue and says what the dead process did there. */
    PeerDiedException(String queue, String role) {
        super(queue + ": the process that " + role + " it is dead");
    }
}
