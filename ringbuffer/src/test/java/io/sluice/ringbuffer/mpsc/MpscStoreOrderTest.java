package io.sluice.ringbuffer.mpsc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.OrderedWords;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.RecordFormat;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TAIL and HEAD of a lane, which SPSC and broadcast rings use with the same code, are stored in order. */
class MpscStoreOrderTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void positionsAreNeverStoredWithoutAnOrder(boolean total) {
        RecordFormat format = new RecordFormat(false, total);
        try (MpscTestRing ring = MpscTestRing.onHeap(1, 4096, format, WaitStrategy.backOff())) {
            Set<Long> words = Set.of(
                    ring.geometry().at(0, LaneLayout.TAIL), ring.geometry().at(0, LaneLayout.HEAD));
            OrderedWords left = new OrderedWords(ring.newProcess(), words);
            OrderedWords right = new OrderedWords(ring.newProcess(), words);
            RingProducer producer = ring.producer(left);
            RingConsumer consumer = ring.consumer(right);
            for (int round = 0; round < 100; round++) {
                producer.offer(new byte[100]);
                producer.stage(0, new byte[100], 0, 100);
                producer.claim(0, 100).commit();
                consumer.poll(message -> {}, 1);
                consumer.poll(message -> {}, 10);
            }
            producer.close();
            consumer.close();
            assertEquals(Set.of(ring.geometry().at(0, LaneLayout.TAIL)), left.released());
            assertEquals(Set.of(ring.geometry().at(0, LaneLayout.HEAD)), right.released());
        }
    }
}
