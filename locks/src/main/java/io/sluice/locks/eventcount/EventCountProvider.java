package io.sluice.locks.eventcount;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.LockRegions;
import io.sluice.locks.support.RegionLockProvider;

/** Makes event counts; found through {@link java.util.ServiceLoader}. */
public final class EventCountProvider extends RegionLockProvider {

    private static final RegionSpec REGION =
            RegionSpec.of(LockKind.EVENT_COUNT.regionKind(), EventCountLayout.BODY_BYTES);

    /** For the service loader. */
    public EventCountProvider() {
        super(LockKind.EVENT_COUNT);
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return RegionEventCount.stat(region.memory());
    }

    @Override
    protected boolean needsCount() {
        return false;
    }

    @Override
    protected RegionSpec regionSpec(LockSpec<?> spec) {
        return REGION;
    }

    @Override
    protected Synchronizer attach(LockSpec<?> spec, Region region) {
        LockRegions.expectSize(region, REGION);
        RegionEventCount events = new RegionEventCount(region.memory(), spec.waitStrategy(), region::detach);
        LockRegions.wakeOnDetach(region, EventCountLayout.WAKE);
        return events;
    }
}
