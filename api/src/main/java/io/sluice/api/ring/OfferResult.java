package io.sluice.api.ring;

/**
 * What became of a message that was offered to a ring.
 *
 * <p>There is no result for a closed ring: producers close a ring, and a consumer that closes its handle only leaves.
 * What was committed, and what is committed then, waits for the next one: the answer is {@link #ACCEPTED} as long as
 * there is room, then {@link #FULL}, for which {@code put} waits, or {@link #PEER_DEAD} if the last one died instead. A
 * broadcast ring keeps nothing for those who left. A producer whose own handle or ring is closed gets a
 * {@link io.sluice.api.memory.DetachedException}.
 */
public enum OfferResult {
    /**
     * The message is committed, and delivered as {@link RingProducer} says even if this process dies now; or it is
     * staged, and will be committed by the next {@link RingProducer#flush()}.
     */
    ACCEPTED,
    /** The ring has no room for it now; nothing was written. */
    FULL,
    /** The ring has no room and the process that should make some is dead; nothing was written. */
    PEER_DEAD
}
