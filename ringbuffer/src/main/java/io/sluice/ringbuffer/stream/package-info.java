/** Rings as {@code java.io} streams and {@code java.nio} channels of bytes. */
package io.sluice.ringbuffer.stream;
