package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.attach.RingGeometry;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.role.Places;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link RingReport} out of a ring that this process takes no part in. */
final class MpscReport {

    private MpscReport() {}

    static RingReport of(RegionInfo region, RegionMemory memory) {
        RingGeometry ring = RingGeometry.read(region, MpscLayout.FLAG_TOTAL_ORDER, RingSpec.MOST_PARTICIPANTS, 0);
        MpscGeometry geometry = MpscGeometry.of(ring);
        ring.checkSize(region, geometry.bodyBytes());
        Places places = geometry.producers(memory);
        List<RingReport.Party> producers = new ArrayList<>();
        long backlog = 0;
        for (int lane = 0; lane < geometry.lanes(); lane++) {
            // acquire, HEAD first: it never passes TAIL, so the difference is never below zero.
            long head = memory.getLongAcquire(geometry.at(lane, LaneLayout.HEAD));
            long left = memory.getLongAcquire(geometry.at(lane, LaneLayout.TAIL)) - head;
            producers.add(places.lease(lane).party().withBacklog(left));
            backlog += left;
        }
        return new RingReport(
                RingKind.MPSC,
                ring.capacity(),
                ring.isChecksummed(),
                backlog,
                producers,
                List.of(geometry.consumer(memory).party()));
    }
}
