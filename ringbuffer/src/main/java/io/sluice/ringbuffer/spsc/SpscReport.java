package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.List;

/** Reads a {@link RingReport} out of a ring that this process takes no part in. */
final class SpscReport {

    private SpscReport() {}

    static RingReport of(RegionInfo region, RegionMemory memory) {
        long capacity = region.geometry().get(SpscLayout.GEOMETRY_CAPACITY);
        boolean checksummed = (region.geometry().get(SpscLayout.GEOMETRY_FLAGS) & SpscLayout.FLAG_CHECKSUM) != 0;
        // acquire, HEAD first: it never passes TAIL, so the difference is never below zero.
        long head = memory.getLongAcquire(SpscLayout.HEAD);
        long backlog = memory.getLongAcquire(SpscLayout.TAIL) - head;
        return new RingReport(
                RingKind.SPSC,
                capacity,
                checksummed,
                backlog,
                List.of(party(memory, SpscLayout.PRODUCER, "producer")),
                List.of(party(memory, SpscLayout.CONSUMER, "consumer")));
    }

    private static RingReport.Party party(RegionMemory memory, long lease, String role) {
        return new RoleLease(memory, lease, role).party();
    }
}
