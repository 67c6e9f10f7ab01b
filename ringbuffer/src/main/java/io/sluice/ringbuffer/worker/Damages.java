package io.sluice.ringbuffer.worker;

import io.sluice.api.ring.CorruptRingException;
import java.util.HashSet;
import java.util.Set;

/**
 * The damaged places of a ring that a thread has come upon. A ring names a place once and passes it over; at the end of
 * the stream it names one of them again with each call. Confined to its thread.
 */
final class Damages {

    private final Set<String> seen = new HashSet<>();
    private int inARow; // without a message in between

    /** Notes a place; returns whether it is new. */
    boolean note(CorruptRingException e) {
        inARow++;
        return seen.add(e.field());
    }

    /** A message was delivered. */
    void reset() {
        inARow = 0;
    }

    /** Whether each of the places has come round since the last message: then there is nothing but damage. */
    boolean isAllThatIsLeft() {
        return inARow > seen.size();
    }
}
