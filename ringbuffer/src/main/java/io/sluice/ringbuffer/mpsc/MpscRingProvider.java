package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.attach.AttachedRing;
import io.sluice.ringbuffer.attach.AttachedRingProvider;
import io.sluice.ringbuffer.attach.RingGeometry;

/** Makes MPSC rings; found through {@link java.util.ServiceLoader}. */
public final class MpscRingProvider extends AttachedRingProvider {

    /** For the service loader. */
    public MpscRingProvider() {
        super(RingKind.MPSC);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return MpscReport.of(region, memory);
    }

    @Override
    protected RegionSpec regionSpec(RingSpec spec) {
        long flags = spec.order() == RingOrder.TOTAL ? MpscLayout.FLAG_TOTAL_ORDER : 0;
        RingGeometry ring = RingGeometry.of(spec, flags, spec.maxProducers(), 0);
        return ring.regionSpec(RingKind.MPSC.regionKind(), MpscGeometry.of(ring).bodyBytes());
    }

    @Override
    protected Ring attach(Region region, RingSpec spec) {
        RingGeometry ring = RingGeometry.read(region, spec, MpscLayout.FLAG_TOTAL_ORDER, RingSpec.MOST_PARTICIPANTS, 0);
        MpscGeometry geometry = MpscGeometry.of(ring);
        ring.checkSize(region, geometry.bodyBytes());
        return AttachedRing.in(region, RingKind.MPSC, ring.capacity(), new MpscRoles(geometry, spec.waitStrategy()));
    }
}
