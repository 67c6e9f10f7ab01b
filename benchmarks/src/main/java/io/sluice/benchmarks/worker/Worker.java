package io.sluice.benchmarks.worker;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.benchmarks.transport.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One of the two processes of a fork; prints its {@link Outcome} as one line of JSON. See {@link Job} for options. */
@Command(name = "worker", description = "One of the two processes of a fork; started by the benchmark itself.")
public final class Worker implements Callable<Integer> {

    @Option(names = "--measure", required = true)
    private Measure measure;

    @Option(names = "--transport", required = true)
    private String transport;

    @Option(names = "--role", required = true)
    private Job.Role role;

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
        System.exit(new CommandLine(new Worker()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Job job = new Job(measure, transport, role, directory, length, capacity, limit, gap, warmup, time, verify);
        System.out.println(JSON.std.asString(run(job)));
        return 0;
    }

    private static Outcome run(Job job) throws IOException, InterruptedException {
        boolean sends = job.role() == Job.Role.SENDER;
        return switch (job.measure()) {
            case THROUGHPUT -> sends ? new Throughput(job).send() : new Throughput(job).receive();
            case ROUND_TRIP -> sends ? new RoundTrip(job).ask() : new RoundTrip(job).reply();
            case WAKE -> sends ? new Wake(job).send() : new Wake(job).receive();
            case ATTACH -> new Attach(job).run();
        };
    }
}
