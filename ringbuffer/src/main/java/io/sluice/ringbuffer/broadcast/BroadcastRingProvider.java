package io.sluice.ringbuffer.broadcast;

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

/** Makes broadcast rings; found through {@link java.util.ServiceLoader}. */
public final class BroadcastRingProvider extends AttachedRingProvider {

    /** For the service loader. */
    public BroadcastRingProvider() {
        super(RingKind.BROADCAST);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return BroadcastReport.of(region, memory);
    }

    @Override
    protected RegionSpec regionSpec(RingSpec spec) {
        RingGeometry ring = RingGeometry.of(spec, spec.lossy() ? BroadcastGeometry.LOSSY : 0, 0, spec.maxConsumers());
        return ring.regionSpec(
                RingKind.BROADCAST.regionKind(), BroadcastGeometry.of(ring).bodyBytes());
    }

    @Override
    protected Ring attach(Region region, RingSpec spec) {
        RingGeometry ring = RingGeometry.read(region, spec, BroadcastGeometry.LOSSY, 0, RingSpec.MOST_PARTICIPANTS);
        BroadcastGeometry geometry = BroadcastGeometry.of(ring);
        ring.checkSize(region, geometry.bodyBytes());
        return AttachedRing.in(
                region, RingKind.BROADCAST, ring.capacity(), new BroadcastRoles(geometry, spec.waitStrategy()));
    }
}
