package io.sluice.api.ring;

import io.sluice.api.region.Region;

/**
 * An attached ring: where producers and consumers come from. Any thread may call its methods; the handles that it
 * gives out are confined to one thread at a time.
 */
public interface Ring extends AutoCloseable {

    /** The variant. */
    RingKind kind();

    /** Size of the record area in bytes. */
    long capacity();

    /** Longest message in bytes. */
    int maxMessageLength();

    /** The region that holds the ring. */
    Region region();

    /**
     * Joins as a producer. The role of a dead process is taken over: what it had committed stays, what it had
     * not is gone.
     *
     * @throws RoleTakenException if the ring has no place for another live producer
     */
    RingProducer producer();

    /**
     * Joins as a consumer. The role of a dead process is taken over: what it had not acknowledged comes again.
     *
     * @throws RoleTakenException if the ring has no place for another live consumer
     */
    RingConsumer consumer();

    /** Gives up the roles of this ring's open handles without closing the stream, then detaches. Idempotent. */
    @Override
    void close();
}
