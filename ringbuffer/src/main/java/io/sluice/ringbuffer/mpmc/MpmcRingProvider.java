package io.sluice.ringbuffer.mpmc;

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

/** Makes MPMC rings; found through {@link java.util.ServiceLoader}. */
public final class MpmcRingProvider extends AttachedRingProvider {

    /** For the service loader. */
    public MpmcRingProvider() {
        super(RingKind.MPMC);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return MpmcReport.of(region, memory);
    }

    @Override
    protected RegionSpec regionSpec(RingSpec spec) {
        RingGeometry geometry = RingGeometry.of(spec, 0, spec.maxProducers(), spec.maxConsumers());
        return geometry.regionSpec(
                RingKind.MPMC.regionKind(), MpmcGeometry.of(geometry).bodyBytes());
    }

    @Override
    protected Ring attach(Region region, RingSpec spec) {
        RingGeometry geometry =
                RingGeometry.read(region, spec, 0, RingSpec.MOST_PARTICIPANTS, RingSpec.MOST_PARTICIPANTS);
        MpmcGeometry mpmc = MpmcGeometry.of(geometry);
        geometry.checkSize(region, mpmc.bodyBytes());
        MpmcRoles roles = new MpmcRoles(mpmc, spec.waitStrategy());
        return AttachedRing.in(region, RingKind.MPMC, geometry.capacity(), roles);
    }
}
