package io.sluice.ringbuffer.stream;

import io.sluice.api.ring.RingProducer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.Objects;

/**
 * A stream of bytes into a ring. What a call writes is committed when it returns, as one message, or as several if it
 * is long: as unbuffered as a socket's stream, so wrap it to write single bytes. {@link #flush()} has nothing to do.
 *
 * <p>{@link #close()} ends the stream: the reader gets everything and then the end. A writer that <em>dies</em> leaves
 * what it had committed, and the reader an exception instead of an end. Use {@link #leave()} to give up without telling
 * the reader that this was all.
 *
 * <p>Waits for room. A reader that is dead while there is none is an {@link IOException}; one that has not come yet, or
 * has closed its stream, is waited for.
 *
 * <p>Any thread may write, one at a time; any thread may close, which ends a wait within about 20 milliseconds. An
 * interrupt while waiting is an {@link InterruptedIOException}, with the thread's interrupt status set; its
 * {@code bytesTransferred} says how much of the array was committed.
 */
public final class RingOutputStream extends OutputStream {

    private final ByteSink sink;

    /** Writes through {@code producer}, which from now on belongs to the stream. */
    public RingOutputStream(RingProducer producer) {
        this.sink = new ByteSink(Objects.requireNonNull(producer, "producer"));
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, source.length);
        ByteBuffer bytes = ByteBuffer.wrap(source, from, length);
        try {
            sink.write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException thrown = new InterruptedIOException("interrupted while waiting for room");
            thrown.bytesTransferred = bytes.position() - from;
            throw thrown;
        } catch (AsynchronousCloseException e) {
            throw new IOException("the stream was closed while it was being written", e);
        }
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
