package io.sluice.cli.demo;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A link over two FIFOs; each message is one {@code write}. */
final class FifoLink implements Link {

    private final FileOutputStream out;
    private final FileInputStream in;

    private FifoLink(FileOutputStream out, FileInputStream in) {
        this.out = out;
        this.in = in;
    }

    /** Opens the end that opens its outbound FIFO first; waits for the other. */
    static FifoLink first(Path outbound, Path inbound) throws IOException {
        FileOutputStream out = new FileOutputStream(outbound.toFile());
        return new FifoLink(out, new FileInputStream(inbound.toFile()));
    }

    /** Opens the other end. */
    static FifoLink second(Path outbound, Path inbound) throws IOException {
        FileInputStream in = new FileInputStream(inbound.toFile());
        return new FifoLink(new FileOutputStream(outbound.toFile()), in);
    }

    @Override
    public void send(byte[] source, int from, int length) throws IOException {
        out.write(source, from, length);
    }

    @Override
    public int receive(byte[] target, int longest) throws IOException {
        int count = in.read(target, 0, longest);
        if (count < 0) {
            throw new EOFException("the other process is gone");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        try (in) {
            out.close();
        }
    }
}
