package io.sluice.cli.command;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Locks;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionException;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.RegionNotFoundException;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.Rings;
import io.sluice.api.spi.MissingProviderException;
import io.sluice.cli.exit.CommandFailure;
import java.util.Arrays;
import java.util.Optional;

/**
 * What can be said about a region's file from outside.
 *
 * @param address where it is
 * @param region its report, unless it is broken
 * @param ring the ring's report, if it holds one that this command knows
 * @param lock how the lock stands, if it holds one that this command knows
 * @param workers the figures of its workers, if there are any
 * @param fault why it is held for broken
 */
record Inspection(
        RegionAddress address,
        Optional<RegionInfo> region,
        Optional<RingReport> ring,
        Optional<LockStat> lock,
        Optional<WorkersReport> workers,
        Optional<String> fault) {

    /** Looks at a region unless it is gone by now; what is wrong with it becomes its {@link #fault()}. */
    static Optional<Inspection> of(RegionAddress address) {
        try {
            return Optional.of(ofSound(address));
        } catch (RegionNotFoundException e) {
            return Optional.empty();
        } catch (RegionException | CorruptLockException e) {
            return Optional.of(new Inspection(
                    address,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(faultOf(address, e))));
        }
    }

    /** Looks at a region that must be one. */
    static Inspection ofSound(RegionAddress address) {
        RegionInfo region = Regions.stat(address, true);
        Optional<RingReport> ring = ring(address, region);
        return new Inspection(
                address,
                Optional.of(region),
                ring,
                lock(address, region),
                WorkersReport.of(address, region, ring),
                Optional.empty());
    }

    private static Optional<LockStat> lock(RegionAddress address, RegionInfo region) {
        try {
            return LockKind.isLock(region.kind()) ? Optional.of(Locks.stat(address, true)) : Optional.empty();
        } catch (MissingProviderException e) {
            // A lock of a later version, as with rings.
            return Optional.empty();
        }
    }

    private static Optional<RingReport> ring(RegionAddress address, RegionInfo region) {
        boolean isRing = Arrays.stream(RingKind.values())
                .anyMatch(kind -> kind.regionKind().equals(region.kind()));
        if (!isRing) {
            return Optional.empty();
        }
        try {
            return Optional.of(Rings.report(address, true));
        } catch (MissingProviderException e) {
            // A ring of a later version: what its header says is all that can be said.
            return Optional.empty();
        }
    }

    private static String faultOf(RegionAddress address, RuntimeException e) {
        String message = CommandFailure.oneLine(e);
        String file = address.path() + ": ";
        return message.startsWith(file) ? message.substring(file.length()) : message;
    }
}
