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
 * <p>Should a process be held for dead wrongly, its permits are given back, and its next acquisition, release, transfer
 * or {@link #heldPermits()} throws {@link FencedException} and changes nothing; the one after that starts with nothing
 * held, and with another {@link #holderId()}.
 *
 * <p>Progress: as {@link SharedSemaphore} says. A change that a process has made and not yet booked, stopped or dead,
 * is booked by the next one to make one; a change that it has only announced hinders nobody. Who finds too few permits
 * asks, at the price of a system call each, whether the holders live.
 *
 * <p>Memory consistency: also what a thread does before a {@link #transfer} <em>happens-before</em> what another does
 * that was told of the permits by {@link #heldPermits()}, or released or transferred them; and everything that a dead
 * holder did happens-before what follows an acquisition of permits that came back from it.
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

    /**
     * Permits held through this attachment.
     *
     * @throws FencedException if this process was held for dead; from now on nothing is held
     */
    int heldPermits();

    /**
     * What to call this attachment as the receiver of a {@link #transfer}; never 0. The same until it is closed, or
     * until it throws a {@link FencedException}: from then on it is another one, and nobody has the old one again.
     */
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
