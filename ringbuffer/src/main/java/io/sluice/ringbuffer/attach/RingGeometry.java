package io.sluice.ringbuffer.attach;

import io.sluice.api.region.Region;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.ring.RingSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * What a ring's header says of it, checked: the file may be anybody's.
 *
 * <pre>
 *   0  capacity    bytes, a power of two
 *   1  flags       1 checksums; the variant's from 2 up
 *   2  producers   places, 0 where the variant has one
 *   3  consumers   places, 0 where the variant has one
 * </pre>
 *
 * @param capacity bytes of a record area
 * @param flags options
 * @param maxProducers places for producers
 * @param maxConsumers places for consumers
 */
public record RingGeometry(long capacity, long flags, int maxProducers, int maxConsumers) {

    /** Flag: each record has a checksum. */
    public static final long CHECKSUM = 1;

    /** What a creator asks for. */
    public static RingGeometry of(RingSpec spec, long variantFlags, int maxProducers, int maxConsumers) {
        if (spec.capacity() == 0) {
            throw new IllegalArgumentException(spec.address() + ": creating a ring needs a capacity");
        }
        return new RingGeometry(
                spec.capacity(), variantFlags | (spec.checksum() ? CHECKSUM : 0), maxProducers, maxConsumers);
    }

    /** What a region's header says, without a check: for reports. */
    public static RingGeometry claimedBy(RegionInfo region) {
        List<Long> numbers = region.geometry();
        return new RingGeometry(
                numbers.get(0), numbers.get(1), (int) (long) numbers.get(2), (int) (long) numbers.get(3));
    }

    /**
     * What a region's header says.
     *
     * @param spec a capacity asked for there is compared
     * @param knownFlags the flags that the variant has
     * @param mostProducers most places for producers that the variant has; 0: one, which the header says as 0
     * @param mostConsumers same for consumers
     * @throws RegionFormatException if no ring can be like that
     */
    public static RingGeometry read(
            Region region, RingSpec spec, long knownFlags, int mostProducers, int mostConsumers) {
        Path file = region.address().path();
        RingGeometry geometry = read(file, region.geometry(), knownFlags, mostProducers, mostConsumers);
        if (spec.capacity() != 0 && spec.capacity() != geometry.capacity) {
            throw wrong(file, "capacity", spec.capacity(), geometry.capacity);
        }
        return geometry;
    }

    /** As the other, of a region that is only looked at. */
    public static RingGeometry read(RegionInfo region, long knownFlags, int mostProducers, int mostConsumers) {
        return read(region.path(), region.geometry(), knownFlags, mostProducers, mostConsumers);
    }

    private static RingGeometry read(
            Path file, List<Long> numbers, long knownFlags, int mostProducers, int mostConsumers) {
        long capacity = numbers.get(0);
        if (capacity < RingSpec.MIN_CAPACITY || capacity > RingSpec.MAX_CAPACITY || Long.bitCount(capacity) != 1) {
            throw wrong(
                    file,
                    "capacity",
                    "a power of two from " + RingSpec.MIN_CAPACITY + " to " + RingSpec.MAX_CAPACITY,
                    capacity);
        }
        long flags = numbers.get(1);
        long known = knownFlags | CHECKSUM;
        if ((flags & ~known) != 0) {
            throw wrong(file, "flags", "none but those in " + known, flags);
        }
        checkPlaces(file, "places for producers", mostProducers, numbers.get(2));
        checkPlaces(file, "places for consumers", mostConsumers, numbers.get(3));
        return new RingGeometry(capacity, flags, (int) (long) numbers.get(2), (int) (long) numbers.get(3));
    }

    private static void checkPlaces(Path file, String what, int most, long found) {
        if (most == 0 ? found != 0 : found < 1 || found > most) {
            throw wrong(file, what, most == 0 ? "0" : "1 to " + most, found);
        }
    }

    /**
     * Refuses a file whose size is not what these numbers make.
     *
     * @param bodyBytes bytes behind the header
     */
    public void checkSize(Region region, long bodyBytes) {
        checkSize(region.address().path(), region.kind(), region.sizeBytes(), bodyBytes);
    }

    /** As the other, of a region that is only looked at. */
    public void checkSize(RegionInfo region, long bodyBytes) {
        checkSize(region.path(), region.kind(), region.sizeBytes(), bodyBytes);
    }

    private void checkSize(Path file, String kind, long found, long bodyBytes) {
        long bytes = RegionSpec.of(kind, bodyBytes).fileBytes();
        if (found != bytes) {
            throw wrong(file, "file size for capacity " + capacity, bytes, found);
        }
    }

    private static RegionFormatException wrong(Path file, String field, Object expected, Object found) {
        return new RegionFormatException(file, field, expected, found);
    }

    /** The region that a ring like this needs. */
    public RegionSpec regionSpec(String kind, long bodyBytes) {
        return RegionSpec.of(kind, bodyBytes, capacity, flags, (long) maxProducers, (long) maxConsumers);
    }

    /** Whether each record has a checksum. */
    public boolean isChecksummed() {
        return (flags & CHECKSUM) != 0;
    }
}
