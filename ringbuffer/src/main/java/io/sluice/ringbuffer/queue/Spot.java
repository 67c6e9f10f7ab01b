package io.sluice.ringbuffer.queue;

import io.sluice.api.ring.Message;

/**
 * Which message of a ring: there is never another one of the same lane and position.
 *
 * @param lane that it came through
 * @param position in that lane
 */
record Spot(int lane, long position) {

    static Spot of(Message message) {
        return new Spot(message.lane(), message.position());
    }
}
