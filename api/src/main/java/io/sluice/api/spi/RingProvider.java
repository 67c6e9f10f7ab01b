package io.sluice.api.spi;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;

/** Implementation of some kinds of rings, found through {@link java.util.ServiceLoader}. Any thread. */
public interface RingProvider {

    /** Whether this provider has rings of {@code kind}. */
    boolean supports(RingKind kind);

    /** See {@link io.sluice.api.ring.Rings#create}. */
    Ring create(RingSpec spec);

    /** See {@link io.sluice.api.ring.Rings#open}. */
    Ring open(RingSpec spec);

    /** See {@link io.sluice.api.ring.Rings#openOrCreate}. */
    Ring openOrCreate(RingSpec spec);

    /**
     * Reads a ring's report out of its region.
     *
     * @param region report of the region, whose kind this provider supports
     * @param memory the whole region, read-only
     */
    RingReport report(RegionInfo region, RegionMemory memory);
}
