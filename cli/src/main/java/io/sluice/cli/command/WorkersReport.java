package io.sluice.cli.command;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionException;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.RingReport;
import io.sluice.ringbuffer.worker.WorkerFigures;
import io.sluice.ringbuffer.worker.WorkerSpec;
import java.util.Optional;

/**
 * The workers on a ring.
 *
 * @param region with the figures, whose attachments say who a worker is
 * @param figures of each
 */
record WorkersReport(RegionInfo region, WorkerFigures figures) {

    /** What stands in the region itself, or in the one beside it if it holds a ring. */
    static Optional<WorkersReport> of(RegionAddress address, RegionInfo region, Optional<RingReport> ring) {
        if (WorkerFigures.isKind(region.kind())) {
            return Optional.of(new WorkersReport(region, WorkerFigures.read(address, true)));
        }
        return ring.isPresent() ? beside(address) : Optional.empty();
    }

    private static Optional<WorkersReport> beside(RegionAddress ring) {
        RegionAddress figures = WorkerSpec.figuresOf(ring);
        try {
            return Optional.of(new WorkersReport(Regions.stat(figures, true), WorkerFigures.read(figures, true)));
        } catch (RegionException | IllegalArgumentException e) {
            // No worker was ever there, or it is another region of that name, which has a report of its own.
            return Optional.empty();
        }
    }
}
