package io.sluice.benchmarks.worker;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.benchmarks.peer.Console;
import io.sluice.benchmarks.peer.Trees;
import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Shape;
import io.sluice.benchmarks.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One of the processes of a fork; writes its {@link Outcome} to {@link Job#output()}. See {@link Job} for options. */
@Command(name = "worker", description = "One of the processes of a fork; started by the benchmark itself.")
public final class Worker implements Callable<Integer> {

    /** How long a failing end waits for the news that its parent is gone. */
    private static final Duration PARENT_PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--measure", required = true)
    private Measure measure;

    @Option(names = "--transport", required = true)
    private String transport;

    @Option(names = "--shape", required = true)
    private Shape shape;

    @Option(names = "--role", required = true)
    private Job.Role role;

    @Option(names = "--party", required = true)
    private int party;

    @Option(names = "--directory", required = true)
    private Path directory;

    @Option(names = "--length", required = true)
    private int length;

    @Option(names = "--capacity", required = true)
    private long capacity;

    @Option(names = "--limit", required = true)
    private int limit;

    @Option(names = "--gap", required = true)
    private Duration gap;

    @Option(names = "--rate", required = true)
    private double rate;

    @Option(names = "--warmup", required = true)
    private Duration warmup;

    @Option(names = "--time", required = true)
    private Duration time;

    @Option(names = "--verify", required = true, arity = "1")
    private boolean verify;

    /** For picocli. */
    public Worker() {}

    /** Runs one job. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Worker())
                .registerConverter(Shape.class, Shape::parse)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Job job = new Job(
                measure, transport, shape, role, party, directory, length, capacity, limit, gap, rate, warmup, time,
                verify);
        Thread parentWatch = Console.endWithParent(() -> delete(job.directory()));
        try {
            if (job.role() == Job.Role.BOTH) {
                runAll(job);
            } else {
                run(job);
            }
        } catch (Exception | Error e) {
            // A parent that was killed is perhaps what failed: then the watch ends this process, and cleans up.
            parentWatch.join(PARENT_PATIENCE.toMillis());
            throw e;
        }
        return 0;
    }

    /** Whoever is left takes the files along. */
    private static void delete(Path directory) {
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runAll(Job job) throws Exception {
        List<Job> ends = job.ends();
        ExecutorService threads = Executors.newFixedThreadPool(ends.size());
        Transport.Setup setup = job.createChannels();
        try {
            ExecutorCompletionService<Void> done = new ExecutorCompletionService<>(threads);
            ends.forEach(end -> done.submit(() -> {
                run(end);
                return null;
            }));
            for (int i = 0; i < ends.size(); i++) {
                done.take().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end of " + job.transport() + " failed", e);
        } finally {
            threads.shutdownNow();
            setup.close();
        }
    }

    private static void run(Job job) throws IOException, InterruptedException {
        Files.writeString(job.output(), JSON.std.asString(outcome(job)), StandardCharsets.UTF_8);
    }

    private static Outcome outcome(Job job) throws IOException, InterruptedException {
        boolean sends = job.role() == Job.Role.SENDER;
        return switch (job.measure()) {
            case THROUGHPUT, CAPACITY -> sends ? new Throughput(job).send() : new Throughput(job).receive();
            case ROUND_TRIP -> sends ? new RoundTrip(job).ask() : new RoundTrip(job).reply();
            case LOAD -> sends ? new Load(job).send() : new Load(job).receive();
            case WAKE -> sends ? new Wake(job).send() : new Wake(job).receive();
            case COPY -> new Copy(job).run();
            case ATTACH -> new Attach(job).run();
        };
    }
}
