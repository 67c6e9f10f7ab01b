package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.spi.LockProvider;
import io.sluice.locks.support.LockRegions;
import java.util.function.Consumer;

/** Makes accountable semaphores; found through {@link java.util.ServiceLoader}. */
public final class AccountableSemaphoreProvider implements LockProvider {

    /** For the service loader. */
    public AccountableSemaphoreProvider() {}

    @Override
    public boolean supports(LockKind kind) {
        return kind == LockKind.ACCOUNTABLE_SEMAPHORE;
    }

    @Override
    public <T extends Synchronizer> T create(LockSpec<T> spec) {
        return LockRegions.create(spec, region(spec), initializer(spec), region -> attach(region, spec));
    }

    @Override
    public <T extends Synchronizer> T open(LockSpec<T> spec) {
        return LockRegions.open(spec, region -> attach(region, spec));
    }

    @Override
    public <T extends Synchronizer> T openOrCreate(LockSpec<T> spec) {
        return LockRegions.openOrCreate(spec, region(spec), initializer(spec), region -> attach(region, spec));
    }

    @Override
    public LockStat stat(LockKind kind, Region region) {
        return SemaphoreStat.accountable(region.memory(), permits(region));
    }

    private static RegionSpec region(LockSpec<?> spec) {
        if (spec.count() < 1 || spec.count() > AccountableSemaphore.MAX_PERMITS) {
            throw new IllegalArgumentException(spec.address() + ": creating an accountable semaphore needs from 1 to "
                    + AccountableSemaphore.MAX_PERMITS + " permits, not " + spec.count());
        }
        return AccountableLayout.region(spec.count(), spec.fairness() == LockSpec.Fairness.FAIR);
    }

    private static Consumer<RegionMemory> initializer(LockSpec<?> spec) {
        return memory -> LedgerSemaphore.initialize(memory, spec.count());
    }

    private static int permits(Region region) {
        long permits = region.geometry().get(AccountableLayout.GEOMETRY_PERMITS);
        LockRegions.expectRange(region, "permits", 1, AccountableSemaphore.MAX_PERMITS, permits);
        LockRegions.expectSize(region, AccountableLayout.region(1, false));
        return (int) permits;
    }

    private static <T extends Synchronizer> T attach(Region region, LockSpec<T> spec) {
        int permits = permits(region);
        LockRegions.expect(region, "permits", spec.count(), permits);
        boolean fair = LockRegions.fairness(region, spec, AccountableLayout.GEOMETRY_FAIR);
        return spec.type()
                .cast(new LedgerSemaphore(region.memory(), permits, fair, spec.waitStrategy(), region::detach));
    }
}
