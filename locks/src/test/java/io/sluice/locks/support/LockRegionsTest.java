package io.sluice.locks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.OwnDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Regions with locks in them. */
class LockRegionsTest {

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    private static Synchronizer fail(Region region) {
        throw new OutOfMemoryError("a test has no memory to attach to " + region.name());
    }

    @Test
    void leavesTheRegionOfALockThatItHasNoMemoryFor() {
        LockSpec<?> spec = directory.here(LockSpec.eventCount("lock"));
        RegionSpec region = RegionSpec.of(LockKind.EVENT_COUNT.regionKind(), 64);
        assertThrows(
                OutOfMemoryError.class, () -> LockRegions.create(spec, region, memory -> {}, LockRegionsTest::fail));
        assertEquals(0, Regions.stat(spec.address(), false).liveAttachments());
    }
}
