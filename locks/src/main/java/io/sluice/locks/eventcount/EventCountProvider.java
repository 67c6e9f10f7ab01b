package io.sluice.locks.eventcount;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.spi.LockProvider;
import io.sluice.locks.support.LockRegions;
import java.util.List;

/** Makes event counts; found through {@link java.util.ServiceLoader}. */
public final class EventCountProvider implements LockProvider {

    /** For the service loader. */
    public EventCountProvider() {}

    @Override
    public boolean supports(LockKind kind) {
        return kind == LockKind.EVENT_COUNT;
    }

    @Override
    public <T extends Synchronizer> T create(LockSpec<T> spec) {
        return LockRegions.create(spec, regionSpec(), memory -> {}, region -> attach(spec, region));
    }

    @Override
    public <T extends Synchronizer> T open(LockSpec<T> spec) {
        return LockRegions.open(spec, region -> attach(spec, region));
    }

    @Override
    public <T extends Synchronizer> T openOrCreate(LockSpec<T> spec) {
        return LockRegions.openOrCreate(spec, regionSpec(), memory -> {}, region -> attach(spec, region));
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return RegionEventCount.stat(region.memory());
    }

    private static RegionSpec regionSpec() {
        return new RegionSpec(LockKind.EVENT_COUNT.regionKind(), EventCountLayout.BODY_BYTES, List.of());
    }

    private static <T extends Synchronizer> T attach(LockSpec<T> spec, Region region) {
        LockRegions.expectSize(region, regionSpec());
        return spec.type().cast(new RegionEventCount(region.memory(), spec.waitStrategy(), region::detach));
    }
}
