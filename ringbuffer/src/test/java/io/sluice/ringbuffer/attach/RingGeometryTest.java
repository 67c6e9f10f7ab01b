package io.sluice.ringbuffer.attach;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.OwnDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that says of itself what no ring of several participants can be is refused, and the words say why. */
class RingGeometryTest {

    private static final long CAPACITY = 4096;
    private static final int PLACES = 3;

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    private RegionAddress address;

    @BeforeEach
    void nameRing() {
        address = directory.address("ring");
    }

    private RingSpec spec(RingKind kind, long capacity) {
        return RingSpec.of(kind, "unused", capacity)
                .withAddress(address)
                .withMaxProducers(PLACES)
                .withMaxConsumers(PLACES);
    }

    private static long producers(RingKind kind) {
        return kind == RingKind.BROADCAST ? 0 : PLACES;
    }

    private static long consumers(RingKind kind) {
        return kind == RingKind.MPSC ? 0 : PLACES;
    }

    /** Bytes behind the header that a ring has. */
    private long body(RingKind kind) {
        try (Ring ring = Rings.create(spec(kind, CAPACITY))) {
            long bytes = ring.region().sizeBytes() - RegionHeaderLayout.BODY;
            ring.region().destroy();
            return bytes;
        }
    }

    private void make(RingKind kind, long body, long capacity, long flags, long producers, long consumers) {
        RegionSpec spec = RegionSpec.of(kind.regionKind(), body, capacity, flags, producers, consumers);
        Regions.create(address, spec, RegionOptions.DEFAULT).detach();
    }

    private void assertRefuses(RingKind kind, String field, Object expected, Object found) {
        String words = address.path() + ": " + field + ": expected " + expected + ", found " + found;
        RegionFormatException opening = assertThrows(
                RegionFormatException.class, () -> Rings.open(spec(kind, 0)).close());
        assertEquals(words, opening.getMessage());
        RegionFormatException looking = assertThrows(RegionFormatException.class, () -> Rings.report(address, false));
        assertEquals(words, looking.getMessage());
        Regions.destroy(address, RegionOptions.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPSC")
    void opensWhatIsRight(RingKind kind) {
        make(kind, body(kind), CAPACITY, RingGeometry.CHECKSUM, producers(kind), consumers(kind));
        try (Ring ring = Rings.open(spec(kind, 0));
                RingConsumer consumer = ring.consumer()) {
            ring.producer().offer(bytes("a"));
            expect(consumer, "a");
            assertTrue(Rings.report(address, false).checksummed());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPSC")
    void refusesNumbersOfPlacesThatNoRingHas(RingKind kind) {
        long body = body(kind);
        for (long wrong : new long[] {0, -1, 257, (1L << 32) + PLACES, Long.MIN_VALUE}) {
            if (producers(kind) > 0) {
                make(kind, body, CAPACITY, 0, wrong, consumers(kind));
                assertRefuses(kind, "places for producers", "1 to 256", wrong);
            }
            if (consumers(kind) > 0) {
                make(kind, body, CAPACITY, 0, producers(kind), wrong);
                assertRefuses(kind, "places for consumers", "1 to 256", wrong);
            }
        }
    }

    @Test
    void refusesPlacesForARoleThatOneHas() {
        make(RingKind.MPSC, body(RingKind.MPSC), CAPACITY, 0, PLACES, 1);
        assertRefuses(RingKind.MPSC, "places for consumers", 0, 1);
        make(RingKind.BROADCAST, body(RingKind.BROADCAST), CAPACITY, 0, 1, PLACES);
        assertRefuses(RingKind.BROADCAST, "places for producers", 0, 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPSC")
    void refusesFlagsThatItDoesNotKnow(RingKind kind) {
        long body = body(kind);
        long known = kind == RingKind.MPMC ? 1 : 3;
        for (long wrong : new long[] {known + 1, 1L << 40, Long.MIN_VALUE}) {
            make(kind, body, CAPACITY, wrong, producers(kind), consumers(kind));
            assertRefuses(kind, "flags", "none but those in " + known, wrong);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPSC")
    void refusesCapacitiesThatNoRingHas(RingKind kind) {
        long body = body(kind);
        for (long wrong : new long[] {0, 2048, 5000, -CAPACITY, 1L << 47}) {
            make(kind, body, wrong, 0, producers(kind), consumers(kind));
            assertRefuses(kind, "capacity", "a power of two from 4096 to 70368744177664", wrong);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPSC")
    void refusesAFileOfAnotherSizeThanItsNumbersMake(RingKind kind) {
        long body = body(kind);
        long right = RegionHeaderLayout.BODY + body;
        for (long wrong : new long[] {body - 4096, body + 4096}) {
            make(kind, wrong, CAPACITY, 0, producers(kind), consumers(kind));
            assertRefuses(kind, "file size for capacity 4096", right, RegionHeaderLayout.BODY + wrong);
        }
    }

    @Test
    void nobodyAsksForPlacesThatNoRingHas() {
        RingSpec spec = RingSpec.mpmc("ring", CAPACITY);
        for (int wrong : new int[] {0, -1, 257, Integer.MAX_VALUE}) {
            IllegalArgumentException producers =
                    assertThrows(IllegalArgumentException.class, () -> spec.withMaxProducers(wrong));
            assertEquals("ring: " + wrong + " places for producers are not 1 to 256", producers.getMessage());
            IllegalArgumentException consumers =
                    assertThrows(IllegalArgumentException.class, () -> spec.withMaxConsumers(wrong));
            assertEquals("ring: " + wrong + " places for consumers are not 1 to 256", consumers.getMessage());
        }
    }
}
