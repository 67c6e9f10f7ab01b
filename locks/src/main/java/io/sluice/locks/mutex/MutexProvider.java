package io.sluice.locks.mutex;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.spi.LockProvider;
import io.sluice.locks.support.LockRegions;

/** Makes mutexes; found through {@link java.util.ServiceLoader}. */
public final class MutexProvider implements LockProvider {

    private static final RegionSpec REGION = RegionSpec.of(LockKind.MUTEX.regionKind(), MutexLayout.BODY_BYTES);

    /** For the service loader. */
    public MutexProvider() {}

    @Override
    public boolean supports(LockKind kind) {
        return kind == LockKind.MUTEX;
    }

    @Override
    public <T extends Synchronizer> T create(LockSpec<T> spec) {
        return LockRegions.create(spec, REGION, memory -> {}, region -> attach(region, spec));
    }

    @Override
    public <T extends Synchronizer> T open(LockSpec<T> spec) {
        return LockRegions.open(spec, region -> attach(region, spec));
    }

    @Override
    public <T extends Synchronizer> T openOrCreate(LockSpec<T> spec) {
        return LockRegions.openOrCreate(spec, REGION, memory -> {}, region -> attach(region, spec));
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        LockRegions.expectSize(region, REGION);
        return MutexStat.of(region.memory());
    }

    private static <T extends Synchronizer> T attach(Region region, LockSpec<T> spec) {
        LockRegions.expectSize(region, REGION);
        return spec.type().cast(new Mutex(region.memory(), spec.waitStrategy(), region::detach));
    }
}
