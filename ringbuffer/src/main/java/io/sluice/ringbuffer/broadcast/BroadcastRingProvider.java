package io.sluice.ringbuffer.broadcast;

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

/** Makes broadcast rings; found through {@link java.util.ServiceLoader}. */
public final class BroadcastRingProvider implements RingProvider {

    /** For the service loader. */
    public BroadcastRingProvider() {}

    @Override
    public boolean supports(RingKind kind) {
        return kind == RingKind.BROADCAST;
    }

    @Override
    public Ring create(RingSpec spec) {
        return ringIn(Regions.create(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public Ring open(RingSpec spec) {
        return ringIn(Regions.open(spec.address(), RingKind.BROADCAST.regionKind(), spec.options()), spec);
    }

    @Override
    public Ring openOrCreate(RingSpec spec) {
        return ringIn(Regions.openOrCreate(spec.address(), regionSpec(spec), spec.options()), spec);
    }

    @Override
    public RingReport report(RegionInfo region, RegionMemory memory) {
        return BroadcastReport.of(region, memory);
    }

    private static RegionSpec regionSpec(RingSpec spec) {
        RingGeometry ring = RingGeometry.of(spec, spec.lossy() ? BroadcastGeometry.LOSSY : 0, 0, spec.maxConsumers());
        return ring.regionSpec(
                RingKind.BROADCAST.regionKind(), BroadcastGeometry.of(ring).bodyBytes());
    }

    /** The ring in {@code region}, which is detached again if it holds no such ring. */
    private static Ring ringIn(Region region, RingSpec spec) {
        try {
            RingGeometry ring = RingGeometry.read(region, spec, BroadcastGeometry.LOSSY, 0, RingSpec.MOST_PARTICIPANTS);
            BroadcastGeometry geometry = BroadcastGeometry.of(ring);
            ring.checkSize(region, geometry.bodyBytes());
            return AttachedRing.in(
                    region, RingKind.BROADCAST, ring.capacity(), new BroadcastRoles(geometry, spec.waitStrategy()));
        } catch (RuntimeException e) {
            region.detach();
            throw e;
        }
    }
}
