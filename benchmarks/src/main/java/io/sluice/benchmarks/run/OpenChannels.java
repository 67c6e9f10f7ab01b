package io.sluice.benchmarks.run;

import io.sluice.benchmarks.peer.AtExit;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.worker.Job;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The channels of a job, closed, and their users ended, at an end of this JVM, too. */
public final class OpenChannels implements AutoCloseable {

    private final Transport.Setup setup;
    private final AtExit atExit;
    private boolean closed; // guarded by this

    private OpenChannels(Job job) throws IOException {
        this.setup = job.create();
        this.atExit = AtExit.run(this::closeWithUsers);
    }

    /**
     * Makes them.
     *
     * @throws IllegalStateException if this JVM is ending: nothing is made
     */
    public static OpenChannels of(Job job) throws IOException {
        return AtExit.unlessEnding(() -> new OpenChannels(job));
    }

    private void closeWithUsers() {
        AtExit.endDescendants();
        try {
            closeOnce();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever comes second waits for the first: behind this they are closed. */
    private synchronized void closeOnce() throws IOException {
        if (!closed) {
            closed = true;
            setup.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeOnce();
        } finally {
            atExit.close();
        }
    }
}
