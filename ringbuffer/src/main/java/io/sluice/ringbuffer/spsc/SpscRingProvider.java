package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.attach.AttachedRing;
import io.sluice.ringbuffer.attach.AttachedRingProvider;
import io.sluice.ringbuffer.attach.RingGeometry;

/** Makes SPSC rings; found through {@link java.util.ServiceLoader}. */
public final class SpscRingProvider extends AttachedRingProvider {

    /** For the service loader. */
    public SpscRingProvider() {
        super(RingKind.SPSC);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return SpscReport.of(region, memory);
    }

    @Override
    protected RegionSpec regionSpec(RingSpec spec) {
        return RingGeometry.of(spec, 0, 0, 0)
                .regionSpec(RingKind.SPSC.regionKind(), SpscLayout.bodyBytes(spec.capacity()));
    }

    @Override
    protected Ring attach(Region region, RingSpec spec) {
        RingGeometry geometry = RingGeometry.read(region, spec, 0, 0, 0);
        geometry.checkSize(region, SpscLayout.bodyBytes(geometry.capacity()));
        SpscRoles roles = new SpscRoles(geometry.capacity(), geometry.isChecksummed(), spec.waitStrategy());
        return AttachedRing.in(region, RingKind.SPSC, geometry.capacity(), roles);
    }
}
