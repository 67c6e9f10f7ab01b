package io.sluice.benchmarks.worker;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where all ends of a fork meet: nobody sends before all have opened theirs, all start by the same clock
 * ({@link System#nanoTime()} is the machine's monotonic clock on Linux, the same in every process), and all know when
 * the last producer's end was seen.
 */
final class Meeting implements AutoCloseable {

    private static final String KIND = "bench.meeting";
    private static final String NAME = "meeting";
    private static final long READY = RegionHeaderLayout.BODY;
    private static final long START = RegionHeaderLayout.BODY + 128;
    private static final long ENDS = RegionHeaderLayout.BODY + 256;
    private static final long BYTES = 384;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(50);

    private final Region region;
    private final RegionMemory memory;

    private Meeting(Region region) {
        this.region = region;
        this.memory = region.memory();
    }

    static void create(Path directory) {
        Regions.create(RegionAddress.of(directory, NAME), new RegionSpec(KIND, BYTES, List.of()), RegionOptions.DEFAULT)
                .detach();
    }

    static Meeting open(Path directory) {
        return new Meeting(Regions.open(RegionAddress.of(directory, NAME), KIND, RegionOptions.DEFAULT));
    }

    /**
     * Waits for {@code parties} to come here.
     *
     * @return the common start, in nanoseconds of the clock
     */
    long await(int parties) {
        long called = System.nanoTime();
        if (memory.getAndAddLong(READY, 1) == parties - 1) {
            memory.setLongRelease(START, System.nanoTime());
        }
        while (memory.getLongAcquire(START) == 0) {
            if (System.nanoTime() - called > LATEST_NANOS) {
                throw new IllegalStateException(
                        "only " + memory.getLongAcquire(READY) + " of " + parties + " came to the start");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return memory.getLongAcquire(START);
    }

    /** Says that a consumer has seen the end of a producer's stream. */
    void sawEnd() {
        memory.getAndAddLong(ENDS, 1);
    }

    /** How many ends have been seen by all consumers together. */
    long ends() {
        return memory.getLongAcquire(ENDS);
    }

    @Override
    public void close() {
        region.detach();
    }
}
