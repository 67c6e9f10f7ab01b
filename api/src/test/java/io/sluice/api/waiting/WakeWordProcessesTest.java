package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sleeping and waking processes killed with SIGKILL: whoever is left gets going. A hang is what fails here. */
@Timeout(120)
class WakeWordProcessesTest {

    static final String KIND = "test.wake";
    static final long WORD = RegionHeaderLayout.BODY;
    static final long VALUE = RegionHeaderLayout.BODY + 128;

    private TestDirectory directory;
    private Region region;
    private RegionMemory memory;
    private WakeWord word;

    @BeforeEach
    void createRegion() throws IOException {
        directory = TestDirectory.create();
        region = Regions.create(
                RegionAddress.of(directory.path(), "words"), RegionSpec.of(KIND, 4096), RegionOptions.DEFAULT);
        memory = region.memory();
        word = new WakeWord(memory, WORD);
    }

    @AfterEach
    void removeRegion() throws IOException {
        region.detach();
        directory.close();
    }

    private ChildJvm start(String what) {
        ChildJvm child =
                ChildJvm.start(WakeWordChild.class, what, directory.path().toString(), "words");
        child.awaitLine("ready");
        return child;
    }

    /** Sleeps until the value is at least {@code target}. */
    private void awaitValue(long target) {
        boolean reached;
        do {
            reached = WaitStrategy.block()
                    .await(word, () -> memory.getLongAcquire(VALUE) >= target, WaitStrategy.SLICE_NANOS);
        } while (!reached);
    }

    @Test
    void aKilledSleeperKeepsNobodyFromSleepingAndWaking() throws InterruptedException {
        for (int round = 1; round <= 3; round++) {
            long target = memory.getLong(VALUE) + 1;
            try (ChildJvm sleeper = start("sleep")) {
                while (!WakeWord.hasSleepers(memory, WORD)) {
                    Thread.onSpinWait();
                }
                sleeper.kill();
            }
            Thread survivor = new Thread(() -> awaitValue(target));
            survivor.start();
            memory.setLongRelease(VALUE, target);
            word.wake();
            survivor.join();
        }
    }

    @Test
    void aSleeperOutlivesEveryWakerThatIsKilled() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            long[] seen = {memory.getLong(VALUE)};
            long last = Long.MAX_VALUE / 2 + round;
            Thread survivor = new Thread(() -> {
                while (seen[0] < last) {
                    awaitValue(seen[0] + 1);
                    seen[0] = memory.getLongAcquire(VALUE);
                }
            });
            try (ChildJvm waker = start("wake")) {
                survivor.start();
                awaitValue(seen[0] + 1000);
                waker.kill();
            }
            // Nobody wakes for this one, as if the waker had died in front of its wake.
            memory.setLongRelease(VALUE, last);
            survivor.join();
            memory.setLongRelease(VALUE, 0);
        }
    }

    @Test
    void twoProcessesStoppedAndContinuedMissNothing() {
        try (ChildJvm waker = start("wake")) {
            for (int round = 0; round < 5; round++) {
                awaitValue(memory.getLongAcquire(VALUE) + 1000);
                waker.stop();
                long stopped = memory.getLongAcquire(VALUE);
                waker.resume();
                awaitValue(stopped + 1000);
            }
        }
    }
}
