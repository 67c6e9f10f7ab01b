package io.sluice.api.ring;

import io.sluice.api.region.Region;

/**
 * An attached ring: where producers and consumers come from. Any thread may call its methods; the handles that it
 * gives out are confined to one thread at a time.
 */
public interface Ring extends AutoCloseable {

    /** The variant. */
    RingKind kind();

    /** Size of the record area in bytes, of each where every producer has one. */
    long capacity();

    /** Longest message in bytes. */
    int maxMessageLength();

    /** The region that holds the ring. */
    Region region();

    /**
     * Joins as a producer. The role of a dead process is taken over: what it had committed stays, what it had
     * not is gone. Costs up to a system call for each place that somebody has.
     *
     * @throws RoleTakenException if the ring has no place for another live producer
     * @throws CorruptRingException if the positions to go on from are impossible, in a ring of several record areas
     *     those of all that are free; no role is taken
     * @throws io.sluice.api.memory.ReadOnlyRegionException if the ring was opened for reading only
     * @throws io.sluice.api.memory.DetachedException if this ring is closed
     */
    RingProducer producer();

    /**
     * Joins as a consumer. The role of a dead process is taken over: what it had not acknowledged comes again. A
     * consumer of a broadcast ring takes nothing over: it gets what is committed from now on. Costs up to a system call
     * for each place that somebody has.
     *
     * @throws RoleTakenException if the ring has no place for another live consumer
     * @throws CorruptRingException if the positions to go on from are impossible; no role is taken. In a ring of
     *     several record areas the first call that meets them says so
     * @throws io.sluice.api.memory.ReadOnlyRegionException if the ring was opened for reading only
     * @throws io.sluice.api.memory.DetachedException if this ring is closed
     */
    RingConsumer consumer();

    /**
     * Gives up the roles of this ring's open handles without closing the stream, then detaches. Any thread, also while
     * others use or wait in its handles: they get {@link io.sluice.api.memory.DetachedException}. Idempotent.
     */
    @Override
    void close();
}
