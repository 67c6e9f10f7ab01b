package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests of workers over each kind of ring have in common. */
@Timeout(120)
abstract class WorkerTestBase {

    static final Duration LONG = Duration.ofSeconds(60);

    final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    /** What a worker can work on. */
    enum Work {
        SPSC(RingKind.SPSC, RingOrder.PER_PRODUCER),
        MPSC(RingKind.MPSC, RingOrder.PER_PRODUCER),
        MPSC_IN_TOTAL_ORDER(RingKind.MPSC, RingOrder.TOTAL),
        MPMC(RingKind.MPMC, RingOrder.PER_PRODUCER);

        final RingKind kind;
        final RingOrder order;

        Work(RingKind kind, RingOrder order) {
            this.kind = kind;
            this.order = order;
        }
    }

    RingSpec ring(Work over, String name) {
        return RingSpec.of(over.kind, "unused", 1 << 14).withOrder(over.order).withAddress(directory.address(name));
    }

    WorkerSpec spec(Work over, ElementHandler<String> handler) {
        return WorkerSpec.of(ring(over, "work"), WorkerHandler.of(Codecs.strings(), text -> {
            seen.add(text);
            handler.handle(text);
        }));
    }

    void send(Work over, String... texts) throws InterruptedException {
        try (Ring ring = Rings.openOrCreate(ring(over, "work"));
                RingProducer producer = ring.producer()) {
            for (String text : texts) {
                producer.put(Received.bytes(text));
            }
        }
    }

    List<String> left(Work over, String name) {
        try (Ring ring = Rings.openOrCreate(ring(over, name));
                RingConsumer consumer = ring.consumer()) {
            Received received = new Received();
            while (consumer.poll(received, 100) > 0) {
                // It collects.
            }
            return received.texts();
        }
    }

    WorkerFigures.Place figures() {
        List<WorkerFigures.Place> places = WorkerFigures.read(WorkerSpec.figuresOf(directory.address("work")), false)
                .places();
        assertEquals(1, places.size());
        return places.get(0);
    }

    static void fail(String text) {
        throw new IllegalStateException(text);
    }
}
