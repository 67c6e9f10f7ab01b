package io.sluice.api.ring;

import java.util.List;

/**
 * What a ring says about itself, read without attaching. Positions move while they are read: a backlog is exact only
 * when nobody is at work.
 *
 * @param kind variant
 * @param capacity bytes of the record area
 * @param checksummed whether each message carries a CRC32C
 * @param backlogBytes bytes that are committed and not yet acknowledged
 * @param producers one for each place that a producer can have
 * @param consumers one for each place that a consumer can have
 */
public record RingReport(
        RingKind kind,
        long capacity,
        boolean checksummed,
        long backlogBytes,
        List<Party> producers,
        List<Party> consumers) {

    /** Copies the lists. */
    public RingReport {
        producers = List.copyOf(producers);
        consumers = List.copyOf(consumers);
    }

    /**
     * A place for a producer or a consumer.
     *
     * @param state who has it
     * @param token identity of the process that has it, 0 if nobody has
     * @param backlogBytes what is committed and not yet acknowledged of this producer's lane, or by this consumer;
     *     {@link #SHARED} where the ring has no such number for each place
     */
    public record Party(PeerState state, long token, long backlogBytes) {

        /** Instead of a backlog: only the ring as a whole has one. */
        public static final long SHARED = -1;

        /** A place without a backlog of its own. */
        public Party(PeerState state, long token) {
            this(state, token, SHARED);
        }

        /** The same with this backlog. */
        public Party withBacklog(long bytes) {
            return new Party(state, token, bytes);
        }
    }
}
