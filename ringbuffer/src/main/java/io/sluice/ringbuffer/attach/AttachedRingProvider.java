package io.sluice.ringbuffer.attach;

import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.spi.RingProvider;

/** What the providers of all variants have in common: the region first, then the ring in it. */
public abstract class AttachedRingProvider implements RingProvider {

    private final RingKind kind;

    /** Makes rings of {@code kind} only. */
    protected AttachedRingProvider(RingKind kind) {
        this.kind = kind;
    }

    /** How the region for a ring as {@code spec} says is made. */
    protected abstract RegionSpec regionSpec(RingSpec spec);

    /**
     * The ring in {@code region}, which from then on belongs to it.
     *
     * @throws io.sluice.api.region.RegionException if the region holds no such ring
     */
    protected abstract Ring attach(Region region, RingSpec spec);

    @Override
    public final boolean supports(RingKind other) {
        return other == kind;
    }

    @Override
    public final Ring create(RingSpec spec) {
        return ringIn(Regions.create(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public final Ring open(RingSpec spec) {
        return ringIn(Regions.open(spec.address(), kind.regionKind(), spec.options()), spec);
    }

    @Override
    public final Ring openOrCreate(RingSpec spec) {
        return ringIn(Regions.openOrCreate(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    /** The ring in {@code region}, which is detached again if it holds no such ring. */
    private Ring ringIn(Region region, RingSpec spec) {
        try {
            return attach(region, spec);
        } catch (RuntimeException e) {
            region.detach();
            throw e;
        }
    }
}
