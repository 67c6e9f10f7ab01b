package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.Region;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.ringbuffer.Received;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.worker.WorkerHandler.ElementHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a worker does about the message that its predecessors died with, where the ring does not count deliveries. */
@Timeout(120)
class WorkerSuspectTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    static Stream<RingSpec> ringsOfSeveralLanes() {
        RingSpec mpsc = RingSpec.mpsc("unused", 1 << 14);
        return Stream.of(mpsc, mpsc.withOrder(RingOrder.TOTAL));
    }

    static Stream<RingSpec> rings() {
        return Stream.concat(Stream.of(RingSpec.spsc("unused", 1 << 14)), ringsOfSeveralLanes());
    }

    private RingSpec here(RingSpec ring) {
        return ring.withAddress(directory.address("work"));
    }

    private WorkerSpec spec(RingSpec ring, ElementHandler<String> handler) {
        return WorkerSpec.of(here(ring), WorkerHandler.of(Codecs.strings(), text -> {
                    seen.add(text);
                    handler.handle(text);
                }))
                .withErrors(ErrorPolicy.discard().withDeliveries(3, Duration.ZERO));
    }

    private void work(RingSpec ring) throws InterruptedException {
        try (Worker worker = Worker.start(spec(ring, text -> {}))) {
            assertTrue(worker.drain(LONG));
            assertTrue(worker.failure().isEmpty());
        }
    }

    /** Leaves the figures as workers do of which so many have died with a message in hand. */
    private void dieWith(RingSpec ring, int lane, long position, int times) {
        Region figures = Regions.openOrCreate(
                WorkerSpec.figuresOf(here(ring).address()),
                RegionSpec.of(WorkerLayout.KIND, WorkerLayout.BODY_BYTES),
                ring.options());
        try (Ring open = Rings.open(here(ring))) {
            WorkerPlace place = WorkerPlace.take(figures.memory());
            place.begin(Worker.identityOf(open));
            place.setInHand(InHand.message(lane, position), times);
            place.leave(WorkerState.FAILED);
        } finally {
            figures.detach();
        }
    }

    private WorkerFigures.Place figures() {
        List<WorkerFigures.Place> places = WorkerFigures.read(WorkerSpec.figuresOf(directory.address("work")), false)
                .places();
        assertEquals(1, places.size());
        return places.get(0);
    }

    private static void put(RingProducer producer, String text) throws InterruptedException {
        producer.put(Received.bytes(text));
    }

    @ParameterizedTest
    @MethodSource("rings")
    void triesOnceMoreIfThatIsLeft(RingSpec over) throws Exception {
        try (Ring ring = Rings.create(here(over));
                RingProducer producer = ring.producer()) {
            put(producer, "a");
            dieWith(over, 0, 0, 2);
            work(over);
        }
        assertEquals(List.of("a"), seen);
        assertEquals(1, figures().redelivered());
        assertEquals(0, figures().discarded());
    }

    @ParameterizedTest
    @MethodSource("ringsOfSeveralLanes")
    void putsThatMessageAsideAndNotTheOneAtItsPositionOfAnotherLane(RingSpec over) throws Exception {
        try (Ring ring = Rings.create(here(over));
                RingProducer first = ring.producer();
                RingProducer second = ring.producer()) {
            for (int number = 0; number < 3; number++) {
                put(first, "first " + number);
                put(second, "second " + number);
            }
            dieWith(over, 1, 0, 3);
            work(over);
        }
        assertEquals(Set.of("first 0", "first 1", "first 2", "second 1", "second 2"), Set.copyOf(seen));
        assertEquals(5, seen.size());
        assertEquals(5, figures().delivered());
        assertEquals(1, figures().redelivered());
        assertEquals(1, figures().discarded());
    }

    @ParameterizedTest
    @MethodSource("rings")
    void isNotTakenInByTheFiguresOfARingThatIsGone(RingSpec over) throws Exception {
        for (String text : List.of("a", "b", "c", "d", "e")) {
            try (Ring ring = Rings.create(here(over));
                    RingProducer producer = ring.producer()) {
                put(producer, text);
                work(over);
                ring.region().destroy();
            }
        }
        assertEquals(List.of("a", "b", "c", "d", "e"), seen);
        assertEquals(0, figures().redelivered());
    }

    @ParameterizedTest
    @MethodSource("rings")
    void leavesTheCountToItsSuccessorIfItStopsBeforeThatMessage(RingSpec over) throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Ring ring = Rings.create(here(over));
                RingProducer producer = ring.producer()) {
            put(producer, "a");
            long position = producer.backlogBytes();
            put(producer, "b");
            dieWith(over, 0, position, 3);
            try (Worker worker = Worker.start(spec(over, text -> {
                inHand.countDown();
                goOn.await();
            }))) {
                inHand.await();
                worker.stop(Duration.ZERO);
                goOn.countDown();
                assertTrue(worker.await(LONG));
            }
            assertEquals(List.of("a"), seen);
            assertEquals(0, figures().discarded());
            work(over);
        }
        assertEquals(List.of("a"), seen);
        assertEquals(1, figures().discarded());
    }

    @ParameterizedTest
    @MethodSource("rings")
    void acknowledgesOneByOneUntilThatMessageIsThrough(RingSpec over) throws Exception {
        List<Boolean> alone = Collections.synchronizedList(new ArrayList<>());
        try (Ring ring = Rings.create(here(over));
                RingProducer producer = ring.producer()) {
            put(producer, "0");
            long each = producer.backlogBytes();
            for (int number = 1; number < 6; number++) {
                put(producer, Integer.toString(number));
            }
            dieWith(over, 0, 3 * each, 1);
            // Whether what came before is acknowledged while a message is in hand.
            WorkerSpec spec = spec(over, text -> alone.add(backlogBytes() == (6 - Integer.parseInt(text)) * each));
            try (Worker worker = Worker.start(spec)) {
                assertTrue(worker.drain(LONG));
            }
        }
        assertEquals(List.of(true, true, true, true, true, false), alone);
    }

    @ParameterizedTest
    @MethodSource("ringsOfSeveralLanes")
    void handlesBatchesAgainIfThatMessageDoesNotCome(RingSpec over) throws Exception {
        int messages = RingSpec.MOST_PARTICIPANTS + 40;
        List<Long> backlogs = Collections.synchronizedList(new ArrayList<>());
        long all;
        try (Ring ring = Rings.create(here(over));
                RingProducer producer = ring.producer()) {
            for (int number = 0; number < messages; number++) {
                put(producer, Integer.toString(number));
            }
            all = producer.backlogBytes();
            dieWith(over, 1, 0, 1);
            WorkerSpec spec = spec(over, text -> {
                if (seen.size() == RingSpec.MOST_PARTICIPANTS || seen.size() == messages) {
                    backlogs.add(backlogBytes());
                }
            });
            try (Worker worker = Worker.start(spec)) {
                assertTrue(worker.drain(LONG));
            }
        }
        long each = all / messages;
        // One by one at first, and then the rest, of less than a batch, at once.
        assertEquals(List.of(41 * each, 40 * each), backlogs);
        assertEquals(0, figures().redelivered());
    }

    private long backlogBytes() {
        return Rings.report(directory.address("work"), false).backlogBytes();
    }
}
