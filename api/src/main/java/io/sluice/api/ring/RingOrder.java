package io.sluice.api.ring;

/**
 * In which order an MPSC ring delivers the messages of several producers. {@link #PER_PRODUCER} is the default, because
 * its producers share no word that they write with each message: docs/performance.md has it move two to three times as
 * many messages of 32 bytes as the other.
 */
public enum RingOrder {
    /** Those of one producer in the order of their commits; those of different producers in any. The default. */
    PER_PRODUCER,
    /**
     * What one producer committed before another one's commit began is delivered first, whichever producers these are.
     * Messages whose commits overlap come in either order. Costs each publication an addition to a word that all
     * producers share, and each message 8 bytes and a comparison with those of the others.
     */
    TOTAL
}
