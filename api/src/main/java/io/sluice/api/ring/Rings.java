package io.sluice.api.ring;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.Regions;
import io.sluice.api.spi.MissingProviderException;
import io.sluice.api.spi.RingProvider;
import java.util.ServiceLoader;

/**
 * Where rings come from. The implementations are found through {@link ServiceLoader}; with the api alone on the class
 * path every method says which jar is missing.
 *
 * <pre>{@code
 * try (Ring ring = Rings.openOrCreate(RingSpec.spsc("orders", 1 << 20));
 *         RingProducer producer = ring.producer()) {
 *     producer.put("hello".getBytes(UTF_8));
 * }
 * }</pre>
 *
 * <p>Any thread.
 */
public final class Rings {

    private Rings() {}

    /**
     * Creates a ring.
     *
     * @throws io.sluice.api.region.RegionException if the name exists, the memory does not suffice, or the place is
     *     refused; the subclass says which
     * @throws IllegalArgumentException if the specification has no capacity
     */
    public static Ring create(RingSpec spec) {
        return provider(spec.kind()).create(spec);
    }

    /**
     * Attaches to an existing ring.
     *
     * @throws io.sluice.api.region.RegionException if there is none, or the file is not a ring of this kind; the
     *     subclass says which
     */
    public static Ring open(RingSpec spec) {
        return provider(spec.kind()).open(spec);
    }

    /**
     * Attaches to the ring, creating it first if it does not exist. Of several racing callers one creates.
     *
     * @throws io.sluice.api.region.RegionException as {@link #create} and {@link #open}
     * @throws IllegalArgumentException if the specification has no capacity, whether the ring exists or not
     */
    public static Ring openOrCreate(RingSpec spec) {
        return provider(spec.kind()).openOrCreate(spec);
    }

    /**
     * What a ring says about itself, without attaching to it.
     *
     * @param foreignOwner whether a file of another user is acceptable
     * @throws io.sluice.api.region.RegionException if there is none, or the file is no region; the subclass says which
     * @throws IllegalArgumentException if the region holds something else than a ring
     */
    public static RingReport report(RegionAddress address, boolean foreignOwner) {
        return Regions.inspect(address, foreignOwner, (region, memory) -> provider(RingKind.ofRegionKind(region.kind()))
                .report(region, memory));
    }

    private static RingProvider provider(RingKind kind) {
        for (RingProvider provider : ServiceLoader.load(RingProvider.class, Rings.class.getClassLoader())) {
            if (provider.supports(kind)) {
                return provider;
            }
        }
        throw new MissingProviderException("a ring of kind " + kind, "io.sluice:sluice-ringbuffer");
    }
}
