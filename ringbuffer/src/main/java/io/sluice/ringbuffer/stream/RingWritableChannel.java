package io.sluice.ringbuffer.stream;

import io.sluice.api.ring.RingProducer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/**
 * A channel of bytes into a ring; everything that {@link RingOutputStream} says holds here, too. Writes the whole
 * buffer, waiting for room. Direct buffers are written without a copy in between.
 *
 * <p>As with every interruptible channel, an interrupt while writing closes it, but does not end the stream: the reader
 * waits for another writer.
 */
public final class RingWritableChannel implements WritableByteChannel, InterruptibleChannel {

    private final ByteSink sink;

    /** Writes through {@code producer}, which from now on belongs to the channel. */
    public RingWritableChannel(RingProducer producer) {
        this.sink = new ByteSink(Objects.requireNonNull(producer, "producer"));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        try {
            return sink.write(source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave();
            ClosedByInterruptException thrown = new ClosedByInterruptException();
            thrown.initCause(e);
            throw thrown;
        }
    }

    @Override
    public boolean isOpen() {
        return sink.isOpen();
    }

    /** Gives up the role without ending the stream: another writer may go on. Idempotent. */
    public void leave() {
        sink.leave();
    }

    /** Ends the stream. Idempotent. */
    @Override
    public void close() {
        sink.close();
    }
}
