package io.sluice.locks.latch;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.spi.LockProvider;
import io.sluice.locks.support.LockRegions;
import java.util.List;

/** Makes latches; found through {@link java.util.ServiceLoader}. */
public final class LatchProvider implements LockProvider {

    /** For the service loader. */
    public LatchProvider() {}

    @Override
    public boolean supports(LockKind kind) {
        return kind == LockKind.LATCH;
    }

    @Override
    public <T extends Synchronizer> T create(LockSpec<T> spec) {
        return LockRegions.create(spec, regionSpec(spec), memory -> {}, region -> attach(spec, region));
    }

    @Override
    public <T extends Synchronizer> T open(LockSpec<T> spec) {
        return LockRegions.open(spec, region -> attach(spec, region));
    }

    @Override
    public <T extends Synchronizer> T openOrCreate(LockSpec<T> spec) {
        if (spec.count() == LockSpec.ANY) {
            return open(spec);
        }
        return LockRegions.openOrCreate(spec, regionSpec(spec), memory -> {}, region -> attach(spec, region));
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return LatchStat.of(region.memory(), count(region));
    }

    private static RegionSpec regionSpec(LockSpec<?> spec) {
        if (spec.count() == LockSpec.ANY) {
            throw new IllegalArgumentException(spec.address() + ": creating a latch needs its count");
        }
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

    private static <T extends Synchronizer> T attach(LockSpec<T> spec, Region region) {
        int count = count(region);
        LockRegions.expect(region, "count", spec.count(), count);
        return spec.type().cast(new RegionLatch(region.memory(), count, spec.waitStrategy(), region::detach));
    }
}
