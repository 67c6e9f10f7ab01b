package io.sluice.ringbuffer.attach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left when a ring of many is closed while its handles are open. */
class AttachedRingCloseTest {

    private static final int PLACES = 12;
    private static final int ROUNDS = 3;

    private TestDirectory directory;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = TestDirectory.create();
    }

    @AfterEach
    void removeDirectory() throws IOException {
        directory.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = RingKind.class,
            names = {"MPMC", "MPSC"})
    void closingGivesUpEveryPlaceAndWhatItsConsumersHeld(RingKind kind) {
        RingSpec spec = RingSpec.of(kind, "r", 1 << 16)
                .withAddress(new RegionAddress(directory.path(), "r"))
                .withMaxProducers(PLACES)
                .withMaxConsumers(PLACES);
        try (Ring keeper = Rings.create(spec)) {
            for (int round = 0; round < ROUNDS; round++) {
                Ring ring = Rings.open(spec);
                List<RingProducer> producers = new ArrayList<>();
                List<RingConsumer> consumers = new ArrayList<>();
                for (int place = 0; place < PLACES; place++) {
                    producers.add(ring.producer());
                    producers.get(place).offer(("message " + place).getBytes(UTF_8));
                    if (consumers.isEmpty() || kind == RingKind.MPMC) {
                        consumers.add(ring.consumer());
                        assertEquals(1, consumers.get(place).peek(message -> {}, 1));
                    }
                }
                assertThrows(RoleTakenException.class, keeper::producer);
                assertThrows(RoleTakenException.class, keeper::consumer);
                ring.close();
                List<String> received = new ArrayList<>();
                try (RingConsumer consumer = keeper.consumer()) {
                    while (received.size() < PLACES) {
                        consumer.poll(message -> received.add(new String(message.toByteArray(), UTF_8)), PLACES);
                    }
                    assertEquals(RingConsumer.EMPTY, consumer.poll(message -> {}, 1));
                }
                assertEquals(PLACES, received.stream().distinct().count());
            }
        }
    }
}
