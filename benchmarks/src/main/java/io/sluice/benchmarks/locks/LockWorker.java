package io.sluice.benchmarks.locks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.benchmarks.peer.Console;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One of the processes that use a lock. Arguments: directory, subject, measure, role, mode, nanoseconds of warm-up, to
 * measure, and to keep a place. The program in C is its twin.
 *
 * <pre>
 *   FIRST    makes the places, has one              "ready"
 *   SECOND   opens them, has another one            "ready"
 *   a line   begins; FIRST measures, of IDLE SECOND; the other one goes on until it is killed
 *   a line   ends
 * </pre>
 */
final class LockWorker {

    private static final int BATCH = 10_000;
    private static final int STEPS_PER_CLOCK_READING = 64;
    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final int DIGITS = 3;

    private static final String KIND = "bench.stamp";
    private static final long STAMP = RegionHeaderLayout.BODY;
    private static final long STAMP_BYTES = 128;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Places places;
    private final RegionMemory stamp;
    private final Measure measure;
    private final long gapNanos;
    private final Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
    private final Console console = new Console();

    private LockWorker(Places places, RegionMemory stamp, Measure measure, long gapNanos) {
        this.places = places;
        this.stamp = stamp;
        this.measure = measure;
        this.gapNanos = gapNanos;
    }

    /** Runs until it has measured, its standard input ends, or it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Measure measure = Measure.valueOf(arguments[2]);
        boolean first = arguments[3].equals("FIRST");
        Places places = Subject.named(arguments[1]).opener().open(directory, Mode.valueOf(arguments[4]));
        LockWorker worker = new LockWorker(places, stampIn(directory, first), measure, Long.parseLong(arguments[7]));
        worker.run(first, Long.parseLong(arguments[5]), Long.parseLong(arguments[6]));
        Runtime.getRuntime().halt(0);
    }

    private static RegionMemory stampIn(Path directory, boolean creates) {
        RegionAddress address = RegionAddress.of(directory, "stamp");
        return (creates
                        ? Regions.create(address, new RegionSpec(KIND, STAMP_BYTES, List.of()), RegionOptions.DEFAULT)
                        : Regions.open(address, KIND, RegionOptions.DEFAULT))
                .memory();
    }

    private void run(boolean first, long warmupNanos, long nanos) throws IOException, InterruptedException {
        switch (measure) {
            case UNCONTENDED -> {
                begin();
                uncontended(warmupNanos);
                uncontended(nanos);
            }
            case HAND_OVER, SLEEPER -> {
                int at = first ? 0 : 1;
                places.acquire(at);
                begin();
                // Some thousand turns a second, with a gap in each, would leave the code half compiled for minutes.
                at = goRound(at, warmupNanos, false);
                boolean keeps = measure == Measure.SLEEPER;
                at = goRound(at, first ? warmupNanos : Long.MAX_VALUE, keeps);
                goRound(at, nanos, keeps);
            }
            case IDLE -> idle(first, warmupNanos, nanos);
        }
        console.say("done " + usage);
        console.hear();
    }

    private void begin() throws IOException {
        console.say("ready");
        if (console.hear() == null) {
            Runtime.getRuntime().halt(0);
        }
    }

    // ---- measures -------------------------------------------------------------------------------------------------

    private void uncontended(long nanos) throws IOException, InterruptedException {
        start();
        long start = System.nanoTime();
        long count = 0;
        do {
            for (int turn = 0; turn < BATCH; turn++) {
                places.acquire(0);
                places.release(0);
            }
            count += BATCH;
        } while (System.nanoTime() - start < nanos);
        stop(count);
    }

    private int goRound(int from, long nanos, boolean keeps) throws IOException, InterruptedException {
        latencies.reset();
        start();
        long start = System.nanoTime();
        long count = 0;
        int at = from;
        do {
            if (keeps) {
                at = keepAndGoOn(at);
                count++;
            } else {
                at = goOn(at);
                count += STEPS_PER_CLOCK_READING;
            }
        } while (System.nanoTime() - start < nanos);
        stop(count);
        return at;
    }

    private int goOn(int from) throws IOException, InterruptedException {
        int at = from;
        for (int step = 0; step < STEPS_PER_CLOCK_READING; step++) {
            int next = at + 1 == Places.COUNT ? 0 : at + 1;
            places.acquire(next);
            places.release(at);
            at = next;
        }
        return at;
    }

    private int keepAndGoOn(int at) throws IOException, InterruptedException {
        int next = at + 1 == Places.COUNT ? 0 : at + 1;
        places.acquire(next);
        long now = System.nanoTime();
        // Ordered by the place, which was released after the stamp.
        latencies.recordValue(Math.min(LONGEST_NANOS, Math.max(0, now - stamp.getLong(STAMP))));
        while (System.nanoTime() - now < gapNanos) {
            Thread.onSpinWait();
        }
        stamp.setLong(STAMP, System.nanoTime());
        places.release(at);
        return next;
    }

    /** One waits in a thread of its own, and when it has begun to, this one sleeps beside it, which costs nothing. */
    private void idle(boolean first, long warmupNanos, long nanos) throws IOException, InterruptedException {
        if (first) {
            places.acquire(0);
            begin();
            return;
        }
        Thread waiter = new Thread(this::waitForEver, "waiter");
        waiter.setDaemon(true);
        waiter.start();
        TimeUnit.NANOSECONDS.sleep(warmupNanos);
        begin();
        measured = waiter;
        start();
        TimeUnit.NANOSECONDS.sleep(nanos);
        stop(1);
    }

    private void waitForEver() {
        try {
            places.acquire(0);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("the other process has not kept it");
    }

    // ---- costs ----------------------------------------------------------------------------------------------------

    private Thread measured = Thread.currentThread();
    private long nanos;
    private long cpuNanos;
    private long processNanos;
    private long allocatedBytes;
    private String usage;

    private void start() {
        processNanos = PROCESS.getProcessCpuTime();
        cpuNanos = THREADS.getThreadCpuTime(measured.getId());
        allocatedBytes = THREADS.getThreadAllocatedBytes(measured.getId());
        nanos = System.nanoTime();
    }

    private void stop(long count) {
        nanos = System.nanoTime() - nanos;
        allocatedBytes = THREADS.getThreadAllocatedBytes(measured.getId()) - allocatedBytes;
        cpuNanos = THREADS.getThreadCpuTime(measured.getId()) - cpuNanos;
        processNanos = PROCESS.getProcessCpuTime() - processNanos;
        usage = "count=" + count + " nanos=" + nanos + " cpu=" + cpuNanos + " process=" + processNanos + " bytes="
                + allocatedBytes + " p50=" + latencies.getValueAtPercentile(50) + " p99="
                + latencies.getValueAtPercentile(99);
    }
}
