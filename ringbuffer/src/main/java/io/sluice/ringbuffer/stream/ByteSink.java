package io.sluice.ringbuffer.stream;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingProducer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts bytes into a ring as messages. Any thread may write, one at a time, and any may close, also under one that
 * writes: that one notices after a slice.
 */
final class ByteSink {

    /** Long enough to make hand-overs cheap, short enough for several to be under way. */
    private static final int LONGEST_CHUNK = 64 << 10;

    /** How long a writer waits before it looks whether it was closed. */
    private static final Duration SLICE = Duration.ofMillis(20);

    private final RingProducer producer;
    private final int longest;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    ByteSink(RingProducer producer) {
        this.producer = producer;
        // A quarter of the capacity, or one byte would be too long for the smallest of rings.
        this.longest = Math.max(1, Math.min(LONGEST_CHUNK, producer.maxMessageLength() / 2));
    }

    boolean isOpen() {
        return !closed;
    }

    /**
     * Writes everything that {@code source} has, waiting for room. Each chunk is committed as a whole; an exception
     * leaves {@code source} behind the last one that was.
     *
     * @throws IOException if there is no room and whoever reads is dead, if the ring is damaged, or as
     *     {@link java.nio.channels.WritableByteChannel} says when this is closed
     */
    int write(ByteBuffer source) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            int before = source.remaining();
            while (source.hasRemaining()) {
                writeChunk(source, Math.min(source.remaining(), longest));
            }
            return before;
        } catch (CorruptRingException | LeaseLostException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private void writeChunk(ByteBuffer source, int length) throws IOException, InterruptedException {
        try (Claim claim = claim(length)) {
            if (source.hasArray()) {
                claim.setBytes(0, source.array(), source.arrayOffset() + source.position(), length);
            } else {
                claim.byteBuffer().put(source.duplicate().limit(source.position() + length));
            }
            claim.commit();
        }
        source.position(source.position() + length);
    }

    private Claim claim(int length) throws IOException, InterruptedException {
        Claim claim;
        while ((claim = producer.awaitClaim(0, length, SLICE)) == null) {
            if (closed) {
                throw new AsynchronousCloseException();
            }
            if (producer.consumerState() == PeerState.DEAD) {
                throw new IOException("the process that read is dead, and the ring is full");
            }
        }
        return claim;
    }

    /** Ends the stream: whoever reads gets everything that was written and then its end. Idempotent. */
    void close() {
        end(true);
    }

    /** Leaves the stream without ending it. Idempotent. */
    void leave() {
        end(false);
    }

    private void end(boolean endsStream) {
        closed = true;
        lock.lock();
        try {
            if (endsStream) {
                producer.close();
            } else {
                producer.leave();
            }
        } finally {
            lock.unlock();
        }
    }
}
