package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.TestDirectory;
import io.sluice.locks.scene.Storm;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes are killed wherever they are. With permits that have holders, each checks on every turn that there are not too
 * many, and in the end all are there; of a plain count, each kill explains at most one permit more or less.
 */
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SemaphoreStormTest {

    private static final int TOTAL = 4;

    private TestDirectory directory;
    private RegionAddress address;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
        address = RegionAddress.of(directory.path(), "permits");
    }

    @AfterEach
    void clear() throws IOException {
        directory.close();
    }

    private Region data() {
        RegionSpec spec = RegionSpec.of(PermitUses.KIND, PermitUses.BODY_BYTES);
        return Regions.create(RegionAddress.of(directory.path(), "data"), spec, RegionOptions.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(names = {"BARGING", "FAIR"})
    void keepsEveryPermitWhileProcessesAreKilled(Fairness fairness) throws InterruptedException {
        try (Region data = data();
                Storm storm = new Storm(AccountableStormChild.class, directory.path());
                AccountableSemaphore semaphore = Locks.create(LockSpec.accountableSemaphore("permits", TOTAL)
                        .withAddress(address)
                        .withFairness(fairness))) {
            storm.rage(Storm.KILLS / 2);
            assertTrue(semaphore.tryAcquire(TOTAL, Duration.ofSeconds(30)), storm::toString);
            assertEquals(TOTAL, semaphore.heldPermits());
            assertEquals(1, semaphore.stat().holders().size());
            PermitUses uses = new PermitUses(data.memory(), TOTAL);
            assertTrue(uses.turns() > storm.killed());
            System.out.printf("accountable, %s: %s, %d uses%n", fairness, storm, uses.turns());
        }
    }

    @Test
    void losesAndInventsNoSignalWhileProcessesAreKilled() {
        try (Region data = data();
                Storm storm = new Storm(SignallingStormChild.class, directory.path());
                SignallingSemaphore semaphore =
                        Locks.create(LockSpec.signallingSemaphore("permits", 0).withAddress(address))) {
            storm.rage(Storm.KILLS);
            PermitUses uses = new PermitUses(data.memory(), 1);
            // Killed between counting and releasing, or between acquiring and counting: one permit less, either way.
            long missing = uses.started() - uses.acquired() - semaphore.availablePermits();
            assertTrue(missing >= 0 && missing <= 2L * storm.killed(), () -> storm + ", missing " + missing);
            assertTrue(uses.acquired() > storm.killed());
            System.out.printf("signalling: %s, %d signals, %d missing%n", storm, uses.acquired(), missing);
        }
    }
}
