/** Ready-made codecs. */
package io.sluice.ringbuffer.codec;
