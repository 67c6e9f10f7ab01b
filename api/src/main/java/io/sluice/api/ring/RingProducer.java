package io.sluice.api.ring;

import java.time.Duration;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * The writing end of a ring. A handle is confined to one thread at a time; hand it over with a happens-before edge.
 *
 * <p>{@code offer} and {@code claim} never wait; {@code put} and {@code awaitClaim} wait with the ring's wait strategy.
 * A message is committed when a call returns {@link OfferResult#ACCEPTED} or {@link Claim#commit()} returns, and is
 * from then on delivered whatever happens to this process. Before that, a crash leaves nothing of it.
 *
 * <p>What may be otherwise in a moment is a result: {@link OfferResult#FULL}, or {@link OfferResult#PEER_DEAD} if nobody
 * is left to make room; a claim is {@code null} for both. What will not change is an exception:
 * {@link MessageTooLargeException}, whatever room there is; {@link io.sluice.api.memory.DetachedException} if this
 * handle or its ring is closed; {@link LeaseLostException} if the role was taken over. A consumer that leaves closes
 * nothing: messages wait for the next one.
 *
 * <p>Memory consistency: what a thread does before it commits a message <em>happens-before</em> what another thread,
 * of any process, does in the handler that is given the message.
 *
 * <p>To whom it is delivered: in a broadcast ring to the consumers that had joined when it was committed, in a lossy
 * one not to who is too slow; elsewhere to whoever consumes, then or later. A staged message is not committed before it
 * is published, see {@link #stage}.
 *
 * <p>Progress: {@code offer}, {@code stage}, {@code claim}, {@link Claim#commit()} and {@code flush} are wait-free,
 * where they ask who of several consumers is dead lock-free: no other producer and no consumer, stopped or killed
 * wherever, keeps them from returning. System calls are the wake-up of consumers that sleep and, from a thousand
 * refusals in a row on, now and then the offer of the processor to others and the question who is dead. {@code put} and
 * {@code awaitClaim} wait for consumers, paused ones included, for as long as the timeout says.
 *
 * <p>Type ids are any number from 0 up; where a call takes none, it is 0.
 */
public interface RingProducer extends AutoCloseable {

    /** The longest message in bytes that this ring can carry. */
    int maxMessageLength();

    /**
     * Copies {@code length} bytes of {@code source} from index {@code from} into the ring as one message. Reports
     * {@link OfferResult#PEER_DEAD} only now and then, because proof of death costs a system call. With any of the
     * exceptions nothing of this message was published.
     *
     * @throws MessageTooLargeException if {@code length} is above {@link #maxMessageLength()} or below 0
     * @throws IllegalArgumentException if {@code typeId} is below 0
     * @throws IndexOutOfBoundsException if {@code source} does not have these bytes
     * @throws IllegalStateException if a claim is open
     * @throws CorruptRingException if the position of a consumer is impossible, which is looked at for room
     * @throws LeaseLostException if this handle's role was taken over
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    OfferResult offer(int typeId, byte[] source, int from, int length);

    /** As {@link #offer(int, byte[], int, int)} for a Chronicle store; {@code from} is an index of the store. */
    OfferResult offer(int typeId, BytesStore<?, ?> source, long from, int length);

    /** As {@link #offer(int, byte[], int, int)} with type 0 and the whole array. */
    default OfferResult offer(byte[] source) {
        return offer(0, source, 0, source.length);
    }

    /**
     * Copies a message in, waiting for room until {@code timeout} has passed. Throws what
     * {@link #offer(int, byte[], int, int)} throws.
     *
     * @return {@link OfferResult#FULL} after the timeout
     * @throws InterruptedException if interrupted before or while waiting; nothing was published
     */
    OfferResult put(int typeId, byte[] source, int from, int length, Duration timeout) throws InterruptedException;

    /** As {@link #put(int, byte[], int, int, Duration)} for a Chronicle store. */
    OfferResult put(int typeId, BytesStore<?, ?> source, long from, int length, Duration timeout)
            throws InterruptedException;

    /** As {@link #put(int, byte[], int, int, Duration)} with type 0 and the whole array, waiting without limit. */
    OfferResult put(byte[] source) throws InterruptedException;

    /**
     * Claims room for a message of {@code length} bytes, to be filled in place.
     *
     * @return the claim, or {@code null} if there is no room now
     * @throws MessageTooLargeException if {@code length} is above {@link #maxMessageLength()} or below 0
     * @throws IllegalArgumentException if {@code typeId} is below 0
     * @throws IllegalStateException if the previous claim is still open
     * @throws CorruptRingException if the position of a consumer is impossible, which is looked at for room
     * @throws LeaseLostException if this handle's role was taken over
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    Claim claim(int typeId, int length);

    /**
     * As {@link #claim(int, int)}, waiting for room.
     *
     * @return the claim, or {@code null} if {@code timeout} has passed or nobody is left who could make room;
     *     {@link #consumerState()} tells which
     * @throws InterruptedException if interrupted before or while waiting; nothing was claimed
     */
    Claim awaitClaim(int typeId, int length, Duration timeout) throws InterruptedException;

    /**
     * As {@link #offer(int, byte[], int, int)}, but published only by the next {@link #flush()} (or the next call that
     * publishes, or is refused for lack of room): many small messages for the price of one hand-over. A crash before
     * that leaves none of them.
     */
    OfferResult stage(int typeId, byte[] source, int from, int length);

    /**
     * Publishes what was staged. Does nothing if that is nothing.
     *
     * @throws LeaseLostException if this handle's role was taken over; nothing was published
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    void flush();

    /**
     * Whether a consumer is there; costs up to a system call for each place that a consumer has. In a broadcast ring
     * that is not lossy it takes their places away from the dead, so they are said to be dead once.
     *
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    PeerState consumerState();

    /**
     * Bytes of this producer's that are committed and not yet released by the consumers, headers and padding included:
     * in a broadcast ring by the slowest, in a lossy one those that are not given up to be overwritten.
     *
     * @throws CorruptRingException if the position of a consumer is impossible
     * @throws io.sluice.api.memory.DetachedException if the handle or its ring is closed
     */
    long backlogBytes();

    /**
     * Publishes what was staged and gives up the role without closing the ring: another producer may go on. Aborts an
     * open claim. Idempotent.
     *
     * @throws LeaseLostException if this handle's role was taken over; said once, the handle is closed
     */
    void leave();

    /**
     * Publishes what was staged, gives up the role and closes the ring: its consumer drains it, then sees
     * {@link RingConsumer#CLOSED}. A producer that joins later opens it again. Aborts an open claim. Idempotent.
     *
     * @throws LeaseLostException if this handle's role was taken over; said once, the handle is closed
     */
    @Override
    void close();
}
