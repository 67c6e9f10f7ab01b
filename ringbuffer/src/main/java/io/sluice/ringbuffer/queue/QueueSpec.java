package io.sluice.ringbuffer.queue;

import io.sluice.api.codec.Codec;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.record.Records;
import java.util.Objects;

/**
 * What queue to create or open. Immutable; each {@code with} method returns a changed copy.
 *
 * @param ring the ring below: variant, place, capacity in bytes, wait strategy
 * @param codec what turns elements into messages
 * @param peerLoss what waiting threads do when there is nobody left to wait for
 * @param <E> the elements
 */
public record QueueSpec<E>(RingSpec ring, Codec<E> codec, PeerLoss peerLoss) {

    private static final int LONGEST_HEADER = new RecordFormat(true, true).headerLength();

    /** Checks that nothing is missing and that the ring can be a queue. */
    public QueueSpec {
        Objects.requireNonNull(ring, "ring");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(peerLoss, "peerLoss");
        if (ring.kind() == RingKind.BROADCAST) {
            throw new IllegalArgumentException(
                    ring.address() + ": a broadcast ring gives every message to every consumer, which no queue does");
        }
    }

    /** A queue over a ring, whose waiting threads are told of a lost peer. */
    public static <E> QueueSpec<E> of(RingSpec ring, Codec<E> codec) {
        return new QueueSpec<>(ring, codec, PeerLoss.REPORT);
    }

    /** The same with another answer to a lost peer. */
    public QueueSpec<E> withPeerLoss(PeerLoss newPeerLoss) {
        return new QueueSpec<>(ring, codec, newPeerLoss);
    }

    /**
     * A ring's capacity in bytes that has room for a number of elements: what
     * {@code new ArrayBlockingQueue<>(elements)} becomes. It may have room for more.
     *
     * @param elements so many fit at least, above 0
     * @param longest bytes of the longest message that the codec makes of one
     * @throws IllegalArgumentException if no ring is as large as that
     */
    public static long capacityFor(int elements, int longest) {
        if (elements <= 0 || longest < 0) {
            throw new IllegalArgumentException(elements + " elements of " + longest + " bytes");
        }
        // Beside the elements one padding record, shorter than the longest one, may be in the ring.
        long bytes = Math.max((elements + 1L) * Records.recordLength(LONGEST_HEADER, longest), 2L * longest);
        if (bytes > RingSpec.MAX_CAPACITY) {
            throw new IllegalArgumentException(elements + " elements of " + longest + " bytes need " + bytes
                    + " bytes, above " + RingSpec.MAX_CAPACITY);
        }
        long capacity = RingSpec.MIN_CAPACITY;
        while (capacity < bytes) {
            capacity *= 2;
        }
        return capacity;
    }
}
