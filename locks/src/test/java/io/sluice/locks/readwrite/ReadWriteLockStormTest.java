package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that read and write at random are killed with SIGKILL at random, one after the other, and replaced; in
 * between some are stopped for a while. Each checks on every turn that the lock keeps writers alone; in the end an
 * audit counts. {@code -Dsluice.kills=2000} is the long form, {@code -Dsluice.seed=} repeats the choices. The
 * short form is shorter still where it runs a second time, without JVM flags.
 */
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadWriteLockStormTest {

    private static final int CHILDREN = 3;
    private static final boolean SECOND_MODE = "standard".equals(System.getProperty("sluice.test.mode"));
    private static final int KILLS = Integer.getInteger("sluice.kills", SECOND_MODE ? 20 : 100);

    private final List<ChildJvm> children = new ArrayList<>();
    private TestDirectory directory;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
    }

    @AfterEach
    void clear() throws IOException {
        children.forEach(ChildJvm::close);
        directory.close();
    }

    private ChildJvm start(long seed) {
        ChildJvm child = ChildJvm.start(StormChild.class, directory.path().toString(), Long.toString(seed));
        children.add(child);
        return child;
    }

    private static void killHealthy(ChildJvm child) {
        if (!child.isRunning()) {
            throw new AssertionError("a child ended by itself" + child.awaitLine("wrong"));
        }
        child.kill();
    }

    @ParameterizedTest
    @EnumSource(names = {"BARGING", "FAIR"})
    void keepsItsPromisesWhileProcessesAreKilled(Fairness fairness) {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int kills = KILLS / 2;
        try (Region data = Regions.create(
                        RegionAddress.of(directory.path(), "data"),
                        new RegionSpec(StormLedger.KIND, StormLedger.BODY_BYTES, List.of()),
                        RegionOptions.DEFAULT);
                SharedReadWriteLock lock = Locks.create(LockSpec.readWriteLock("lock")
                        .withFairness(fairness)
                        .withAddress(RegionAddress.of(directory.path(), "lock")))) {
            StormLedger ledger = new StormLedger(data.memory());
            lock.writeLock().onOwnerDeath(death -> ledger.repair());
            for (int child = 0; child < CHILDREN; child++) {
                start(random.nextLong());
            }
            children.forEach(child -> child.awaitLine("ready"));
            for (int kill = 0; kill < kills; kill++) {
                ChildJvm victim = children.remove(0);
                ChildJvm successor = start(random.nextLong());
                if (random.nextInt(4) == 0) {
                    ChildJvm stopped = children.get(0);
                    stopped.stop();
                    LockSupport.parkNanos(random.nextInt(10_000_000));
                    stopped.resume();
                }
                successor.awaitLine("ready");
                LockSupport.parkNanos(random.nextInt(2_000_000));
                killHealthy(victim);
            }
            children.forEach(ReadWriteLockStormTest::killHealthy);
            lock.writeLock().lock();
            try {
                ledger.write(() -> {});
            } finally {
                lock.writeLock().unlock();
            }
            ledger.audit(kills + CHILDREN);
            assertTrue(ledger.reads() > 0);
            assertEquals(0, lock.stat().holders().size());
            System.out.printf("%s storm, seed %d: %d kills, %s%n", fairness, seed, kills + CHILDREN, ledger);
        }
    }
}
