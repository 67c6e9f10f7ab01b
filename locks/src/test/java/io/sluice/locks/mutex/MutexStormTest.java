package io.sluice.locks.mutex;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.TestDirectory;
import io.sluice.locks.scene.Storm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes are killed wherever they are. Each checks on every turn that it is alone and that the fencing tokens grow; in
 * the end an audit finds that nobody was told twice of one death, and that the mutex works.
 */
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutexStormTest {

    @Test
    void keepsItsPromisesWhileProcessesAreKilled() throws IOException {
        try (TestDirectory directory = TestDirectory.create();
                Storm storm = new Storm(MutexStormChild.class, directory.path())) {
            keepItsPromises(directory.path(), storm);
        }
    }

    private static void keepItsPromises(Path directory, Storm storm) {
        RegionSpec spec = RegionSpec.of(MutexLedger.KIND, MutexLedger.BODY_BYTES);
        try (Region data = Regions.create(RegionAddress.of(directory, "data"), spec, RegionOptions.DEFAULT);
                SharedMutex mutex =
                        Locks.create(LockSpec.mutex("mutex").withAddress(RegionAddress.of(directory, "mutex")))) {
            MutexLedger ledger = new MutexLedger(data.memory());
            storm.rage(Storm.KILLS);
            mutex.onOwnerDeath(death -> ledger.repair(death.deadOwner()));
            mutex.lock();
            try {
                ledger.change(mutex.fencingToken(), () -> {});
            } finally {
                mutex.unlock();
            }
            ledger.audit(storm.killed());
            assertTrue(ledger.changes() > storm.killed());
            System.out.printf("mutex: %s, %s%n", storm, ledger);
        }
    }
}
