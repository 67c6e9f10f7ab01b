package io.sluice.locks.barrier;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.LockRegions;
import io.sluice.locks.support.RegionLockProvider;
import java.util.List;

/** Makes barriers; found through {@link java.util.ServiceLoader}. */
public final class BarrierProvider extends RegionLockProvider {

    /** For the service loader. */
    public BarrierProvider() {
        super(LockKind.BARRIER);
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return BarrierStat.of(region.memory(), parties(region));
    }

    @Override
    protected boolean needsCount() {
        return true;
    }

    @Override
    protected RegionSpec regionSpec(LockSpec<?> spec) {
        return regionSpec(spec.count());
    }

    private static RegionSpec regionSpec(int parties) {
        return new RegionSpec(LockKind.BARRIER.regionKind(), BarrierLayout.bodyBytes(parties), List.of((long) parties));
    }

    private static int parties(Region region) {
        long parties = region.geometry().get(BarrierLayout.GEOMETRY_PARTIES);
        LockRegions.expectRange(region, "parties", 1, SharedBarrier.MAX_PARTIES, parties);
        LockRegions.expectSize(region, regionSpec((int) parties));
        return (int) parties;
    }

    @Override
    protected Synchronizer attach(LockSpec<?> spec, Region region) {
        int parties = parties(region);
        LockRegions.expect(region, "parties", spec.count(), parties);
        RegionBarrier barrier = new RegionBarrier(region.memory(), parties, spec.waitStrategy(), region::detach);
        LockRegions.wakeOnDetach(region, BarrierLayout.WAKE);
        return barrier;
    }
}
