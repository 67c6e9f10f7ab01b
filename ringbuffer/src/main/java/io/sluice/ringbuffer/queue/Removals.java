package io.sluice.ringbuffer.queue;

import io.sluice.api.ring.Message;
import java.util.HashSet;
import java.util.Set;

/**
 * Elements that were removed from the middle. A ring gives the room of a lane back in order, so they stay where they are
 * until they come first; meanwhile this process, which alone takes from the ring, passes over them. Under the end's
 * lock.
 */
final class Removals {

    private final Set<Spot> spots = new HashSet<>();

    void add(Spot spot) {
        spots.add(spot);
    }

    int size() {
        return spots.size();
    }

    boolean has(Message message) {
        return !spots.isEmpty() && spots.contains(Spot.of(message));
    }

    /** Whether {@code message}, which is being taken out of the ring, had been removed; forgets it. */
    boolean pass(Message message) {
        return !spots.isEmpty() && spots.remove(Spot.of(message));
    }

    void clear() {
        spots.clear();
    }
}
