package io.sluice.locks.readwrite;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.LockRegions;
import io.sluice.locks.support.RegionLockProvider;
import java.util.List;

/** Makes read-write locks; found through {@link java.util.ServiceLoader}. */
public final class ReadWriteLockProvider extends RegionLockProvider {

    /** For the service loader. */
    public ReadWriteLockProvider() {
        super(LockKind.READ_WRITE_LOCK);
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return ReadWriteStat.of(region.memory(), attachments(region));
    }

    @Override
    protected boolean needsCount() {
        return false;
    }

    @Override
    protected RegionSpec regionSpec(LockSpec<?> spec) {
        int attachments = spec.count() == LockSpec.ANY ? SharedReadWriteLock.DEFAULT_ATTACHMENTS : spec.count();
        return regionSpec(attachments, spec.fairness() == LockSpec.Fairness.FAIR);
    }

    private static RegionSpec regionSpec(int attachments, boolean fair) {
        return new RegionSpec(
                LockKind.READ_WRITE_LOCK.regionKind(),
                ReadWriteLayout.bodyBytes(attachments),
                List.of((long) attachments, fair ? 1L : 0L));
    }

    private static int attachments(Region region) {
        long attachments = region.geometry().get(ReadWriteLayout.GEOMETRY_ATTACHMENTS);
        LockRegions.expectRange(region, "attachments", 1, SharedReadWriteLock.MAX_ATTACHMENTS, attachments);
        boolean fair = isFair(region);
        LockRegions.expectSize(region, regionSpec((int) attachments, fair));
        return (int) attachments;
    }

    private static boolean isFair(Region region) {
        long fair = region.geometry().get(ReadWriteLayout.GEOMETRY_FAIR);
        LockRegions.expectRange(region, "fairness", 0, 1, fair);
        return fair == 1;
    }

    @Override
    protected Synchronizer attach(LockSpec<?> spec, Region region) {
        int attachments = attachments(region);
        boolean fair = isFair(region);
        LockRegions.expect(region, "attachments", spec.count(), attachments);
        if (spec.fairness() != LockSpec.Fairness.ANY) {
            LockRegions.expect(region, "fairness", spec.fairness() == LockSpec.Fairness.FAIR ? 1 : 0, fair ? 1 : 0);
        }
        return new RegionReadWriteLock(region.memory(), attachments, fair, spec.waitStrategy(), region::detach);
    }
}
