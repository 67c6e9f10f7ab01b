package io.sluice.ringbuffer.mpmc;

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

/** Makes MPMC rings; found through {@link java.util.ServiceLoader}. */
public final class MpmcRingProvider implements RingProvider {

    /** For the service loader. */
    public MpmcRingProvider() {}

    @Override
    public boolean supports(RingKind kind) {
        return kind == RingKind.MPMC;
    }

    @Override
    public Ring create(RingSpec spec) {
        return ringIn(Regions.create(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public Ring open(RingSpec spec) {
        return ringIn(Regions.open(spec.address(), RingKind.MPMC.regionKind(), spec.options()), spec);
    }

    @Override
    public Ring openOrCreate(RingSpec spec) {
        return ringIn(Regions.openOrCreate(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return MpmcReport.of(region, memory);
    }

    private static RegionSpec regionSpec(RingSpec spec) {
        RingGeometry geometry = RingGeometry.of(spec, 0, spec.maxProducers(), spec.maxConsumers());
        return geometry.regionSpec(
                RingKind.MPMC.regionKind(), MpmcGeometry.of(geometry).bodyBytes());
    }

    /** The ring in {@code region}, which is detached again if it holds no such ring. */
    private static Ring ringIn(Region region, RingSpec spec) {
        try {
            RingGeometry geometry =
                    RingGeometry.read(region, spec, 0, RingSpec.MOST_PARTICIPANTS, RingSpec.MOST_PARTICIPANTS);
            MpmcGeometry mpmc = MpmcGeometry.of(geometry);
            geometry.checkSize(region, mpmc.bodyBytes());
            MpmcRoles roles = new MpmcRoles(mpmc, spec.waitStrategy());
            return AttachedRing.in(region, RingKind.MPMC, geometry.capacity(), roles);
        } catch (RuntimeException e) {
            region.detach();
            throw e;
        }
    }
}
