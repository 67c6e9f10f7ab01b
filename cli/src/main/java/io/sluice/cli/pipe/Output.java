package io.sluice.cli.pipe;

import io.sluice.api.ring.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Where received bytes go: long messages straight from the ring, short ones gathered until {@link #flush()}. Confined
 * to one thread.
 */
final class Output {

    private static final int LONG_MESSAGE = 8 << 10;
    private static final int GATHERED = 64 << 10;

    private final WritableByteChannel channel;
    private final byte[] bytes = new byte[GATHERED];
    private int count;
    private long total;

    Output(WritableByteChannel channel) {
        this.channel = channel;
    }

    void write(Message message) throws IOException {
        int length = message.length();
        if (length >= LONG_MESSAGE) {
            flush();
            writeFully(message.byteBuffer());
            return;
        }
        if (length > GATHERED - count) {
            flush();
        }
        message.getBytes(0, bytes, count, length);
        count += length;
    }

    void newline() throws IOException {
        if (count == GATHERED) {
            flush();
        }
        bytes[count++] = '\n';
    }

    void flush() throws IOException {
        if (count > 0) {
            writeFully(ByteBuffer.wrap(bytes, 0, count));
            count = 0;
        }
    }

    /** As {@link #flush()}, for handlers. */
    void flushUnchecked() {
        try {
            flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes written so far. */
    long total() {
        return total;
    }

    private void writeFully(ByteBuffer buffer) throws IOException {
        total += buffer.remaining();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
