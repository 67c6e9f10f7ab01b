package io.sluice.locks;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import io.sluice.locks.scene.Errands;
import java.nio.file.Path;

/**
 * A process that takes part in latch, barriers and event count as it is told: {@code latch promise}, {@code latch
 * count}, {@code latch await}; {@code barrier join}, {@code barrier arrive}, the same with the barrier {@code trio};
 * {@code events advance}, {@code events flood} for ever, {@code events wait n}.
 */
final class RelativesChild {

    private final Path directory;

    private RelativesChild(Path directory) {
        this.directory = directory;
    }

    /** The argument is the directory in which all are. Runs until its standard input ends. */
    public static void main(String[] arguments) {
        new RelativesChild(Path.of(arguments[0])).run();
    }

    private <T extends Synchronizer> T open(LockSpec<T> spec) {
        return Locks.open(
                spec.withAddress(RegionAddress.of(directory, spec.address().name())));
    }

    private void run() {
        Errands errands = new Errands();
        SharedLatch latch = open(LockSpec.latch("latch"));
        errands.with("latch", words -> {
            switch (words[0]) {
                case "promise" -> latch.promise();
                case "count" -> latch.countDown();
                case "await" -> latch.await();
                default -> throw new IllegalArgumentException(words[0]);
            }
        });
        errands.with("barrier", atBarrier("barrier"));
        errands.with("trio", atBarrier("trio"));
        EventCount events = open(LockSpec.eventCount("events"));
        errands.with("events", words -> {
            switch (words[0]) {
                case "advance" -> events.advance();
                case "flood" -> flood(events);
                case "wait" -> events.awaitBeyond(Long.parseLong(words[1]));
                default -> throw new IllegalArgumentException(words[0]);
            }
        });
        errands.run();
    }

    private Errands.Errand atBarrier(String name) {
        SharedBarrier barrier = open(LockSpec.barrier(name));
        BarrierParty[] party = new BarrierParty[1];
        return words -> {
            switch (words[0]) {
                case "join" -> party[0] = barrier.join();
                case "arrive" -> party[0].await();
                default -> throw new IllegalArgumentException(words[0]);
            }
        };
    }

    private static void flood(EventCount events) {
        while (true) {
            events.advance();
        }
    }
}
