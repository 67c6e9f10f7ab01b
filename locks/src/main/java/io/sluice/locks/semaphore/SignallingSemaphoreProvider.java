package io.sluice.locks.semaphore;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.LockRegions;
import io.sluice.locks.support.RegionLockProvider;

/** Makes signalling semaphores; found through {@link java.util.ServiceLoader}. */
public final class SignallingSemaphoreProvider extends RegionLockProvider {

    /** For the service loader. */
    public SignallingSemaphoreProvider() {
        super(LockKind.SIGNALLING_SEMAPHORE);
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return SemaphoreStat.signalling(region.memory(), maximum(region));
    }

    @Override
    protected boolean needsCount() {
        return true;
    }

    @Override
    protected RegionSpec regionSpec(LockSpec<?> spec) {
        int maximum = spec.maximum() == LockSpec.ANY ? Integer.MAX_VALUE : spec.maximum();
        return SignallingLayout.region(spec.count(), maximum, spec.fairness() == LockSpec.Fairness.FAIR);
    }

    @Override
    protected void initialize(RegionMemory memory, LockSpec<?> spec) {
        CountingSemaphore.initialize(memory, spec.count());
    }

    private static int maximum(Region region) {
        long maximum = region.geometry().get(SignallingLayout.GEOMETRY_MAXIMUM);
        LockRegions.expectRange(region, "maximum of permits", 1, Integer.MAX_VALUE, maximum);
        LockRegions.expectSize(region, SignallingLayout.region(0, 1, false));
        return (int) maximum;
    }

    @Override
    protected Synchronizer attach(LockSpec<?> spec, Region region) {
        int maximum = maximum(region);
        long initial = region.geometry().get(SignallingLayout.GEOMETRY_INITIAL);
        LockRegions.expect(region, "initial permits", spec.count(), initial);
        LockRegions.expect(region, "maximum of permits", spec.maximum(), maximum);
        boolean fair = LockRegions.fairness(region, spec, SignallingLayout.GEOMETRY_FAIR);
        CountingSemaphore semaphore =
                new CountingSemaphore(region.memory(), maximum, fair, spec.waitStrategy(), region::detach);
        LockRegions.wakeOnDetach(region, SignallingLayout.WAKE);
        return semaphore;
    }
}
