package io.sluice.api.ring;

import java.util.List;

/**
 * What a ring says about itself, read without attaching. Positions move while they are read: a backlog is exact only
 * when nobody is at work.
 *
 * @param kind variant
 * @param capacity bytes of the record area
 * @param checksummed whether each message carries a CRC32C
 * @param lossy whether the producer of a broadcast ring overwrites what was not read
 * @param backlogBytes bytes that are committed and not yet acknowledged; in a broadcast ring by the slowest consumer
 * @param producers one for each place that a producer can have
 * @param consumers one for each place that a consumer can have
 */
public record RingReport(
        RingKind kind,
        long capacity,
        boolean checksummed,
        boolean lossy,
        long backlogBytes,
        List<Party> producers,
        List<Party> consumers) {

    /** Copies the lists. */
    public RingReport {
        producers = List.copyOf(producers);
        consumers = List.copyOf(consumers);
    }

    /** Of a ring that is not lossy. */
    public RingReport(
            RingKind kind,
            long capacity,
            boolean checksummed,
            long backlogBytes,
            List<Party> producers,
            List<Party> consumers) {
        this(kind, capacity, checksummed, false, backlogBytes, producers, consumers);
    }

    /**
     * A place for a producer or a consumer.
     *
     * @param state who has it
     * @param token identity of the process that has it, 0 if nobody has
     * @param backlogBytes what is committed and not yet acknowledged of this producer's lane, or by this consumer;
     *     {@link #SHARED} where the ring has no such number for each place
     * @param missedBytes what this consumer of a lossy ring has missed
     */
    public record Party(PeerState state, long token, long backlogBytes, long missedBytes) {

        /** Instead of a backlog: only the ring as a whole has one. */
        public static final long SHARED = -1;

        /** A place without a backlog of its own. */
        public Party(PeerState state, long token) {
            this(state, token, SHARED, 0);
        }

        /** The same with this backlog. */
        public Party withBacklog(long bytes) {
            return new Party(state, token, bytes, missedBytes);
        }

        /** The same, having missed so much. */
        public Party withMissed(long bytes) {
            return new Party(state, token, backlogBytes, bytes);
        }
    }
}
