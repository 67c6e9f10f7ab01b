package io.sluice.api.spi;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;

/** Implementation of some kinds of locks, found through {@link java.util.ServiceLoader}. Any thread. */
public interface LockProvider {

    /** Whether this provider has locks of {@code kind}. */
    boolean supports(LockKind kind);

    /** See {@link io.sluice.api.lock.Locks#create}. */
    <T extends Synchronizer> T create(LockSpec<T> spec);

    /** See {@link io.sluice.api.lock.Locks#open}. */
    <T extends Synchronizer> T open(LockSpec<T> spec);

    /** See {@link io.sluice.api.lock.Locks#openOrCreate}. */
    <T extends Synchronizer> T openOrCreate(LockSpec<T> spec);

    /** See {@link io.sluice.api.lock.Locks#stat}. */
    LockStat stat(LockKind kind, Region region);
}
