/** Threads that run a handler over a ring. */
package io.sluice.ringbuffer.worker;
