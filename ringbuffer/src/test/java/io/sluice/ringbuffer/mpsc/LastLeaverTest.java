package io.sluice.ringbuffer.mpsc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.LongSleeper;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.record.RecordFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The last live producer beside a dead one leaves while the consumer, which has just seen it live, goes to sleep for long. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LastLeaverTest {

    private static final long CAPACITY = 4096;

    /** Does something in front of the first long sleep, when all that is asked before it has been asked. */
    private static final class Meanwhile implements WaitStrategy {

        private final LongSleeper sleeper = new LongSleeper();
        private final Runnable action;
        private boolean done;

        Meanwhile(Runnable action) {
            this.action = action;
        }

        @Override
        public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
            if (nanos > SLICE_NANOS && !done) {
                done = true;
                action.run();
            }
            return sleeper.await(word, condition, nanos);
        }

        @Override
        public boolean sleepsUntilWoken() {
            return true;
        }
    }

    @Test
    void isNoticed() {
        RingProducer[] last = {null};
        try (MpscTestRing ring =
                        MpscTestRing.onHeap(2, CAPACITY, RecordFormat.of(false), new Meanwhile(() -> last[0].close()));
                Actors actors = new Actors()) {
            DyingMemory dead = ring.attach();
            ring.producer(dead);
            last[0] = ring.producer(ring.attach());
            RingConsumer consumer = ring.consumer(ring.attach());
            dead.kill();
            AtomicInteger taken = new AtomicInteger();
            Actor taking = actors.start(() -> taken.set(consumer.take(message -> {}, 1)));
            taking.join();
            assertEquals(RingConsumer.PEER_DEAD, taken.get());
        }
    }
}
