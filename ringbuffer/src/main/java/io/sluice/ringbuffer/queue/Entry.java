package io.sluice.ringbuffer.queue;

/**
 * An element that was seen in the ring.
 *
 * @param spot of its message
 * @param element as the codec read it
 */
record Entry<E>(Spot spot, E element) {}
