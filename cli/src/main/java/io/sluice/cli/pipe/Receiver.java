package io.sluice.cli.pipe;

import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import io.sluice.cli.exit.Interruption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/**
 * The receiving end of a pipe: writes one stream to a channel and acknowledges what the channel has taken, so a
 * receiver that is killed leaves the rest, and at most one batch of what it had written, to the next.
 *
 * <p>Confined to one thread.
 */
public final class Receiver implements AutoCloseable {

    private static final Duration SLICE = Duration.ofMillis(50);
    private static final int LONGEST_BATCH = 1024;
    private static final long LONG_BATCH_BYTES = 64 << 10;

    private final Pipe pipe;
    private final RingConsumer consumer;
    private final Interruption interruption;
    private final Patience patience;
    private final String name;
    private int batch = 1;

    private Receiver(Pipe pipe, RingConsumer consumer, PipeOptions options, Interruption interruption) {
        this.pipe = pipe;
        this.consumer = consumer;
        this.interruption = interruption;
        this.patience = new Patience(options);
        this.name = options.address().name();
    }

    /**
     * Joins the pipe as its receiver.
     *
     * @throws io.sluice.api.ring.RoleTakenException if it has a live one
     */
    public static Receiver join(PipeOptions options, Interruption interruption) {
        Pipe pipe = Pipe.join(options);
        interruption.onHang(pipe::close);
        try {
            return new Receiver(pipe, pipe.ring().consumer(), options, interruption);
        } catch (RuntimeException e) {
            pipe.close();
            throw e;
        }
    }

    /**
     * Receives one stream.
     *
     * @param lines whether to end every message with a line feed, also those of programs that send no lines
     * @throws IOException if {@code target} fails; what it did not take waits for the next receiver
     */
    public Ending receive(WritableByteChannel target, boolean lines) throws IOException, InterruptedException {
        Output output = new Output(target);
        StreamReader reader = new StreamReader(output, lines);
        try {
            while (true) {
                int result = writeWhatIsThere(reader, output);
                if (result == RingConsumer.EMPTY) {
                    result = awaitOne(reader, output);
                }
                if (result == RingConsumer.CLOSED || reader.isEnded()) {
                    return Ending.COMPLETE;
                }
                if (result == RingConsumer.PEER_DEAD) {
                    return Ending.SENDER_DIED;
                }
                if (result > 0) {
                    patience.renew();
                } else if (hasSenderLeft(reader)) {
                    return Ending.SENDER_LEFT;
                } else {
                    nothingMoved();
                }
                interruption.check();
            }
        } catch (StreamReader.NextStream e) {
            return Ending.SENDER_DIED;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Writes messages that are there, many short ones at once, and only then acknowledges them. */
    private int writeWhatIsThere(StreamReader reader, Output output) throws IOException {
        long before = output.total();
        int result;
        try {
            result = consumer.peek(reader, batch);
        } catch (StreamReader.NextStream e) {
            output.flush();
            if (reader.accepted() == 0) {
                throw e;
            }
            result = reader.accepted();
        }
        output.flush();
        while (reader.accepted() > 0) {
            reader.acknowledged(consumer.poll(message -> {}, reader.accepted()));
        }
        // Long messages one by one, so that the sender gets their room back while we write the next.
        batch = output.total() - before > LONG_BATCH_BYTES ? 1 : Math.min(2 * batch, LONGEST_BATCH);
        return result;
    }

    /** Waits for a message and writes it. */
    private int awaitOne(StreamReader reader, Output output) throws InterruptedException {
        int result = consumer.take(
                message -> {
                    reader.onMessage(message);
                    output.flushUnchecked();
                },
                1,
                SLICE);
        reader.acknowledged(Math.max(0, result));
        return result;
    }

    /** Whether the sender of a stream that has begun is gone, with nothing of it left in the ring. */
    private boolean hasSenderLeft(StreamReader reader) {
        // The state first: what was committed before the sender left is then seen in the backlog.
        return reader.isBegun() && consumer.producerState() == PeerState.ABSENT && consumer.backlogBytes() == 0;
    }

    private void nothingMoved() {
        patience.check("nothing came");
        if (consumer.producerState() != PeerState.LIVE && pipe.isRemoved()) {
            throw new CommandFailure(ExitCode.FAILURE, name + ": was removed");
        }
    }

    /** Leaves the pipe. What was not acknowledged waits for the next receiver as long as a sender is there. */
    @Override
    public void close() {
        pipe.close();
    }
}
