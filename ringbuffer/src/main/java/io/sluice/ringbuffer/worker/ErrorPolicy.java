package io.sluice.ringbuffer.worker;

import io.sluice.api.ring.RingSpec;
import java.time.Duration;
import java.util.Objects;

/**
 * What a worker does when its handler throws: the message is delivered again until it was delivered so often, and then
 * the last resort is taken. Immutable; each {@code with} method returns a changed copy.
 *
 * @param deliveries how often a message is delivered at most, from 1. Deliveries that ended with the death of their
 *     process count, too, up to 65,535 of them; those that a hard stop ended do not, but for what was next in an MPMC ring
 * @param pause how long to wait before the next delivery
 * @param nack whether the message is left to whichever consumer comes first, where several share the ring; otherwise,
 *     and in rings with one consumer, it comes to the same one again
 * @param lastResort what is done then
 * @param deadLetters the ring that takes dead letters; null for the other last resorts
 */
public record ErrorPolicy(int deliveries, Duration pause, boolean nack, LastResort lastResort, RingSpec deadLetters) {

    /** What is done with a message that was delivered often enough. */
    public enum LastResort {
        /**
         * The worker ends with the handler's exception. The message stays first, for the next worker, which tries it at
         * least once, whatever became of those before it.
         */
        STOP,
        /** It is copied, with its type, into the ring of dead letters, and acknowledged when that copy is committed. */
        DEAD_LETTER,
        /**
         * It is acknowledged, and counted. Over an MPMC ring a message that processes died with is tried once more than it
         * is to be delivered, because the ring counts what was next, too, when a worker died in front of it.
         */
        DISCARD
    }

    /** Checks that the parts fit together. */
    public ErrorPolicy {
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(lastResort, "lastResort");
        if (deliveries < 1) {
            throw new IllegalArgumentException("a message is delivered at least once, not " + deliveries + " times");
        }
        if (pause.isNegative()) {
            throw new IllegalArgumentException("pause of " + pause);
        }
        if ((deadLetters != null) != (lastResort == LastResort.DEAD_LETTER)) {
            throw new IllegalArgumentException("last resort " + lastResort + " with dead letters to " + deadLetters);
        }
    }

    /** The worker ends with the first exception. */
    public static ErrorPolicy stop() {
        return new ErrorPolicy(1, Duration.ZERO, false, LastResort.STOP, null);
    }

    /** A message whose handler threw is discarded. */
    public static ErrorPolicy discard() {
        return new ErrorPolicy(1, Duration.ZERO, false, LastResort.DISCARD, null);
    }

    /** A message goes to the ring {@code deadLetters}, which takes messages as long as the worker's ring does. */
    public static ErrorPolicy deadLetter(RingSpec deadLetters) {
        return new ErrorPolicy(1, Duration.ZERO, false, LastResort.DEAD_LETTER, deadLetters);
    }

    /** The same after so many deliveries in all, with a pause between them. */
    public ErrorPolicy withDeliveries(int newDeliveries, Duration newPause) {
        return new ErrorPolicy(newDeliveries, newPause, nack, lastResort, deadLetters);
    }

    /** The same, leaving a failed message to whichever consumer comes first. */
    public ErrorPolicy withNack() {
        return new ErrorPolicy(deliveries, pause, true, lastResort, deadLetters);
    }
}
