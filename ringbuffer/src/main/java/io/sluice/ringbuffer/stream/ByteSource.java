package io.sluice.ringbuffer.stream;

import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.RingConsumer;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes of a ring's messages, one behind the other. A message is acknowledged when its last byte was read.
 *
 * <p>Any thread may read, one at a time, and any may close, also under one that reads: that one notices after a slice.
 */
final class ByteSource {

    /** What a read returns that finds the end of the stream. */
    static final int END = -1;

    /** How long a reader waits before it looks whether it was closed. */
    private static final Duration SLICE = Duration.ofMillis(20);

    private final RingConsumer consumer;
    private final ReentrantLock lock = new ReentrantLock();
    private final MessageHandler copy = this::copy;
    private final MessageHandler look = this::look;
    private final MessageHandler refuse = this::refuse;
    private final MessageHereException here = new MessageHereException();
    private volatile boolean closed;
    // Guarded by the lock.
    private boolean ended;
    private int done; // bytes of the first message that were read
    private int first; // length of the first message
    private long total;
    private long missed; // of which the reader was told
    private RuntimeException failure; // met behind bytes that were returned; the reader is not told yet
    private ByteBuffer target;

    ByteSource(RingConsumer consumer) {
        this.consumer = consumer;
    }

    boolean isOpen() {
        return !closed;
    }

    /**
     * Reads at least one byte, waiting for it, and as many more as there are without waiting. What goes wrong behind the
     * first of them is told by the next read. Behind an exception of the ring it goes on with the first byte of a message;
     * damage is met at every read, but that a lossy ring's consumer goes on behind a damaged record, and where there are
     * several lanes, a damaged one is passed over.
     *
     * @return how many, or {@link #END}
     * @throws IOException if whoever writes is dead and everything it wrote was read, if the ring is damaged, or as
     *     {@link java.nio.channels.ReadableByteChannel} says when this is closed
     */
    int read(ByteBuffer into) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (!into.hasRemaining()) {
                return 0;
            }
            tellOfFailure();
            checkForGap();
            target = into;
            int start = into.position();
            while (!ended && !readWhatIsThere(start)) {
                checkForGap();
                awaitMessage();
            }
            int read = into.position() - start;
            total += read;
            return read == 0 ? END : read;
        } catch (CorruptRingException | ChecksumException | LeaseLostException e) {
            // What comes next may be another message than the one that was read in part.
            done = 0;
            throw new IOException(e.getMessage(), e);
        } finally {
            target = null;
            lock.unlock();
        }
    }

    /** Bytes of the first message that can be read without waiting. */
    int available() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (ended || consumer.peek(look, 1) <= 0 || consumer.missedBytes() != missed) {
                return 0;
            }
            return first - done;
        } catch (CorruptRingException | ChecksumException | LeaseLostException e) {
            done = 0;
            throw new IOException(e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a byte was read, the first of them to {@code start}. */
    private boolean readWhatIsThere(int start) {
        int acknowledged = start;
        try {
            while (target.hasRemaining() && consumer.peek(copy, 1) > 0) {
                if (done == first) {
                    // A death above this line makes the message come again, from its first byte; below it, it does not.
                    consumer.poll(look, 1);
                    done = 0;
                    acknowledged = target.position();
                }
            }
        } catch (RuntimeException e) {
            target.position(acknowledged);
            goOnBehind(e);
            if (acknowledged == start) {
                throw e;
            }
            // What is acknowledged comes to nobody else. Some damage is named only once.
            failure = e;
        }
        return target.position() > start;
    }

    private void tellOfFailure() {
        RuntimeException untold = failure;
        failure = null;
        if (untold != null) {
            throw untold;
        }
    }

    /** Tells of bytes that a lossy ring has lost in front of what comes next. */
    private void checkForGap() throws IOException {
        long now = consumer.missedBytes();
        if (now != missed) {
            long gap = now - missed;
            missed = now;
            done = 0;
            throw new IOException("the ring is lossy: up to " + gap + " bytes are missing behind the " + total
                    + " bytes that were read");
        }
    }

    /** Lets the consumer of a lossy ring go on behind a damaged record, which peeking does not; others stay where they are. */
    private void goOnBehind(RuntimeException failed) {
        done = 0;
        if (failed instanceof CorruptRingException) {
            try {
                consumer.poll(refuse, 1);
            } catch (MessageHereException e) {
                // Another message comes first; it waits for the next read.
            } catch (RuntimeException e) {
                if (!Objects.equals(e.getMessage(), failed.getMessage())) {
                    // Not the same again: what is named only once, or was skipped.
                    failed.addSuppressed(e);
                }
            }
        }
    }

    private void copy(Message message) {
        first = message.length();
        int count = Math.min(first - done, target.remaining());
        if (target.hasArray()) {
            message.getBytes(done, target.array(), target.arrayOffset() + target.position(), count);
            target.position(target.position() + count);
        } else {
            target.put(message.byteBuffer().position(done).limit(done + count));
            checkCopied(message);
        }
        done += count;
    }

    /** Refuses the zeros of a ring that was closed meanwhile, as a copy into an array does. */
    private static void checkCopied(Message message) {
        // Keeps the load behind the copy. Detaching forbids access before it puts zeros in the region's place.
        VarHandle.loadLoadFence();
        if (message.length() > 0) {
            message.getByte(0);
        }
    }

    private void look(Message message) {
        first = message.length();
    }

    private void refuse(Message message) {
        throw here;
    }

    /** Waits until there is a message or the stream has ended. */
    private void awaitMessage() throws IOException, InterruptedException {
        int result = RingConsumer.EMPTY;
        while (result == RingConsumer.EMPTY) {
            try {
                result = consumer.take(refuse, 1, SLICE);
            } catch (MessageHereException e) {
                return;
            }
            if (closed) {
                throw new AsynchronousCloseException();
            }
        }
        if (result == RingConsumer.LAPPED) {
            checkForGap();
            return;
        }
        if (result == RingConsumer.PEER_DEAD) {
            throw new IOException("the process that wrote is dead, and has not ended its stream; " + total
                    + " bytes were read before");
        }
        ended = true;
    }

    /** Leaves the ring; what was not read waits for the next reader. Idempotent. */
    void close() {
        closed = true;
        lock.lock();
        try {
            consumer.close();
        } finally {
            lock.unlock();
        }
    }
}
