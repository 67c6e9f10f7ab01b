package io.sluice.api.ring;

import java.time.Duration;

/**
 * The reading end of a ring. A handle is confined to one thread at a time; hand it over with a happens-before edge.
 *
 * <p>{@code poll} and {@code peek} never wait; {@code take} waits with the ring's wait strategy. Results above zero are
 * numbers of messages; {@link #EMPTY}, {@link #CLOSED} and {@link #PEER_DEAD} say why there was none, and in a lossy
 * ring {@link #LAPPED} that there were some.
 *
 * <p>A message is acknowledged after its handler returned, in batches: at the end of a call and now and then inside it.
 * What a dead consumer had handled but not acknowledged is delivered again, to the next one or, where consumers share
 * the messages, to another one; not in a broadcast ring, where what a consumer had not read goes with it. There is no
 * call that acknowledges: messages are acknowledged in their order, so that one position says it all, and who must not
 * acknowledge a message yet does not return from its handler, or throws.
 *
 * <p>Progress: {@code poll} and {@code peek} are lock-free but for the handler: nobody who is stopped or killed in the
 * middle of anything keeps them from returning. In rings with one producer and one consumer they are wait-free. System
 * calls are the wake-up of those who sleep and, now and then, the offer of the processor to others and the question who
 * is dead. {@code take} waits for producers, paused ones included, for as long as its timeout says.
 */
public interface RingConsumer extends AutoCloseable {

    /** Nothing is there now. */
    int EMPTY = 0;

    /**
     * Everything was delivered and the producer closed the ring. With several producers: none is there any
     * more, at least one of them closed, and none that died was not replaced; if all of them left, the
     * answer stays {@link #EMPTY}.
     */
    int CLOSED = -1;

    /**
     * Everything that was committed was delivered and the producer is dead. With several producers: none lives any
     * more, and one that died was not replaced, whether others closed or not.
     */
    int PEER_DEAD = -2;

    /**
     * Only in a lossy ring: the producer overwrote messages before this consumer had read them,
     * {@link #missedBytes()} says how much. It goes on behind them with the next call. Said once, after everything
     * that was read in front of the gap.
     */
    int LAPPED = -3;

    /**
     * Gives up to {@code limit} messages to {@code handler}, in order, and acknowledges them. Reports
     * {@link #PEER_DEAD} only now and then, because proof of death costs a system call; use {@link #producerState()} or
     * {@code take} to know at once. Never waits, but offers the processor to others once in some thousand empty calls.
     * A handler may close its consumer: no further message comes.
     *
     * <p>If the handler throws, the messages before are acknowledged, this one is not and comes first next time, and
     * the exception is thrown on.
     *
     * @return how many messages were handled, or {@link #EMPTY}, {@link #CLOSED}, {@link #PEER_DEAD}, {@link #LAPPED}
     * @throws CorruptRingException if the ring's state is impossible; nothing was delivered from there on.
     *     {@link RingKind} says for each variant what comes after that
     * @throws ChecksumException if a message does not match its checksum; it was skipped
     * @throws IllegalArgumentException if {@code limit} is not above 0
     * @throws IllegalStateException inside of a handler of this consumer
     * @throws LeaseLostException if this handle's role was taken over; what it had handled since its last
     *     acknowledgement is delivered again to the new holder
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    int poll(MessageHandler handler, int limit);

    /**
     * As {@link #poll}, waiting for at least one message until {@code timeout} has passed ({@link #EMPTY}).
     *
     * @throws InterruptedException if interrupted before or while waiting; nothing was handled. A message that is there
     *     at once is handled, interrupted or not
     */
    int take(MessageHandler handler, int limit, Duration timeout) throws InterruptedException;

    /** As {@link #take(MessageHandler, int, Duration)} without a time limit. */
    int take(MessageHandler handler, int limit) throws InterruptedException;

    /**
     * Shows up to {@code limit} messages to {@code handler} without acknowledging them: they all come again, and the next
     * {@code poll} begins with the first of them, unless a lossy ring's producer has overwritten it.
     * A message that does not match its checksum, or in a lossy ring is damaged otherwise, is not skipped here: this
     * throws until {@link #poll} has skipped it.
     *
     * <p>Where consumers share the messages, what is shown is taken: no other consumer gets it while this one lives and
     * keeps it, further calls show the same or less, and the next {@code poll} handles it first.
     *
     * @return how many were shown, or as {@link #poll}
     */
    int peek(MessageHandler handler, int limit);

    /**
     * Leaves what this consumer has taken and not acknowledged to whichever consumer comes first, this one included:
     * after a handler threw, its message and those that were taken with it; after {@link #peek}, what it showed. The
     * message whose handler threw comes marked as redelivered. Without this, it comes first to this consumer again, and
     * nobody else gets what was taken with it.
     *
     * <p>Does nothing if there is no such message, if nobody else could get it (rings with one consumer, or that give
     * all messages to all), or if so much was left already that the ring has no place to note more.
     *
     * @throws IllegalStateException inside of a handler
     * @throws LeaseLostException if this handle's role was taken over
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    default void nack() {}

    /**
     * Bytes that this consumer has missed since it joined, headers and padding included: what it missed at most,
     * because a part may have been there before it joined or been padding. What it went past behind a damaged record is
     * counted, too. Always 0 but in a lossy ring.
     */
    default long missedBytes() {
        return 0;
    }

    /**
     * Whether a producer is there; costs up to a system call for each place that a producer has.
     *
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    PeerState producerState();

    /**
     * Bytes that are committed and not yet acknowledged, headers and padding included: in a broadcast ring by this
     * consumer, elsewhere by all. Without lanes that this consumer of an MPSC ring passes over as damaged.
     *
     * @throws CorruptRingException if the positions that say so are impossible
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    long backlogBytes();

    /**
     * Gives up the role. The messages that were not acknowledged wait for the next consumer, or go to another one; in a
     * broadcast ring nobody else gets them. Called by its own handler it gives the role up behind that. Idempotent.
     *
     * @throws LeaseLostException if this handle's role was taken over; said once, the handle is closed
     */
    @Override
    void close();
}
