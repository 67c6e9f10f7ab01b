package io.sluice.ringbuffer.spsc;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.LongSleepContract;
import io.sluice.ringbuffer.RingContract;
import io.sluice.ringbuffer.SimulatedRing;
import io.sluice.ringbuffer.TestRing;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of rings, kept by the SPSC ring on every memory, with and without checksums. */
class SpscRingContractTest {

    /** Longer than any test waits. */
    static final Duration LONG = Duration.ofSeconds(100);

    @Nested
    class OnTheHeap extends SpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return SpscTestRing.onHeap(CAPACITY, false, strategy);
        }
    }

    @Nested
    class OnTheHeapWithChecksums extends SpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return SpscTestRing.onHeap(CAPACITY, true, strategy);
        }
    }

    @Nested
    class OnTheHeapWithMail extends SpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            SpscTestRing ring = SpscTestRing.onHeap(CAPACITY, false, strategy);
            ring.newProcess().setInt(SpscLayout.MAIL_WANTED, 1);
            return ring;
        }
    }

    @Nested
    class Mapped extends SpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return SpscTestRing.mapped(CAPACITY, false, strategy);
        }
    }

    @Nested
    class MappedWithChecksums extends SpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return SpscTestRing.mapped(CAPACITY, true, strategy);
        }
    }

    /** What one producer and one consumer add. */
    @Nested
    class AsleepForLong extends LongSleepContract {
        @Override
        protected SimulatedRing<?, ?> newRing(WaitStrategy strategy) {
            return SpscTestRing.onHeap(CAPACITY, false, strategy);
        }
    }

    abstract static class SpscContract extends RingContract {

        @Test
        void refusesASecondLiveProducer() {
            RoleTakenException refusal = assertThrows(RoleTakenException.class, () -> ring().producer());
            assertTrue(refusal.getMessage().contains("producer"), refusal.getMessage());
            producer().offer(bytes("a"));
            producer().leave();
            ring().producer().offer(bytes("b"));
            expect(consumer(), "a", "b");
        }

        @Test
        void refusesASecondLiveConsumer() {
            RoleTakenException refusal = assertThrows(RoleTakenException.class, () -> ring().consumer());
            assertTrue(refusal.getMessage().contains("consumer"), refusal.getMessage());
            producer().offer(bytes("a"));
            consumer().close();
            expect(ring().consumer(), "a");
        }
    }
}
