package io.sluice.api.ring;

/** What became of a message that was offered to a ring. */
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
