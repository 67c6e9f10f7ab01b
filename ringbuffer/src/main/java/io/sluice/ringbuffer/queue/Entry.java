package io.sluice.ringbuffer.queue;

/**
 * An element that was seen in the ring.
 *
 * @param position of its message
 * @param element as the codec read it
 */
record Entry<E>(long position, E element) {}
