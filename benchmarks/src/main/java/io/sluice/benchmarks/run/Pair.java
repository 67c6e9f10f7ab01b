package io.sluice.benchmarks.run;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.worker.Job;
import io.sluice.benchmarks.worker.Outcome;
import io.sluice.benchmarks.worker.Worker;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The two processes of one fork (one, where there is nobody to talk to). Whatever happens, they have ended when
 * {@link #run} returns; if one fails, the other is ended at once.
 */
final class Pair {

    private static final long GRACE_SECONDS = 60;
    private static final File NOTHING = new File("/dev/null");

    private final Job job;
    private final List<String> jvmFlags;

    /** The processes for {@code job}, whose role does not matter. */
    Pair(Job job, List<String> jvmFlags) {
        this.job = job;
        this.jvmFlags = List.copyOf(jvmFlags);
    }

    /**
     * What both ends measured.
     *
     * @param sender the end that sent first
     * @param receiver the other; an empty outcome where there was none
     */
    record Outcomes(Outcome sender, Outcome receiver) {}

    /**
     * Runs both.
     *
     * @throws IllegalStateException if either fails or does not end in time; what it said is on this process's stderr
     */
    Outcomes run() throws IOException, InterruptedException {
        if (job.measure() == Measure.ATTACH) {
            Process only = start(Job.Role.SENDER);
            try {
                await(only, only);
                return new Outcomes(outcome(Job.Role.SENDER), new Outcome());
            } finally {
                only.destroyForcibly().waitFor();
            }
        }
        Process receiver = start(Job.Role.RECEIVER);
        try {
            Process sender = start(Job.Role.SENDER);
            try {
                await(sender, receiver);
                return new Outcomes(outcome(Job.Role.SENDER), outcome(Job.Role.RECEIVER));
            } finally {
                sender.destroyForcibly().waitFor();
            }
        } finally {
            receiver.destroyForcibly().waitFor();
        }
    }

    private Process start(Job.Role role) throws IOException {
        return new ProcessBuilder(
                        Jvm.command(jvmFlags, Worker.class, job.withRole(role).arguments()))
                .redirectInput(Redirect.from(NOTHING))
                .redirectOutput(output(role).toFile())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private void await(Process sender, Process receiver) throws InterruptedException {
        CompletableFuture<Void> both = CompletableFuture.allOf(
                sender.onExit().thenAccept(ended -> endIfFailed(ended, receiver)),
                receiver.onExit().thenAccept(ended -> endIfFailed(ended, sender)));
        long seconds = job.warmup().plus(job.time()).toSeconds() + GRACE_SECONDS;
        try {
            both.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(describe() + ": not done after " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(describe() + ": cannot be waited for", e);
        }
        if (sender.exitValue() != 0 || receiver.exitValue() != 0) {
            throw new IllegalStateException(describe() + ": the sender ended with code " + sender.exitValue()
                    + ", the receiver with " + receiver.exitValue());
        }
    }

    private static void endIfFailed(Process ended, Process other) {
        if (ended.exitValue() != 0) {
            other.destroyForcibly();
        }
    }

    private Path output(Job.Role role) {
        return job.directory().resolve(role + ".json");
    }

    private Outcome outcome(Job.Role role) throws IOException {
        return JSON.std.beanFrom(Outcome.class, Files.readString(output(role), StandardCharsets.UTF_8));
    }

    private String describe() {
        return job.measure() + " over " + job.transport();
    }
}
