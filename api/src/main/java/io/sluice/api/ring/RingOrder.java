package io.sluice.api.ring;

/** In which order a ring delivers the messages of several producers. */
public enum RingOrder {
    /** Those of one producer in the order of their commits; those of different producers in any. */
    PER_PRODUCER,
    /**
     * What one producer committed before another one's commit began is delivered first, whichever producers these are.
     * Messages whose commits overlap come in either order.
     */
    TOTAL
}
