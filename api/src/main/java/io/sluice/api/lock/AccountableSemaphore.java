package io.sluice.api.lock;

/**
 * A semaphore whose permits have holders, as System V's with {@code SEM_UNDO}: when a process dies, what it held comes
 * back, exactly once. The number of permits is the same for ever: {@link #maximumPermits()} is what is available plus
 * what is held.
 *
 * <p>A holder is an attachment: {@link #release} gives back what was acquired through the same object, by
 * whatever thread, and refuses more. {@link #close()} gives back everything that is held through it, as the end
 * of the process would.
 *
 * <p>Should a process be held for dead wrongly, its permits are given back, and its next acquisition, release or
 * transfer throws {@link FencedException} and changes nothing; the one after that starts with nothing held.
 */
public interface AccountableSemaphore extends SharedSemaphore {

    /** The greatest number of permits that such a semaphore can have. */
    int MAX_PERMITS = (1 << 20) - 1;

    /** How many attachments can hold permits at a time. */
    int MAX_HOLDERS = 192;

    /**
     * {@inheritDoc}
     *
     * @throws IllegalMonitorStateException if this attachment holds fewer; nothing changed
     * @throws FencedException if this process was held for dead; nothing changed
     */
    @Override
    void release(int permits);

    /** Permits held through this attachment. */
    int heldPermits();

    /** What to call this attachment as the receiver of a {@link #transfer}; never 0, the same until it is closed. */
    long holderId();

    /**
     * Hands permits of this attachment to another one, of any process, in one step: at no instant, whoever dies, are
     * they available, lost, or held twice.
     *
     * @param receiver the other's {@link #holderId()}
     * @throws IllegalMonitorStateException if this attachment holds fewer; nothing changed
     * @throws IllegalArgumentException if there is no such receiver or it is dead; nothing changed
     * @throws FencedException if this process was held for dead; nothing changed
     */
    void transfer(int permits, long receiver);
}
