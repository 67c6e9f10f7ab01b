package io.sluice.api.ring;

/** What became of a message that was offered to a ring. */
public enum OfferResult {
    /** The message is committed: it will be delivered even if this process dies now. */
    ACCEPTED,
    /** The ring has no room for it now; nothing was written. */
    FULL,
    /** The ring has no room and the process that should make some is dead; nothing was written. */
    PEER_DEAD
}
