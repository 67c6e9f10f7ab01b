/** Rings as {@link java.util.concurrent.BlockingQueue}s. */
package io.sluice.ringbuffer.queue;
