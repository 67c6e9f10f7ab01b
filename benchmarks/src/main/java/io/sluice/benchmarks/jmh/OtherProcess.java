package io.sluice.benchmarks.jmh;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.benchmarks.peer.Peer;
import io.sluice.benchmarks.run.OpenChannels;
import io.sluice.benchmarks.run.Scratch;
import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Shape;
import io.sluice.benchmarks.worker.FirstEnd;
import io.sluice.benchmarks.worker.Job;
import io.sluice.benchmarks.worker.Outcome;
import io.sluice.benchmarks.worker.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A process that JMH does not know of, at the other end of a channel. It ends when it is told that all was sent, is
 * killed by its handle if it does not, and ends by itself, with all files, if the process that started it dies. If it
 * dies too early, this JVM ends, because whoever waits for it would wait for ever.
 */
final class OtherProcess implements AutoCloseable {

    private static final int LIMIT = 256;
    private static final int GONE = 1;

    private final Job other;
    private final Scratch scratch;
    private final OpenChannels channels;
    private final Peer peer;
    private final CompletableFuture<Void> watch;
    private final FirstEnd here;
    private volatile boolean ending;

    private OtherProcess(Job job, Scratch scratch) throws IOException {
        this.other = job.withRole(Job.Role.RECEIVER, 0);
        this.scratch = scratch;
        this.channels = OpenChannels.of(job);
        this.peer = Peer.jvm(job.means().jvmFlags(), Worker.class, other.arguments());
        this.watch = peer.onExit(this::ended);
        this.here = FirstEnd.open(job.withRole(Job.Role.SENDER, 0));
    }

    /** Starts one that takes a stream, or replies. */
    static OtherProcess start(Measure measure, String transport, int length, long capacity) throws IOException {
        Scratch scratch = Scratch.in(Path.of("/dev/shm"));
        Job job = new Job(
                measure,
                transport,
                Shape.PAIR,
                Job.Role.BOTH,
                0,
                scratch.path(),
                length,
                capacity,
                LIMIT,
                Duration.ZERO,
                0,
                Duration.ZERO,
                Duration.ZERO,
                false);
        if (!job.means().measures().contains(measure) || job.means().insideOneJvm()) {
            scratch.close();
            throw new IllegalArgumentException(transport + " is nothing for " + measure + " between two processes");
        }
        return new OtherProcess(job, scratch);
    }

    private void ended() {
        if (!ending) {
            System.err.println("the process at the other end of " + other.transport() + " has ended");
            Runtime.getRuntime().halt(GONE);
        }
    }

    long pid() {
        return peer.pid();
    }

    Path directory() {
        return scratch.path();
    }

    /** This process's end. */
    FirstEnd here() {
        return here;
    }

    @Override
    public void close() throws IOException {
        ending = true;
        watch.cancel(false);
        try (scratch;
                channels;
                peer) {
            here.end();
            if (peer.await() != 0) {
                throw new IllegalStateException("the process at the other end failed");
            }
            if (other.measure() == Measure.THROUGHPUT) {
                String said = Files.readString(other.output(), StandardCharsets.UTF_8);
                here.check(JSON.std.beanFrom(Outcome.class, said));
            }
            here.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the end", e);
        }
    }
}
