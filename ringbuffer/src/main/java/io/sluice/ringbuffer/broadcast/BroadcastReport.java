package io.sluice.ringbuffer.broadcast;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.attach.RingGeometry;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link RingReport} out of a ring that this process takes no part in: the backlog is that of the slowest. */
final class BroadcastReport {

    private BroadcastReport() {}

    static RingReport of(RegionInfo region, RegionMemory memory) {
        RingGeometry ring = RingGeometry.read(region, BroadcastGeometry.LOSSY, 0, RingSpec.MOST_PARTICIPANTS);
        BroadcastGeometry geometry = BroadcastGeometry.of(ring);
        ring.checkSize(region, geometry.bodyBytes());
        List<RingReport.Party> consumers = new ArrayList<>();
        long slowest = 0;
        for (int place = 0; place < geometry.places(); place++) {
            RoleLease lease = geometry.consumer(memory, place);
            long word = lease.word();
            RingReport.Party party = lease.party();
            // acquire, POSITION first: it never passes TAIL, so the difference is never below zero.
            long position = memory.getLongAcquire(BroadcastLayout.cursor(place, BroadcastLayout.POSITION));
            long left = memory.getLongAcquire(geometry.laneAt(LaneLayout.TAIL)) - position;
            // Who has not settled yet has no position, and who came between the looks has another one.
            boolean reads = party.state() == PeerState.LIVE && RoleLease.isSettled(word) && lease.word() == word;
            long missed = memory.getLong(BroadcastLayout.cursor(place, BroadcastLayout.MISSED));
            consumers.add(party.withBacklog(reads ? left : 0).withMissed(reads ? missed : 0));
            slowest = Math.max(slowest, reads ? left : 0);
        }
        return new RingReport(
                RingKind.BROADCAST,
                ring.capacity(),
                ring.isChecksummed(),
                geometry.lossy(),
                slowest,
                List.of(geometry.producer(memory).party()),
                consumers);
    }
}
