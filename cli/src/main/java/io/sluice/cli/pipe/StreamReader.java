package io.sluice.cli.pipe;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Turns the messages of one stream back into bytes and refuses those of the next. Confined to one thread.
 */
final class StreamReader implements MessageHandler {

    /** Thrown at a message that belongs to the next stream, so that it is not acknowledged. */
    static final class NextStream extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NextStream() {
            super("another stream begins", null, false, false);
        }
    }

    private final Output output;
    private final boolean lines;
    private boolean begun;
    private boolean ended;
    private int accepted;

    /**
     * A reader of the stream that begins, or goes on, with the next message.
     *
     * @param lines whether each message is a line, also those that do not say so
     */
    StreamReader(Output output, boolean lines) {
        this.output = output;
        this.lines = lines;
    }

    @Override
    public void onMessage(Message message) {
        int type = message.typeId();
        if (ended || (begun && type == Frame.BEGIN)) {
            throw new NextStream();
        }
        begun = true;
        try {
            switch (type) {
                case Frame.BEGIN -> {}
                case Frame.END -> ended = true;
                case Frame.PART -> output.write(message);
                case Frame.LINE -> writeLine(message);
                default -> writeData(message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepted++;
    }

    private void writeData(Message message) throws IOException {
        if (lines) {
            writeLine(message);
        } else {
            output.write(message);
        }
    }

    private void writeLine(Message message) throws IOException {
        output.write(message);
        output.newline();
    }

    /** Whether anything of the stream has come. */
    boolean isBegun() {
        return begun;
    }

    /** Whether all of it has. */
    boolean isEnded() {
        return ended;
    }

    /** How many messages were accepted and not yet acknowledged. */
    int accepted() {
        return accepted;
    }

    /** Tells that {@code count} more of the accepted messages were acknowledged. */
    void acknowledged(int count) {
        accepted -= count;
    }
}
