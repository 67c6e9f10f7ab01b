package io.sluice.api.ring;

import java.util.Arrays;

/** The variants of rings. */
public enum RingKind {
    /** One producer, one consumer. */
    SPSC("ring.spsc"),
    /**
     * Many producers, one consumer. Each producer has a record area of its own, so none waits for another, and a paused
     * or dead one keeps nobody else's messages back. {@link RingProducer#backlogBytes} is about its own messages. A
     * consumer that finds the area of a producer damaged says so once and passes it over from then on.
     */
    MPSC("ring.mpsc"),
    /** Many producers, many consumers; each message goes to one of them. */
    MPMC("ring.mpmc"),
    /** One producer, many consumers; each message goes to all of them. */
    BROADCAST("ring.broadcast");

    private final String regionKind;

    RingKind(String regionKind) {
        this.regionKind = regionKind;
    }

    /** What a region's header calls this kind. */
    public String regionKind() {
        return regionKind;
    }

    /**
     * The kind that a region's header names.
     *
     * @throws IllegalArgumentException if it names no ring
     */
    public static RingKind ofRegionKind(String regionKind) {
        return Arrays.stream(values())
                .filter(kind -> kind.regionKind.equals(regionKind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + regionKind + "\" is not a kind of ring"));
    }
}
