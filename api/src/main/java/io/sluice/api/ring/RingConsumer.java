package io.sluice.api.ring;

import java.time.Duration;

/**
 * The reading end of a ring. A handle is confined to one thread at a time; hand it over with a happens-before edge.
 *
 * <p>{@code poll} and {@code peek} never wait; {@code take} waits with the ring's wait strategy. Results above zero are
 * numbers of messages; {@link #EMPTY}, {@link #CLOSED} and {@link #PEER_DEAD} say why there was none.
 *
 * <p>A message is acknowledged after its handler returned, in batches: at the end of a call and now and then inside it.
 * What a dead consumer had handled but not acknowledged is delivered again to the next one.
 */
public interface RingConsumer extends AutoCloseable {

    /** Nothing is there now. */
    int EMPTY = 0;

    /** Everything was delivered and the producer closed the ring. */
    int CLOSED = -1;

    /** Everything that was committed was delivered and the producer is dead. */
    int PEER_DEAD = -2;

    /**
     * Gives up to {@code limit} messages to {@code handler}, in order, and acknowledges them. Reports
     * {@link #PEER_DEAD} only now and then, because proof of death costs a system call; use {@link #producerState()} or
     * {@code take} to know at once.
     *
     * <p>If the handler throws, the messages before are acknowledged, this one is not and comes first next time, and
     * the exception is thrown on.
     *
     * @return how many messages were handled, or {@link #EMPTY}, {@link #CLOSED}, {@link #PEER_DEAD}
     * @throws CorruptRingException if the ring's state is impossible; nothing was delivered from there on
     * @throws ChecksumException if a message does not match its checksum; it was skipped
     * @throws LeaseLostException if this handle's role was taken over; what it had handled since its last
     *     acknowledgement is delivered again to the new holder
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    int poll(MessageHandler handler, int limit);

    /** As {@link #poll}, waiting for at least one message until {@code timeout} has passed ({@link #EMPTY}). */
    int take(MessageHandler handler, int limit, Duration timeout) throws InterruptedException;

    /** As {@link #take(MessageHandler, int, Duration)} without a time limit. */
    int take(MessageHandler handler, int limit) throws InterruptedException;

    /**
     * Shows up to {@code limit} messages to {@code handler} without acknowledging them: they all come again.
     * A message that does not match its checksum is not skipped here: this throws until {@link #poll} has skipped it.
     *
     * @return how many were shown, or as {@link #poll}
     */
    int peek(MessageHandler handler, int limit);

    /** Whether a producer is there; costs a system call. */
    PeerState producerState();

    /** Bytes that are committed and not yet acknowledged. */
    long backlogBytes();

    /** Gives up the role; the messages that were not acknowledged wait for the next consumer. Idempotent. */
    @Override
    void close();
}
