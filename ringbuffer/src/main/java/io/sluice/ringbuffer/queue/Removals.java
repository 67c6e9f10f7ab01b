package io.sluice.ringbuffer.queue;

import io.sluice.api.ring.Message;
import java.util.HashSet;
import java.util.Set;

/**
 * Elements that were removed from the middle. A ring gives room back in order, so they stay where they are until they
 * come first; meanwhile this process, which alone takes from the ring, passes over them. Under the end's lock.
 */
final class Removals {

    private final Set<Long> positions = new HashSet<>();

    void add(long position) {
        positions.add(position);
    }

    int size() {
        return positions.size();
    }

    boolean has(Message message) {
        return !positions.isEmpty() && positions.contains(message.position());
    }

    /** Whether {@code message}, which is being taken out of the ring, had been removed; forgets it. */
    boolean pass(Message message) {
        return !positions.isEmpty() && positions.remove(message.position());
    }

    void clear() {
        positions.clear();
    }
}
