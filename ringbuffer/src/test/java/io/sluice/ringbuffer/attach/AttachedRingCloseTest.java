package io.sluice.ringbuffer.attach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left when a ring of many is closed while its handles are open. */
class AttachedRingCloseTest {

    private static final int PLACES = 12;
    private static final int ROUNDS = 3;

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    /** The role is taken when the ring is closed under its taker, which does not have its handle yet. */
    @Test
    void closingGivesUpTheRoleOfAHandleThatIsBeingMade() throws Exception {
        try (Region keeper =
                        Regions.create(directory.address("r"), RegionSpec.of("test", 4096), RegionOptions.DEFAULT);
                Region region = Regions.open(keeper.address(), "test", RegionOptions.DEFAULT)) {
            long at = RegionHeaderLayout.BODY;
            AtomicReference<Thread> closer = new AtomicReference<>();
            Ring ring =
                    AttachedRing.in(region, RingKind.SPSC, 4096, new AttachedRing.Roles<LaneProducer, LaneConsumer>() {
                        @Override
                        public LaneProducer producer(RegionMemory memory) {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public LaneConsumer consumer(RegionMemory memory) {
                            RoleLease lease = new RoleLease(memory, at, "consumer");
                            lease.take();
                            closer.get().start();
                            while (closer.get().getState() != Thread.State.BLOCKED) {
                                Thread.onSpinWait();
                            }
                            memory.getLong(at);
                            return new LaneConsumer(memory, new ConsumerRole(memory, lease), null, null, at + 8, null);
                        }

                        @Override
                        public List<WakeWord> wakeWords(RegionMemory memory) {
                            return List.of();
                        }
                    });
            closer.set(new Thread(ring::close));
            ring.consumer();
            closer.get().join();
            assertEquals(PeerState.ABSENT, new RoleLease(keeper.memory(), at, "consumer").state());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RingKind.class,
            names = {"MPMC", "MPSC"})
    void closingGivesUpEveryPlaceAndWhatItsConsumersHeld(RingKind kind) {
        RingSpec spec = RingSpec.of(kind, "r", 1 << 16)
                .withAddress(directory.address("r"))
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
