package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.attach.RingGeometry;

/** Reads a {@link RingReport} out of a ring that this process takes no part in. */
final class MpmcReport {

    private MpmcReport() {}

    static RingReport of(RegionInfo region, RegionMemory memory) {
        RingGeometry checked = RingGeometry.read(region, 0, RingSpec.MOST_PARTICIPANTS, RingSpec.MOST_PARTICIPANTS);
        MpmcGeometry geometry = MpmcGeometry.of(checked);
        Slots slots = new Slots(memory, geometry);
        return new RingReport(
                RingKind.MPMC,
                geometry.capacity(),
                checked.isChecksummed(),
                slots.lanes().untakenBytes() + slots.heldBytes(),
                geometry.producers(memory).parties(),
                geometry.consumers(memory).parties());
    }
}
