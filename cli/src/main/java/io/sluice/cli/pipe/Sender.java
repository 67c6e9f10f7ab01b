package io.sluice.cli.pipe;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingProducer;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import io.sluice.cli.exit.Interruption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The sending end of a pipe: reads a channel to its end, puts everything into the ring, and stays until the receiver
 * has taken it all, however long there is none.
 *
 * <p>Killed at any moment it leaves what it had committed, and no {@link Frame#END}. Confined to one thread.
 */
public final class Sender implements AutoCloseable {

    /** Long enough to make system calls cheap, short enough that several fit into a ring and into a cache. */
    private static final int LONGEST_CHUNK = 128 << 10;

    private static final Duration SLICE = Duration.ofMillis(100);
    private static final long SHORTEST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;
    private static final byte[] NOTHING = {};

    private final Pipe pipe;
    private final RingProducer producer;
    private final Interruption interruption;
    private final Patience patience;
    private final String name;
    private final int longestChunk;

    private Sender(Pipe pipe, RingProducer producer, PipeOptions options, Interruption interruption) {
        this.pipe = pipe;
        this.producer = producer;
        this.interruption = interruption;
        this.patience = new Patience(options);
        this.name = options.address().name();
        this.longestChunk = (int) Math.min(
                LONGEST_CHUNK, Math.min(producer.maxMessageLength(), pipe.ring().capacity() / 4));
    }

    /**
     * Joins the pipe as its sender.
     *
     * @throws io.sluice.api.ring.RoleTakenException if it has a live one
     */
    public static Sender join(PipeOptions options, Interruption interruption) {
        Pipe pipe = Pipe.join(options);
        interruption.onHang(pipe::close);
        try {
            return new Sender(pipe, pipe.ring().producer(), options, interruption);
        } catch (RuntimeException e) {
            pipe.close();
            throw e;
        }
    }

    /** Bytes that a sender before us committed and nobody took; they are delivered before ours. */
    public long inheritedBytes() {
        return producer.backlogBytes();
    }

    /** Sends the bytes of {@code source} in chunks, read straight into the ring. */
    public void sendBytes(ReadableByteChannel source) throws IOException, InterruptedException {
        put(Frame.BEGIN, NOTHING, 0, 0);
        int count;
        do {
            try (Claim claim = claim(longestChunk)) {
                count = source.read(claim.byteBuffer());
                if (count > 0) {
                    claim.commit(count);
                }
            }
            interruption.check();
        } while (count >= 0);
        end();
    }

    /** Sends each line of {@code source} as a message; all lines of one read are published before the next. */
    public void sendLines(ReadableByteChannel source) throws IOException, InterruptedException {
        put(Frame.BEGIN, NOTHING, 0, 0);
        byte[] bytes = new byte[longestChunk];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (source.read(buffer) >= 0) {
            int rest = stageLines(bytes, buffer.position());
            if (rest == 0 && buffer.position() == bytes.length) {
                // A line longer than a message.
                stage(Frame.PART, bytes, 0, bytes.length);
                rest = bytes.length;
            }
            producer.flush();
            buffer.flip().position(rest);
            buffer.compact();
            interruption.check();
        }
        if (buffer.position() > 0) {
            put(Frame.PART, bytes, 0, buffer.position());
        }
        end();
    }

    /** Stages the whole lines among the first {@code length} bytes; returns where the unfinished one begins. */
    private int stageLines(byte[] bytes, int length) throws InterruptedException {
        int start = 0;
        for (int index = 0; index < length; index++) {
            if (bytes[index] == '\n') {
                stage(Frame.LINE, bytes, start, index - start);
                start = index + 1;
            }
        }
        return start;
    }

    private void stage(int type, byte[] bytes, int from, int length) throws InterruptedException {
        if (producer.stage(type, bytes, from, length) == OfferResult.ACCEPTED) {
            patience.renew();
        } else {
            put(type, bytes, from, length);
        }
    }

    private void put(int type, byte[] bytes, int from, int length) throws InterruptedException {
        while (producer.put(type, bytes, from, length, SLICE) != OfferResult.ACCEPTED) {
            nothingMoved();
        }
        patience.renew();
    }

    private Claim claim(int length) throws InterruptedException {
        Claim claim;
        while ((claim = producer.awaitClaim(Frame.DATA, length, SLICE)) == null) {
            nothingMoved();
        }
        patience.renew();
        return claim;
    }

    /** Says that this was all, and waits until it was taken. */
    private void end() throws InterruptedException {
        put(Frame.END, NOTHING, 0, 0);
        long backlog = producer.backlogBytes();
        long pause = SHORTEST_PAUSE_NANOS;
        while (backlog > 0) {
            LockSupport.parkNanos(pause);
            long now = producer.backlogBytes();
            if (now < backlog) {
                patience.renew();
                pause = SHORTEST_PAUSE_NANOS;
            } else {
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
                nothingMoved();
            }
            backlog = now;
        }
    }

    private void nothingMoved() throws InterruptedException {
        interruption.check();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        patience.check("no receiver took anything");
        if (producer.consumerState() != PeerState.LIVE && pipe.isRemoved()) {
            throw new CommandFailure(ExitCode.FAILURE, name + ": was removed before everything was taken");
        }
    }

    /** Leaves the pipe; without {@link Frame#END} sent, the receiver knows that something is missing. */
    @Override
    public void close() {
        pipe.close();
    }
}
