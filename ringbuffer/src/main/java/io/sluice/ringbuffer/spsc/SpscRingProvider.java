package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.spi.RingProvider;

/** Makes SPSC rings; found through {@link java.util.ServiceLoader}. */
public final class SpscRingProvider implements RingProvider {

    /** For the service loader. */
    public SpscRingProvider() {}

    @Override
    public boolean supports(RingKind kind) {
        return kind == RingKind.SPSC;
    }

    @Override
    public Ring create(RingSpec spec) {
        return SpscRing.in(Regions.create(spec.address(), SpscRing.regionSpec(spec), spec.options()), spec);
    }

    @Override
    public Ring open(RingSpec spec) {
        return SpscRing.in(Regions.open(spec.address(), RingKind.SPSC.regionKind(), spec.options()), spec);
    }

    @Override
    public Ring openOrCreate(RingSpec spec) {
        return SpscRing.in(Regions.openOrCreate(spec.address(), SpscRing.regionSpec(spec), spec.options()), spec);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return SpscReport.of(region, memory);
    }
}
