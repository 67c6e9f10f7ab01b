package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.OrderedWords;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandlerFailure;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a slot holds is stored in order. */
class MpmcStoreOrderTest {

    @Test
    void aSlotIsNeverStoredWithoutAnOrder() {
        try (MpmcTestRing ring = MpmcTestRing.onHeap(1, 1, 4096, false, WaitStrategy.backOff())) {
            Set<Long> words = new HashSet<>();
            Set<Long> first = new HashSet<>();
            for (int slot = 0; slot < ring.geometry().slots(); slot++) {
                for (long field :
                        new long[] {MpmcLayout.STATE, MpmcLayout.TO, MpmcLayout.CURRENT, MpmcLayout.ATTEMPT}) {
                    long at = ring.geometry().slotsAt() + slot * MpmcLayout.SLOT_BYTES + field;
                    words.add(at);
                    if (slot == 0) {
                        first.add(at);
                    }
                }
            }
            OrderedWords memory = new OrderedWords(ring.newProcess(), words);
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer(memory);
            for (int round = 0; round < 100; round++) {
                producer.offer(new byte[16]);
                producer.offer(new byte[16]);
                producer.offer(new byte[16]);
                consumer.poll(message -> {}, 2);
                try {
                    consumer.poll(
                            message -> {
                                throw new HandlerFailure();
                            },
                            2);
                } catch (HandlerFailure expected) {
                    consumer.nack();
                }
                consumer.poll(message -> {}, 2);
            }
            first.removeAll(memory.released());
            assertEquals(Set.of(), first, "words that were not stored at all");
        }
    }
}
