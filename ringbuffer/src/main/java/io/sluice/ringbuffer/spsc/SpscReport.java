package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.ringbuffer.attach.RingGeometry;
import java.util.List;

/** Reads a {@link RingReport} out of a ring that this process takes no part in. */
final class SpscReport {

    private SpscReport() {}

    static RingReport of(RegionInfo region, RegionMemory memory) {
        RingGeometry geometry = RingGeometry.claimedBy(region);
        // acquire, HEAD first: it never passes TAIL, so the difference is never below zero.
        long head = memory.getLongAcquire(SpscLayout.HEAD);
        long backlog = memory.getLongAcquire(SpscLayout.TAIL) - head;
        return new RingReport(
                RingKind.SPSC,
                geometry.capacity(),
                geometry.isChecksummed(),
                backlog,
                List.of(SpscLayout.producer(memory).party()),
                List.of(SpscLayout.consumer(memory).party()));
    }
}
