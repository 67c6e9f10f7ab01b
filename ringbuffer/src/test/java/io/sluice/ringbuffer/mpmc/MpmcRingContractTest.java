package io.sluice.ringbuffer.mpmc;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.CompetingConsumersContract;
import io.sluice.ringbuffer.LongSleepContract;
import io.sluice.ringbuffer.RingContract;
import io.sluice.ringbuffer.SimulatedRing;
import io.sluice.ringbuffer.TestRing;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of rings, kept by the MPMC ring on every memory, with and without checksums. */
class MpmcRingContractTest {

    @Nested
    class OnTheHeap extends MpmcContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpmcTestRing.onHeap(1, 1, CAPACITY, false, strategy);
        }
    }

    @Nested
    class OnTheHeapWithChecksums extends MpmcContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpmcTestRing.onHeap(1, 1, CAPACITY, true, strategy);
        }
    }

    @Nested
    class Mapped extends MpmcContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpmcTestRing.mapped(1, 1, CAPACITY, false, strategy);
        }
    }

    @Nested
    class MappedWithChecksums extends MpmcContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpmcTestRing.mapped(1, 1, CAPACITY, true, strategy);
        }
    }

    @Nested
    class SharedOnTheHeap extends CompetingConsumersContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpmcTestRing.onHeap(PLACES, PLACES, CAPACITY, false, strategy);
        }
    }

    @Nested
    class SharedOnTheHeapWithChecksums extends CompetingConsumersContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpmcTestRing.onHeap(PLACES, PLACES, CAPACITY, true, strategy);
        }
    }

    @Nested
    class SharedMapped extends CompetingConsumersContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpmcTestRing.mapped(PLACES, PLACES, CAPACITY, false, strategy);
        }
    }

    @Nested
    class SharedMappedWithChecksums extends CompetingConsumersContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpmcTestRing.mapped(PLACES, PLACES, CAPACITY, true, strategy);
        }
    }

    /** What limits of participants add. */
    @Nested
    class AsleepForLong extends LongSleepContract {
        @Override
        protected SimulatedRing<?, ?> newRing(WaitStrategy strategy) {
            return MpmcTestRing.onHeap(2, 2, CAPACITY, false, strategy);
        }

        @Override
        protected boolean sleepsForRoom() {
            return false;
        }
    }

    abstract static class MpmcContract extends RingContract {

        @Test
        void refusesOneProducerMoreThanItHasPlacesFor() {
            RoleTakenException refusal = assertThrows(RoleTakenException.class, () -> ring().producer());
            assertTrue(refusal.getMessage().contains("producer"), refusal.getMessage());
            producer().offer(bytes("a"));
            producer().leave();
            ring().producer().offer(bytes("b"));
            expect(consumer(), "a", "b");
        }

        @Test
        void refusesOneConsumerMoreThanItHasPlacesFor() {
            RoleTakenException refusal = assertThrows(RoleTakenException.class, () -> ring().consumer());
            assertTrue(refusal.getMessage().contains("consumer"), refusal.getMessage());
            producer().offer(bytes("a"));
            consumer().close();
            expect(ring().consumer(), "a");
        }
    }
}
