package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.LockRegions;
import io.sluice.locks.support.RegionLockProvider;

/** Makes accountable semaphores; found through {@link java.util.ServiceLoader}. */
public final class AccountableSemaphoreProvider extends RegionLockProvider {

    /** For the service loader. */
    public AccountableSemaphoreProvider() {
        super(LockKind.ACCOUNTABLE_SEMAPHORE);
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return SemaphoreStat.accountable(region.memory(), permits(region));
    }

    @Override
    protected boolean needsCount() {
        return true;
    }

    @Override
    protected RegionSpec regionSpec(LockSpec<?> spec) {
        return AccountableLayout.region(spec.count(), spec.fairness() == LockSpec.Fairness.FAIR);
    }

    @Override
    protected void initialize(RegionMemory memory, LockSpec<?> spec) {
        LedgerSemaphore.initialize(memory, spec.count());
    }

    private static int permits(Region region) {
        long permits = region.geometry().get(AccountableLayout.GEOMETRY_PERMITS);
        LockRegions.expectRange(region, "permits", 1, AccountableSemaphore.MAX_PERMITS, permits);
        LockRegions.expectSize(region, AccountableLayout.region(1, false));
        return (int) permits;
    }

    @Override
    protected Synchronizer attach(LockSpec<?> spec, Region region) {
        int permits = permits(region);
        LockRegions.expect(region, "permits", spec.count(), permits);
        boolean fair = LockRegions.fairness(region, spec, AccountableLayout.GEOMETRY_FAIR);
        LedgerSemaphore semaphore =
                new LedgerSemaphore(region.memory(), permits, fair, spec.waitStrategy(), region::detach);
        LockRegions.wakeOnDetach(region, AccountableLayout.WAKE);
        return semaphore;
    }
}
