package io.sluice.benchmarks.transport;

import java.io.IOException;

/**
 * The sending end of a transport in this process. Confined to one thread.
 *
 * <p>A message is {@code begin(length)}, all of its fields written, {@code end()}. A sender that spins waits for room
 * by spinning, one that blocks sleeps; neither gives up.
 */
public abstract class Sender implements AutoCloseable {

    /** For subclasses. */
    protected Sender() {}

    /** Starts a message of {@code length} bytes; the caller writes every field of it. */
    public abstract Fields begin(int length) throws IOException, InterruptedException;

    /**
     * Sends the message that was begun: one call of the transport's own send operation, unless the transport batches.
     */
    public abstract void end() throws IOException, InterruptedException;

    /** Sends what a batching transport still holds back. */
    public void flush() throws IOException {}

    @Override
    public abstract void close() throws IOException;
}
