package io.sluice.ringbuffer.stream;

import io.sluice.api.ring.RingConsumer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.Objects;

/**
 * The messages of a ring as a stream of bytes, one behind the other; for rings whose messages go to one consumer. The
 * other end is a {@link RingOutputStream}, or anything else that puts bytes into the ring. As unbuffered as a socket's
 * stream: wrap it to read single bytes.
 *
 * <p>The end of the stream is where whoever writes has closed it. A writer that <em>dies</em> is an {@link IOException}
 * behind its last committed byte, not a silent end; reading on after that goes on with the next one's bytes. A writer
 * that has not come yet, or has left without closing, is waited for.
 *
 * <p>Over a lossy ring a gap is an {@link IOException}, too; reading on goes on behind it, at the start of a message. So
 * is a damaged record there; in other rings reading stays in front of one, and says so every time.
 *
 * <p>A reader that dies leaves the messages that it had not read to their last byte: the next one begins at the first
 * byte of the first of those.
 *
 * <p>Any thread may read, one at a time; any thread may close, which ends a wait within about 20 milliseconds. An
 * interrupt while waiting is an {@link InterruptedIOException}, with the thread's interrupt status set.
 */
public final class RingInputStream extends InputStream {

    private final ByteSource source;

    /** Reads through {@code consumer}, which from now on belongs to the stream. */
    public RingInputStream(RingConsumer consumer) {
        this.source = new ByteSource(Objects.requireNonNull(consumer, "consumer"));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        try {
            return source.read(ByteBuffer.wrap(target, from, length));
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (AsynchronousCloseException e) {
            throw new IOException("the stream was closed while it was being read", e);
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for bytes");
    }

    /** Bytes of the first message that is there. */
    @Override
    public int available() throws IOException {
        return source.available();
    }

    /** Gives up the role; what was not read waits for the next reader. Idempotent. */
    @Override
    public void close() {
        source.close();
    }
}
