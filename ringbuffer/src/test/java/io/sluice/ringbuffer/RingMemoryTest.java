package io.sluice.ringbuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory a ring takes, with the numbers that docs/layout.md gives. */
class RingMemoryTest {

    private static final long PAGE = 4096;

    private static long mappedBy(RingSpec spec) throws IOException {
        try (TestDirectory directory = TestDirectory.create();
                Ring ring = Rings.create(spec.withAddress(RegionAddress.of(directory.path(), "ring")))) {
            long bytes = ring.region().sizeBytes();
            assertEquals(bytes, Files.size(directory.path().resolve("ring")));
            return bytes;
        }
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }

    private static long align(long bytes) {
        return (bytes + 127) / 128 * 128;
    }

    @ParameterizedTest
    @CsvSource({"SPSC,4096", "SPSC,65536", "SPSC,4194304", "BROADCAST,4096", "BROADCAST,65536", "BROADCAST,4194304"})
    void aRingOfOneProducerTakesItsCapacityAndAQuarterAndSixtyFourKibibytesAtMost(RingKind kind, long capacity)
            throws IOException {
        for (boolean checksum : new boolean[] {false, true}) {
            RingSpec spec = RingSpec.of(kind, "ring", capacity)
                    .withChecksum(checksum)
                    .withLossy(checksum)
                    .withMaxConsumers(RingSpec.MOST_PARTICIPANTS);
            long bytes = mappedBy(spec);
            assertTrue(bytes <= capacity + capacity / 4 + 65_536, () -> bytes + " bytes for " + spec);
        }
    }

    @ParameterizedTest
    @CsvSource({"4096", "65536", "1048576"})
    void aRingTakesWhatItsLayoutSays(long capacity) throws IOException {
        assertEquals(pages(capacity + 16_832), mappedBy(RingSpec.spsc("ring", capacity)));
        int producers = 5;
        int consumers = 7;
        long lane = align(capacity + 448);
        RingSpec mpsc = RingSpec.mpsc("ring", capacity).withMaxProducers(producers);
        assertEquals(pages(16_640 + producers * lane), mappedBy(mpsc));
        RingSpec mpmc =
                RingSpec.mpmc("ring", capacity).withMaxProducers(producers).withMaxConsumers(consumers);
        long slots = align(16_512 + 8L * consumers) + 2L * consumers * 256;
        assertEquals(pages(slots + producers * lane), mappedBy(mpmc));
        for (boolean lossy : new boolean[] {false, true}) {
            RingSpec broadcast = RingSpec.broadcast("ring", capacity)
                    .withMaxConsumers(consumers)
                    .withLossy(lossy);
            assertEquals(pages(16_512 + consumers * 128L + lane), mappedBy(broadcast));
        }
    }

    /** Lanes are the price of producers that never wait for each other: what comes on top of them is bounded. */
    @ParameterizedTest
    @CsvSource({"MPSC,4096", "MPSC,1048576", "MPMC,4096", "MPMC,1048576"})
    void besidesItsLanesARingTakesAFixedSum(RingKind kind, long capacity) throws IOException {
        for (int places : new int[] {1, 64}) {
            RingSpec spec =
                    RingSpec.of(kind, "ring", capacity).withMaxProducers(places).withMaxConsumers(places);
            long lanes = places * align(capacity + 448);
            long bytes = mappedBy(spec);
            assertTrue(bytes - lanes <= 65_536, () -> bytes + " bytes for " + spec);
        }
    }

    /**
     * Beside the first lane: a lane for each further producer, and in an MPMC ring two slots and a lease for each consumer,
     * which only with more than 94 of them do not fit into the sum.
     */
    @ParameterizedTest
    @CsvSource({"64,4096", "64,65536", "256,4096", "256,65536"})
    void everyRingTakesItsCapacityAndAQuarterAndSixtyFourKibibytesAndItsLanesAtMost(int places, long capacity)
            throws IOException {
        for (RingKind kind : RingKind.values()) {
            boolean hasLanes = kind == RingKind.MPSC || kind == RingKind.MPMC;
            long lanes = hasLanes ? (places - 1) * align(capacity + 448) : 0;
            long slots = kind == RingKind.MPMC && places > 94 ? places * 520L : 0;
            for (boolean checksum : new boolean[] {false, true}) {
                RingSpec spec = RingSpec.of(kind, "ring", capacity)
                        .withChecksum(checksum)
                        .withMaxProducers(places)
                        .withMaxConsumers(places);
                long bytes = mappedBy(spec);
                assertTrue(
                        bytes <= capacity + capacity / 4 + 65_536 + lanes + slots, () -> bytes + " bytes for " + spec);
            }
        }
    }
}
