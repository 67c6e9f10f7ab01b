package io.sluice.api.lock;

import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.Regions;
import io.sluice.api.spi.LockProvider;
import io.sluice.api.spi.MissingProviderException;
import java.util.ServiceLoader;

/**
 * Where locks come from. The implementations are found through {@link ServiceLoader}; with the api alone on the class
 * path every method says which jar is missing.
 *
 * <pre>{@code
 * try (SharedMutex mutex = Locks.openOrCreate(LockSpec.mutex("accounts"))) {
 *     mutex.onOwnerDeath(death -> accounts.rebuild());
 *     mutex.lock();
 *     try {
 *         accounts.transfer(from, to, amount);
 *     } finally {
 *         mutex.unlock();
 *     }
 * }
 * }</pre>
 *
 * <p>Any thread.
 */
public final class Locks {

    private Locks() {}

    /**
     * Creates a lock.
     *
     * @throws io.sluice.api.region.RegionException if the name exists, the memory does not suffice, or the place is
     *     refused; the subclass says which
     * @throws IllegalArgumentException if the specification lacks what the kind needs
     */
    public static <T extends Synchronizer> T create(LockSpec<T> spec) {
        return provider(spec.kind()).create(spec);
    }

    /**
     * Attaches to an existing lock.
     *
     * @throws io.sluice.api.region.RegionException if there is none, or the file is not such a lock; the subclass says
     *     which
     */
    public static <T extends Synchronizer> T open(LockSpec<T> spec) {
        return provider(spec.kind()).open(spec);
    }

    /**
     * Attaches to the lock, creating it first if it does not exist. Of several racing callers one creates. A
     * specification without the count that creating needs only opens.
     *
     * @throws io.sluice.api.region.RegionException as {@link #create} and {@link #open}
     */
    public static <T extends Synchronizer> T openOrCreate(LockSpec<T> spec) {
        return provider(spec.kind()).openOrCreate(spec);
    }

    /**
     * Looks at the lock in a region, which may be attached for reading only, without becoming a party of it.
     *
     * @throws IllegalArgumentException if the region holds no lock
     */
    public static LockStat stat(Region region) {
        LockKind kind = LockKind.ofRegionKind(region.kind());
        return provider(kind).stat(kind, region);
    }

    /**
     * The same from outside: nobody sees that it was looked at.
     *
     * @param foreignOwner whether a file of another user is acceptable
     * @throws IllegalArgumentException if the region holds no lock
     * @throws io.sluice.api.region.RegionException if there is no such region, or it is broken
     */
    public static LockStat stat(RegionAddress address, boolean foreignOwner) {
        return Regions.look(address, foreignOwner, Locks::stat);
    }

    private static LockProvider provider(LockKind kind) {
        for (LockProvider provider : ServiceLoader.load(LockProvider.class, Locks.class.getClassLoader())) {
            if (provider.supports(kind)) {
                return provider;
            }
        }
        throw new MissingProviderException("a lock of kind " + kind, "io.sluice:sluice-locks");
    }
}
