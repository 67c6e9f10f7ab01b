package io.sluice.benchmarks.run;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.benchmarks.peer.AtExit;
import io.sluice.benchmarks.worker.Job;
import io.sluice.benchmarks.worker.Outcome;
import io.sluice.benchmarks.worker.Worker;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes of one fork: one for each end, or one for all where the transport lives inside one JVM. Whatever
 * happens, they have ended when {@link #run} returns; if one fails, the others are ended at once.
 */
final class Crew {

    private static final long GRACE_SECONDS = 60;

    private final Job job;
    private final List<String> jvmFlags;

    /** The processes for {@code job}, whose role does not matter. */
    Crew(Job job, List<String> jvmFlags) {
        this.job = job;
        this.jvmFlags = List.copyOf(jvmFlags);
    }

    /**
     * What all ends measured.
     *
     * @param senders the ends that sent first
     * @param receivers the others; none where there was nobody to talk to
     */
    record Outcomes(List<Outcome> senders, List<Outcome> receivers) {

        /** The first, or only, sender. */
        Outcome sender() {
            return senders.get(0);
        }

        /** The first, or only, receiver. */
        Outcome receiver() {
            return receivers.get(0);
        }
    }

    /**
     * Makes the channels and runs all.
     *
     * @throws IllegalStateException if any fails or does not end in time, what it said is on this process's stderr; or
     *     if something else was received than was sent
     */
    Outcomes run() throws IOException, InterruptedException {
        OpenChannels channels = OpenChannels.of(job);
        try (channels) {
            runProcesses();
        }
        Outcomes outcomes = new Outcomes(outcomes(Job.Role.SENDER), outcomes(Job.Role.RECEIVER));
        Accounts.check(job, outcomes);
        return outcomes;
    }

    private void runProcesses() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        try {
            for (Job each : job.means().insideOneJvm() ? List.of(job.withRole(Job.Role.BOTH, 0)) : job.ends()) {
                processes.add(start(each));
            }
            await(processes);
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(Job each) throws IOException {
        ProcessBuilder worker = new ProcessBuilder(Jvm.command(jvmFlags, Worker.class, each.arguments()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        return AtExit.unlessEnding(worker::start);
    }

    private void await(List<Process> processes) throws InterruptedException {
        CompletableFuture<?>[] ends = processes.stream()
                .map(process -> process.onExit().thenAccept(ended -> endIfFailed(ended, processes)))
                .toArray(CompletableFuture<?>[]::new);
        long seconds = job.warmup().plus(job.time()).toSeconds() + GRACE_SECONDS;
        try {
            CompletableFuture.allOf(ends).get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(describe() + ": not done after " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(describe() + ": cannot be waited for", e);
        }
        List<Integer> codes = processes.stream().map(Process::exitValue).toList();
        if (codes.stream().anyMatch(code -> code != 0)) {
            throw new IllegalStateException(
                    describe() + ": its processes, receivers first, ended with the codes " + codes);
        }
    }

    private static void endIfFailed(Process ended, List<Process> all) {
        if (ended.exitValue() != 0) {
            all.forEach(Process::destroyForcibly);
        }
    }

    private List<Outcome> outcomes(Job.Role role) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Job end : job.ends()) {
            if (end.role() == role) {
                String text = Files.readString(end.output(), StandardCharsets.UTF_8);
                outcomes.add(JSON.std.beanFrom(Outcome.class, text));
            }
        }
        return outcomes;
    }

    private String describe() {
        return job.measure() + " over " + job.transport() + " " + job.shape();
    }
}
