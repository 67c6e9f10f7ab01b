package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.spi.RingProvider;
import io.sluice.ringbuffer.attach.AttachedRing;
import io.sluice.ringbuffer.attach.RingGeometry;

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
        return ringIn(Regions.create(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public Ring open(RingSpec spec) {
        return ringIn(Regions.open(spec.address(), RingKind.SPSC.regionKind(), spec.options()), spec);
    }

    @Override
    public Ring openOrCreate(RingSpec spec) {
        return ringIn(Regions.openOrCreate(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return SpscReport.of(region, memory);
    }

    private static RegionSpec regionSpec(RingSpec spec) {
        return RingGeometry.of(spec, 0, 0, 0)
                .regionSpec(RingKind.SPSC.regionKind(), SpscLayout.bodyBytes(spec.capacity()));
    }

    /** The ring in {@code region}, which is detached again if it holds no such ring. */
    private static Ring ringIn(Region region, RingSpec spec) {
        try {
            RingGeometry geometry = RingGeometry.read(region, spec, 0, 0, 0);
            geometry.checkSize(region, SpscLayout.bodyBytes(geometry.capacity()));
            SpscRoles roles = new SpscRoles(geometry.capacity(), geometry.isChecksummed(), spec.waitStrategy());
            return AttachedRing.in(region, RingKind.SPSC, geometry.capacity(), roles);
        } catch (RuntimeException e) {
            region.detach();
            throw e;
        }
    }
}
