package io.sluice.locks.latch;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.LockRegions;
import io.sluice.locks.support.RegionLockProvider;
import java.util.List;

/** Makes latches; found through {@link java.util.ServiceLoader}. */
public final class LatchProvider extends RegionLockProvider {

    /** For the service loader. */
    public LatchProvider() {
        super(LockKind.LATCH);
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return LatchStat.of(region.memory(), count(region));
    }

    @Override
    protected boolean needsCount() {
        return true;
    }

    @Override
    protected RegionSpec regionSpec(LockSpec<?> spec) {
        return regionSpec(spec.count());
    }

    private static RegionSpec regionSpec(int count) {
        return new RegionSpec(LockKind.LATCH.regionKind(), LatchLayout.bodyBytes(count), List.of((long) count));
    }

    private static int count(Region region) {
        long count = region.geometry().get(LatchLayout.GEOMETRY_COUNT);
        LockRegions.expectRange(region, "count", 1, SharedLatch.MAX_COUNT, count);
        LockRegions.expectSize(region, regionSpec((int) count));
        return (int) count;
    }

    @Override
    protected Synchronizer attach(LockSpec<?> spec, Region region) {
        int count = count(region);
        LockRegions.expect(region, "count", spec.count(), count);
        RegionLatch latch = new RegionLatch(region.memory(), count, spec.waitStrategy(), region::detach);
        LockRegions.wakeOnDetach(region, LatchLayout.WAKE);
        return latch;
    }
}
