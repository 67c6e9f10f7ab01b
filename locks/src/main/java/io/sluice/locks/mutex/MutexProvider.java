package io.sluice.locks.mutex;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.LockRegions;
import io.sluice.locks.support.RegionLockProvider;

/** Makes mutexes; found through {@link java.util.ServiceLoader}. */
public final class MutexProvider extends RegionLockProvider {

    private static final RegionSpec REGION = RegionSpec.of(LockKind.MUTEX.regionKind(), MutexLayout.BODY_BYTES);

    /** For the service loader. */
    public MutexProvider() {
        super(LockKind.MUTEX);
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        LockRegions.expectSize(region, REGION);
        return MutexStat.of(region.memory());
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
        return new Mutex(region.memory(), spec.waitStrategy(), region::detach);
    }
}
