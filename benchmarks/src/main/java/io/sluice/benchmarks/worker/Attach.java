package io.sluice.benchmarks.worker;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import org.HdrHistogram.Histogram;

/** Attaches to a ring that another process made, again and again, and takes the time of each attach. */
final class Attach {

    private static final int ATTACHES = 1000;

    private final Job job;

    Attach(Job job) {
        this.job = job;
    }

    Outcome run() {
        RingSpec spec = RingSpec.spsc(job.there().name())
                .withAddress(RegionAddress.of(job.directory(), job.there().name()));
        Histogram latencies = RoundTrip.histogram();
        long start = System.nanoTime();
        while (System.nanoTime() - start < job.warmup().toNanos()) {
            attach(spec, latencies);
        }
        latencies.reset();
        Usage usage = new Usage();
        usage.start();
        for (int i = 0; i < ATTACHES; i++) {
            attach(spec, latencies);
        }
        usage.stop();
        return Outcome.of(ATTACHES, usage).withEach(latencies);
    }

    private static void attach(RingSpec spec, Histogram latencies) {
        long before = System.nanoTime();
        try (Ring ring = Rings.open(spec)) {
            long nanos = System.nanoTime() - before;
            if (ring.capacity() <= 0) {
                throw new IllegalStateException("attached to a ring without capacity");
            }
            latencies.recordValue(Math.min(nanos, RoundTrip.LONGEST_NANOS));
        }
    }
}
