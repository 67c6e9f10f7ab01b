package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Channel;
import io.sluice.benchmarks.transport.Transport;
import org.HdrHistogram.Histogram;

/** Attaches to a ring that another process made and detaches, again and again, and takes the time of each. */
final class Attach {

    private static final int ATTACHES = 1000;

    private final Job job;

    Attach(Job job) {
        this.job = job;
    }

    Outcome run() {
        Histogram latencies = RoundTrip.histogram();
        long start = System.nanoTime();
        while (System.nanoTime() - start < job.warmup().toNanos()) {
            attach(latencies);
        }
        latencies.reset();
        Usage usage = new Usage();
        usage.start();
        for (int i = 0; i < ATTACHES; i++) {
            attach(latencies);
        }
        usage.stop();
        return Outcome.of(ATTACHES, usage).withEach(latencies);
    }

    private void attach(Histogram latencies) {
        Transport transport = job.means();
        Channel channel = job.there();
        long before = System.nanoTime();
        transport.attachAndDetach(channel);
        latencies.recordValue(Math.min(System.nanoTime() - before, RoundTrip.LONGEST_NANOS));
    }
}
