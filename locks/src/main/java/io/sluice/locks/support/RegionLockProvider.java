package io.sluice.locks.support;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.spi.LockProvider;

/** What the providers of locks have in common: each makes one kind, a region for each lock. Any thread. */
public abstract class RegionLockProvider implements LockProvider {

    private final LockKind kind;

    /** A provider of {@code kind} and nothing else. */
    protected RegionLockProvider(LockKind kind) {
        this.kind = kind;
    }

    @Override
    public final boolean supports(LockKind wanted) {
        return wanted == kind;
    }

    @Override
    public final <T extends Synchronizer> T create(LockSpec<T> spec) {
        if (lacksCount(spec)) {
            throw new IllegalArgumentException(
                    spec.address() + ": creating a lock of kind " + kind + " needs its count");
        }
        return LockRegions.create(
                spec, regionSpec(spec), memory -> initialize(memory, spec), region -> attached(spec, region));
    }

    @Override
    public final <T extends Synchronizer> T open(LockSpec<T> spec) {
        return LockRegions.open(spec, region -> attached(spec, region));
    }

    @Override
    public final <T extends Synchronizer> T openOrCreate(LockSpec<T> spec) {
        if (lacksCount(spec)) {
            return open(spec);
        }
        return LockRegions.openOrCreate(
                spec, regionSpec(spec), memory -> initialize(memory, spec), region -> attached(spec, region));
    }

    private <T extends Synchronizer> T attached(LockSpec<T> spec, Region region) {
        return spec.type().cast(attach(spec, region));
    }

    private boolean lacksCount(LockSpec<?> spec) {
        return needsCount() && spec.count() == LockSpec.ANY;
    }

    /** Whether a lock of this kind cannot be made without a count. */
    protected abstract boolean needsCount();

    /** The region of a new lock, of a specification that has a count if the kind needs one. */
    protected abstract RegionSpec regionSpec(LockSpec<?> spec);

    /** Writes what is not zero in a new lock, in a memory that nobody else sees yet. */
    protected void initialize(RegionMemory memory, LockSpec<?> spec) {}

    /**
     * Checks that the region holds such a lock, and attaches to it.
     *
     * @return the attachment, which from then on owns the region
     */
    protected abstract Synchronizer attach(LockSpec<?> spec, Region region);
}
