package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.attach.RingGeometry;
import io.sluice.ringbuffer.role.Places;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link RingReport} out of a ring that this process takes no part in. */
final class MpmcReport {

    private MpmcReport() {}

    static RingReport of(RegionInfo region, RegionMemory memory) {
        RingGeometry checked = RingGeometry.read(region, 0, RingSpec.MOST_PARTICIPANTS, RingSpec.MOST_PARTICIPANTS);
        MpmcGeometry geometry = MpmcGeometry.of(checked);
        checked.checkSize(region, geometry.bodyBytes());
        Slots slots = new Slots(memory, geometry);
        Places places = geometry.producers(memory);
        List<RingReport.Party> producers = new ArrayList<>();
        long backlog = 0;
        for (int lane = 0; lane < geometry.maxProducers(); lane++) {
            long left = slots.lanes().untakenBytes(lane) + slots.heldBytes(lane);
            producers.add(places.lease(lane).party().withBacklog(left));
            backlog += left;
        }
        return new RingReport(
                RingKind.MPMC,
                geometry.capacity(),
                checked.isChecksummed(),
                backlog,
                producers,
                geometry.consumers(memory).parties());
    }
}
