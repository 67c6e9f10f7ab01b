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
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.lane.HeadGate;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The role is taken through another attachment of this process while the one that gave it up is still at it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingTakesNoRoleFromAnotherAttachmentOfTheProcess(boolean consuming) throws Exception {
        long at = RegionHeaderLayout.BODY;
        try (Region keeper =
                        Regions.create(directory.address("r"), RegionSpec.of("test", 1 << 16), RegionOptions.DEFAULT);
                Region region = Regions.open(keeper.address(), "test", RegionOptions.DEFAULT)) {
            RoleLease next = new RoleLease(keeper.memory(), at + LaneLayout.PRODUCER, "role");
            Thread[] closer = new Thread[1];
            Ring ring = AttachedRing.in(region, RingKind.SPSC, 4096, new LaneRoles(at, () -> {
                next.take();
                closer[0].start();
                while (closer[0].getState() != Thread.State.BLOCKED && closer[0].isAlive()) {
                    Thread.onSpinWait();
                }
            }));
            closer[0] = new Thread(ring::close);
            if (consuming) {
                ring.consumer().close();
            } else {
                ring.producer().leave();
            }
            closer[0].join();
            next.check();
        }
    }

    /** Roles of the lane at {@code at}, both with the lease of its producer, behind whose release something happens. */
    private record LaneRoles(long at, Runnable released) implements AttachedRing.Roles<LaneProducer, LaneConsumer> {

        @Override
        public LaneProducer producer(RegionMemory memory) {
            RegionMemory observed = new Observed(memory);
            Lane lane = new Lane(observed, at, 4096, RecordFormat.PLAIN, Lane.ONLY);
            RoleLease lease = lease(observed);
            HeadGate gate = new HeadGate(lane, new RoleLease(memory, at + 264, "consumer"));
            return new LaneProducer(lane, lease, gate, at + 272, WaitStrategy.backOff());
        }

        @Override
        public LaneConsumer consumer(RegionMemory memory) {
            RegionMemory observed = new Observed(memory);
            return new LaneConsumer(observed, new ConsumerRole(observed, lease(observed)), null, null, at + 272, null);
        }

        private RoleLease lease(RegionMemory memory) {
            RoleLease lease = new RoleLease(memory, at + LaneLayout.PRODUCER, "role");
            lease.take();
            return lease;
        }

        @Override
        public List<WakeWord> wakeWords(RegionMemory memory) {
            return List.of();
        }

        private final class Observed extends ForwardingMemory {

            Observed(RegionMemory target) {
                super(target);
            }

            @Override
            public boolean compareAndSetLong(long offset, long expected, long value) {
                boolean done = super.compareAndSetLong(offset, expected, value);
                if (offset == at + LaneLayout.PRODUCER && value == 0) {
                    released.run();
                }
                return done;
            }
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
