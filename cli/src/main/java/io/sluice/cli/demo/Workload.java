package io.sluice.cli.demo;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A stream of messages: the first bytes of a file, again and again, in blocks of messages. The sender's and the
 * receiver's CRC32C of all bytes must agree.
 *
 * <p>Confined to one thread.
 */
final class Workload {

    /** Of the file, at most; kept in memory, so that no transport waits for a disk. */
    private static final int INPUT_BYTES = 16 << 20;

    private static final int BLOCK_BYTES = 64 << 10;

    private final int size;
    private final int messagesPerBlock;
    private final int inputBytes;
    private final byte[] bytes; // the input, and then its beginning once more, so that each block is in one piece
    private final CRC32C crc = new CRC32C();
    private int next;

    Workload(int size, Path input) throws IOException {
        this.size = size;
        this.messagesPerBlock = messagesPerBlock(size);
        byte[] read = read(input);
        this.inputBytes = read.length;
        this.bytes = new byte[inputBytes + messagesPerBlock * size];
        for (int at = 0; at < bytes.length; at += inputBytes) {
            System.arraycopy(read, 0, bytes, at, Math.min(inputBytes, bytes.length - at));
        }
    }

    private static byte[] read(Path input) throws IOException {
        try (InputStream in = Files.newInputStream(input)) {
            byte[] read = in.readNBytes(INPUT_BYTES);
            if (read.length == 0) {
                throw new CommandFailure(ExitCode.FAILURE, input + " is empty: there is nothing to stream");
            }
            return read;
        }
    }

    static int messagesPerBlock(int size) {
        return Math.max(1, BLOCK_BYTES / size);
    }

    /** Where in {@link #bytes} the next block begins, of which {@code messages} will be sent. */
    int next(int messages) {
        int block = next;
        next = (block + messages * size) % inputBytes;
        crc.update(bytes, block, messages * size);
        return block;
    }

    byte[] bytes() {
        return bytes;
    }

    int messagesPerBlock() {
        return messagesPerBlock;
    }

    /** CRC32C of everything since the last call. */
    long takeChecksum() {
        long value = crc.getValue();
        crc.reset();
        return value;
    }

    /** Begins the input anew. */
    void rewind() {
        next = 0;
    }
}
