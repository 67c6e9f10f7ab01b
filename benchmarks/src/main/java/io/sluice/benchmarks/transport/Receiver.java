package io.sluice.benchmarks.transport;

import java.io.IOException;

/** A receiving end of a transport in this process. Confined to one thread. */
public abstract class Receiver implements AutoCloseable {

    /** For subclasses. */
    protected Receiver() {}

    /**
     * Gives up to {@code limit} messages to {@code reader}. A transport that blocks sleeps until there is one, though
     * not longer than some milliseconds where it shares its messages with other consumers; one that spins returns 0
     * when there is none.
     *
     * @return how many messages were given
     */
    public abstract int receive(MessageReader reader, int limit) throws IOException, InterruptedException;

    @Override
    public abstract void close() throws IOException;
}
