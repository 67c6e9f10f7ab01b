package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.spi.RingProvider;
import io.sluice.ringbuffer.attach.AttachedRing;
import io.sluice.ringbuffer.attach.RingGeometry;

/** Makes MPSC rings; found through {@link java.util.ServiceLoader}. */
public final class MpscRingProvider implements RingProvider {

    /** For the service loader. */
    public MpscRingProvider() {}

    @Override
    public boolean supports(RingKind kind) {
        return kind == RingKind.MPSC;
    }

    @Override
    public Ring create(RingSpec spec) {
        return ringIn(Regions.create(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public Ring open(RingSpec spec) {
        return ringIn(Regions.open(spec.address(), RingKind.MPSC.regionKind(), spec.options()), spec);
    }

    @Override
    public Ring openOrCreate(RingSpec spec) {
        return ringIn(Regions.openOrCreate(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return MpscReport.of(region, memory);
    }

    private static RegionSpec regionSpec(RingSpec spec) {
        long flags = spec.order() == RingOrder.TOTAL ? MpscLayout.FLAG_TOTAL_ORDER : 0;
        RingGeometry ring = RingGeometry.of(spec, flags, spec.maxProducers(), 0);
        return ring.regionSpec(RingKind.MPSC.regionKind(), MpscGeometry.of(ring).bodyBytes());
    }

    /** The ring in {@code region}, which is detached again if it holds no such ring. */
    private static Ring ringIn(Region region, RingSpec spec) {
        try {
            RingGeometry ring =
                    RingGeometry.read(region, spec, MpscLayout.FLAG_TOTAL_ORDER, RingSpec.MOST_PARTICIPANTS, 0);
            MpscGeometry geometry = MpscGeometry.of(ring);
            ring.checkSize(region, geometry.bodyBytes());
            return AttachedRing.in(
                    region, RingKind.MPSC, ring.capacity(), new MpscRoles(geometry, spec.waitStrategy()));
        } catch (RuntimeException e) {
            region.detach();
            throw e;
        }
    }
}
