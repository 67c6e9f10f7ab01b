package io.sluice.examples;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;

/**
 * Two processes add to one counter by reading it and writing it back: without a mutex updates get lost, with it none
 * does. Prints how the first of the lost ones came about, from what both have written down: which values each wrote.
 */
public final class Example04LostUpdates {

    private static final int TURNS = 5_000;
    private static final RegionSpec TABLE = new RegionSpec("example.counter", 128 + 2L * TURNS * Long.BYTES, List.of());
    private static final long COUNTER = RegionHeaderLayout.BODY;
    private static final long WRITTEN = RegionHeaderLayout.BODY + 128;
    private static final String[] NAMES = {"example-04", "example-04.mutex", "example-04.barrier"};

    private final RegionMemory memory;
    private final SharedMutex mutex;
    private final BarrierParty together;
    private final int self;

    private Example04LostUpdates(RegionMemory memory, SharedMutex mutex, BarrierParty together, int self) {
        this.memory = memory;
        this.mutex = mutex;
        this.together = together;
        this.self = self;
    }

    /** Without arguments the first adder, which starts the second and prints. */
    public static void main(String[] arguments) throws Exception {
        try (Region table = Regions.openOrCreate(RegionAddress.of(NAMES[0]), TABLE, RegionOptions.DEFAULT);
                SharedMutex mutex = Locks.openOrCreate(LockSpec.mutex(NAMES[1]));
                SharedBarrier barrier = Locks.openOrCreate(LockSpec.barrier(NAMES[2], 2));
                BarrierParty together = barrier.join()) {
            if (arguments.length > 0) {
                new Example04LostUpdates(table.memory(), mutex, together, 1).addTwice();
                return;
            }
            first(new Example04LostUpdates(table.memory(), mutex, together, 0));
        }
    }

    private static void first(Example04LostUpdates adder)
            throws IOException, InterruptedException, BrokenBarrierException {
        try (OtherProcess second = OtherProcess.start(Example04LostUpdates.class, "second")) {
            adder.addTwice();
            second.join();
        } finally {
            for (String name : NAMES) {
                Regions.destroy(RegionAddress.of(name), RegionOptions.DEFAULT);
            }
        }
    }

    private void addTwice() throws InterruptedException, BrokenBarrierException {
        long found;
        do {
            startFromZero();
            for (int turn = 0; turn < TURNS; turn++) {
                add(turn);
            }
            together.await();
            found = memory.getLong(COUNTER);
            // On a busy machine the two may have run one after the other, and lost nothing: race again.
        } while (found == 2 * TURNS);
        report("without mutex");
        startFromZero();
        for (int turn = 0; turn < TURNS; turn++) {
            mutex.lock();
            try {
                add(turn);
            } finally {
                mutex.unlock();
            }
        }
        together.await();
        report("with mutex");
    }

    /** Both are here, then the counter is 0, then both go on. */
    private void startFromZero() throws InterruptedException, BrokenBarrierException {
        together.await();
        if (self == 0) {
            memory.setLong(COUNTER, 0);
        }
        together.await();
    }

    /** Reads, and writes one more: between the two the other may do the same. */
    private void add(int turn) {
        long value = memory.getLongAcquire(COUNTER) + 1;
        memory.yieldHint();
        memory.setLongRelease(COUNTER, value);
        memory.setLong(written(self, turn), value);
    }

    private static long written(int who, int turn) {
        return WRITTEN + (long) (who * TURNS + turn) * Long.BYTES;
    }

    private void report(String how) {
        if (self != 0) {
            return;
        }
        long found = memory.getLong(COUNTER);
        System.out.printf("%s: expected %d, found %d, lost %d%n", how, 2 * TURNS, found, 2 * TURNS - found);
        System.out.println("[" + "#".repeat((int) (50 * found / (2 * TURNS)))
                + ".".repeat(50 - (int) (50 * found / (2 * TURNS))) + "]");
        showCollision();
    }

    /** Finds a value that both wrote: both had read the one before it. */
    private void showCollision() {
        Set<Long> byTheOther = new HashSet<>();
        for (int turn = 0; turn < TURNS; turn++) {
            byTheOther.add(memory.getLong(written(1, turn)));
        }
        for (int turn = 0; turn < TURNS; turn++) {
            long value = memory.getLong(written(0, turn));
            if (byTheOther.contains(value)) {
                System.out.printf("    first process       second process%n");
                System.out.printf("    read  %-10d    read  %d%n", value - 1, value - 1);
                System.out.printf("    wrote %-10d    wrote %d     <- one of the two is lost%n", value, value);
                return;
            }
        }
    }
}
