package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.ringbuffer.Received;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.record.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker over a ring into whose lanes something else stored: it names the damage and goes on with what is whole. */
@Timeout(120)
class WorkerDamageTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String LOST = "in the damaged lane";

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    static Stream<RingSpec> ringsOfSeveralLanes() {
        RingSpec mpsc = RingSpec.mpsc("unused", 1 << 14);
        return Stream.of(mpsc, mpsc.withOrder(RingOrder.TOTAL), RingSpec.mpmc("unused", 1 << 14));
    }

    private RingSpec here(RingSpec ring) {
        return ring.withAddress(directory.address("work"));
    }

    private WorkerSpec spec(RingSpec ring) {
        return WorkerSpec.of(ring, WorkerHandler.of(Codecs.strings(), seen::add));
    }

    /** Makes the record of the message that begins with {@code text} longer than any may be. */
    private static void damage(Ring ring, String text) {
        RegionMemory memory = ring.region().memory();
        byte[] wanted = Received.bytes(text);
        byte[] found = new byte[wanted.length];
        for (long at = RegionHeaderLayout.BODY; ; at += Records.ALIGNMENT) {
            memory.copyOut(at, found, 0, found.length);
            if (Arrays.equals(wanted, found)) {
                // In total order the ticket is between the header and the payload.
                long header = memory.getInt(at - Records.HEADER) == wanted.length ? at - Records.HEADER : at - 16;
                assertEquals(wanted.length, memory.getInt(header));
                memory.setInt(header, Integer.MAX_VALUE);
                return;
            }
        }
    }

    private WorkerFigures.Place figures() {
        return WorkerFigures.read(WorkerSpec.figuresOf(directory.address("work")), false)
                .places()
                .get(0);
    }

    private void awaitSeen(int count) {
        long start = System.nanoTime();
        while (seen.size() < count) {
            assertTrue(System.nanoTime() - start < LONG.toNanos(), () -> "only " + seen);
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @MethodSource("ringsOfSeveralLanes")
    void goesOnWithTheOtherLanes(RingSpec kind) throws Exception {
        RingSpec ring = here(kind);
        try (Ring attached = Rings.create(ring);
                RingProducer unlucky = attached.producer();
                RingProducer other = attached.producer()) {
            other.put(Received.bytes("a"));
            unlucky.put(Received.bytes(LOST));
            unlucky.put(Received.bytes(LOST + ", too"));
            damage(attached, LOST);
            other.put(Received.bytes("b"));
            try (Worker worker = Worker.start(spec(ring))) {
                awaitSeen(2);
                other.put(Received.bytes("c"));
                awaitSeen(3);
                assertTrue(worker.drain(LONG));
                assertTrue(worker.failure().isEmpty(), () -> "ended with " + worker.failure());
            }
        }
        assertEquals(List.of("a", "b", "c"), seen);
        assertEquals(1, figures().damaged());
        assertEquals(0, figures().failed());
        assertEquals(3, figures().delivered());
    }

    @ParameterizedTest
    @MethodSource("ringsOfSeveralLanes")
    void drainsTheWholeLanesBesideSeveralDamagedOnes(RingSpec kind) throws Exception {
        RingSpec ring = here(kind);
        try (Ring attached = Rings.create(ring);
                RingProducer one = attached.producer();
                RingProducer two = attached.producer();
                RingProducer whole = attached.producer()) {
            one.put(Received.bytes("first " + LOST));
            two.put(Received.bytes("second " + LOST));
            damage(attached, "first " + LOST);
            damage(attached, "second " + LOST);
            for (int i = 0; i < 500; i++) {
                whole.put(Received.bytes("text " + i));
            }
            try (Worker worker = Worker.start(spec(ring).withBatch(7))) {
                assertTrue(worker.drain(LONG));
                assertTrue(worker.failure().isEmpty());
            }
        }
        assertEquals(500, seen.size());
        assertEquals(2, figures().damaged());
    }

    @ParameterizedTest
    @MethodSource("ringsOfSeveralLanes")
    void doesNotTakeTheEndOfAStreamWithDamageForAGoodOne(RingSpec kind) throws Exception {
        RingSpec ring = here(kind);
        try (Ring attached = Rings.create(ring)) {
            try (RingProducer unlucky = attached.producer();
                    RingProducer whole = attached.producer()) {
                unlucky.put(Received.bytes(LOST));
                damage(attached, LOST);
                whole.put(Received.bytes("a"));
            }
            try (Worker worker = Worker.start(spec(ring).untilClosed())) {
                assertTrue(worker.await(LONG));
                assertInstanceOf(CorruptRingException.class, worker.failure().orElseThrow());
            }
        }
        assertEquals(List.of("a"), seen);
        assertEquals(WorkerState.FAILED, figures().state());
        assertEquals(1, figures().damaged());
    }

    @Test
    void doesNotTakeAMessageForTheLostOneAtTheSamePositionOfAnotherLane() throws Exception {
        RingSpec ring = here(RingSpec.mpsc("unused", 1 << 14));
        try (Ring attached = Rings.create(ring);
                RingProducer unlucky = attached.producer();
                RingProducer other = attached.producer()) {
            unlucky.put(Received.bytes(LOST));
            other.put(Received.bytes("a"));
            WorkerSpec spec = WorkerSpec.of(ring, WorkerHandler.of(Codecs.strings(), text -> {
                        seen.add(text);
                        if (text.equals(LOST)) {
                            damage(attached, LOST);
                            throw new IllegalStateException("try again");
                        }
                    }))
                    .withBatch(1)
                    .withErrors(ErrorPolicy.discard().withDeliveries(2, Duration.ZERO));
            try (Worker worker = Worker.start(spec)) {
                assertTrue(worker.drain(LONG));
                assertTrue(worker.failure().isEmpty(), () -> "ended with " + worker.failure());
            }
        }
        assertEquals(List.of(LOST, "a"), seen);
        assertEquals(1, figures().delivered());
        assertEquals(0, figures().redelivered());
        assertEquals(1, figures().damaged());
    }

    @Test
    void endsWhereThereIsNoOtherLane() throws Exception {
        RingSpec ring = here(RingSpec.of(RingKind.SPSC, "unused", 1 << 14));
        try (Ring attached = Rings.create(ring);
                RingProducer producer = attached.producer()) {
            producer.put(Received.bytes("a"));
            producer.put(Received.bytes(LOST));
            damage(attached, LOST);
            try (Worker worker = Worker.start(spec(ring))) {
                assertTrue(worker.await(LONG));
                assertInstanceOf(CorruptRingException.class, worker.failure().orElseThrow());
            }
        }
        assertEquals(List.of("a"), seen);
        assertFalse(figures().alive());
    }
}
