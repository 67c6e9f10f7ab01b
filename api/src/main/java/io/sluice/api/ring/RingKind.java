package io.sluice.api.ring;

import java.util.Arrays;

/**
 * The variants of rings. In each of them a paused participant keeps its role and what it holds for as long as it is
 * paused, and the place of a dead one is taken over by whoever joins next.
 */
public enum RingKind {
    /**
     * One producer, one consumer; messages come in the order of their commits. What a dead consumer had not
     * acknowledged comes again, to the next one. A consumer that meets a damaged position or record is refused there by
     * every call, as long as that is damaged ({@link CorruptRingException}), and so is the next one; the producer goes
     * on until the ring is full.
     */
    SPSC("ring.spsc"),
    /**
     * Many producers, one consumer; messages come in the {@link RingOrder} that the ring was made with. Each producer
     * has a record area of its own, so none waits for another, and a paused or dead one keeps nobody else's messages
     * back. {@link RingProducer#backlogBytes} is about its own messages. What a dead consumer had not acknowledged
     * comes again, to the next one.
     *
     * <p>A consumer that finds the area of a producer damaged says so once ({@link CorruptRingException}) and passes it
     * over from then on; that producer goes on until its area is full. At the end of the stream each call names the
     * damage again, instead of an end: not everything was delivered.
     */
    MPSC("ring.mpsc"),
    /**
     * Many producers, many consumers; each message goes to one of them. With one consumer the messages of each producer
     * come in the order of their commits, those of different producers in any; with several there is no order between
     * what different consumers handle, and what comes again comes later. Each producer has a record area of its own, as
     * in an {@link #MPSC} ring.
     *
     * <p>A consumer takes messages that follow each other in one area, no more than its call may handle, nor, unless it
     * is one message, than an eighth of the area. A paused consumer keeps those, and the room behind them, and nobody
     * waits for it but a producer that needs that room, and the end of the stream. What a dead one had taken and not
     * acknowledged goes to another one; the message that it may have begun is marked as redelivered.
     *
     * <p>A damaged area is named once to each consumer ({@link CorruptRingException}), which passes it over for as long
     * as nothing can be taken from it. Messages that were taken and cannot be read any more are named once and set
     * aside for all. At the end of the stream each call names the damage again, instead of an end: not everything was
     * delivered.
     */
    MPMC("ring.mpmc"),
    /**
     * One producer, many consumers; each message goes to all that have joined before it was committed, in the order of
     * the commits. Where nobody has joined, messages go nowhere, and the producer is never refused.
     *
     * <p>The slowest consumer holds the producer up, a paused one for as long as it is paused. A dead one does not: its
     * place is taken away when the producer waits for it, and what it had not read goes to nobody else; nor does what
     * one that closes had not read. In a lossy ring ({@link RingSpec#withLossy}) nobody holds the producer up, and who
     * is too slow misses messages and is told so ({@link RingConsumer#LAPPED}).
     *
     * <p>A consumer that meets a damaged position or record is refused there by every call
     * ({@link CorruptRingException}), and holds the producer up until it is closed. One that joins then gets what is
     * committed from then on. In a lossy ring a damaged record is named once to each consumer, which goes on behind it
     * where a record is known to start; what is in between counts as missed. Damaged positions are named until the
     * producer stores them again.
     */
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
