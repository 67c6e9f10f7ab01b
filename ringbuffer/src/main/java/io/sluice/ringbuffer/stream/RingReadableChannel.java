package io.sluice.ringbuffer.stream;

import io.sluice.api.ring.RingConsumer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;

/**
 * The messages of a ring as a channel of bytes; everything that {@link RingInputStream} says holds here, too. Reads at
 * least one byte, waiting for it, and as many more as there are. Direct buffers are filled without a copy in between.
 *
 * <p>As with every interruptible channel, an interrupt while reading closes it.
 */
public final class RingReadableChannel implements ReadableByteChannel, InterruptibleChannel {

    private final ByteSource source;

    /** Reads through {@code consumer}, which from now on belongs to the channel. */
    public RingReadableChannel(RingConsumer consumer) {
        this.source = new ByteSource(Objects.requireNonNull(consumer, "consumer"));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("a read-only buffer cannot be read into");
        }
        try {
            return source.read(target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            ClosedByInterruptException thrown = new ClosedByInterruptException();
            thrown.initCause(e);
            throw thrown;
        }
    }

    @Override
    public boolean isOpen() {
        return source.isOpen();
    }

    /** Gives up the role; what was not read waits for the next reader. Idempotent. */
    @Override
    public void close() {
        source.close();
    }
}
