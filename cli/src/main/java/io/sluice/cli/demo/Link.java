package io.sluice.cli.demo;

import java.io.IOException;

/** Two processes that send each other messages of one length, over whatever it is. Confined to one thread. */
interface Link extends AutoCloseable {

    /** Sends one message, waiting for room. */
    void send(byte[] source, int from, int length) throws IOException, InterruptedException;

    /**
     * Receives what there is, at least one byte, into {@code target} from its start.
     *
     * @param longest at most so many bytes, a multiple of the message length
     * @return number of bytes
     * @throws IOException if the other side is gone
     */
    int receive(byte[] target, int longest) throws IOException, InterruptedException;

    /** Receives exactly {@code length} bytes. */
    default void receiveFully(byte[] target, int length) throws IOException, InterruptedException {
        int count = receive(target, length);
        if (count < length) {
            byte[] rest = new byte[length - count];
            receiveFully(rest, rest.length);
            System.arraycopy(rest, 0, target, count, rest.length);
        }
    }

    @Override
    void close() throws IOException;
}
