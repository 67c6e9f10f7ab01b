package io.sluice.locks;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.ChildConsole;
import java.nio.file.Path;

/** A process that takes part in a latch, a barrier and an event count as it is told, a word a line. */
final class RelativesChild {

    private final Path directory;

    private RelativesChild(Path directory) {
        this.directory = directory;
    }

    /** The argument is the directory in which all three are. */
    public static void main(String[] arguments) throws Exception {
        new RelativesChild(Path.of(arguments[0])).run(new ChildConsole());
    }

    private <T extends Synchronizer> T open(LockSpec<T> spec) {
        return Locks.open(
                spec.withAddress(RegionAddress.of(directory, spec.address().name())));
    }

    private void run(ChildConsole console) throws Exception {
        try (SharedLatch latch = open(LockSpec.latch("latch"));
                SharedBarrier barrier = open(LockSpec.barrier("barrier"));
                EventCount events = open(LockSpec.eventCount("events"))) {
            BarrierParty party = null;
            console.say("ready");
            for (String line = console.hear(); line != null; line = console.hear()) {
                switch (line) {
                    case "promise" -> latch.promise();
                    case "count down" -> latch.countDown();
                    case "join" -> party = barrier.join();
                    case "arrive" -> party.await();
                    case "advance" -> events.advance();
                    case "wait" -> events.awaitBeyond(events.current());
                    default -> throw new IllegalArgumentException(line);
                }
                console.say("done");
            }
        }
    }
}
