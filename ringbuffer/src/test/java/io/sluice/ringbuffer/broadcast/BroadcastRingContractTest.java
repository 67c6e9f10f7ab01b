package io.sluice.ringbuffer.broadcast;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.HandleContract;
import io.sluice.ringbuffer.LongSleepContract;
import io.sluice.ringbuffer.SimulatedRing;
import io.sluice.ringbuffer.StreamContract;
import io.sluice.ringbuffer.TestRing;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a broadcast ring has in common with every other one, on every memory, with and without checksums. */
class BroadcastRingContractTest {

    private static final int PLACES = 3;

    @Nested
    class OnTheHeap extends BroadcastContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return BroadcastTestRing.onHeap(PLACES, CAPACITY, false, strategy);
        }
    }

    @Nested
    class OnTheHeapWithChecksums extends BroadcastContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return BroadcastTestRing.onHeap(PLACES, CAPACITY, true, strategy);
        }
    }

    @Nested
    class Mapped extends BroadcastContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return BroadcastTestRing.mapped(PLACES, CAPACITY, false, strategy);
        }
    }

    @Nested
    class MappedWithChecksums extends BroadcastContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return BroadcastTestRing.mapped(PLACES, CAPACITY, true, strategy);
        }
    }

    /** What several consumers of one producer add. */
    @Nested
    class AsleepForLong extends LongSleepContract {
        @Override
        protected SimulatedRing<?, ?> newRing(WaitStrategy strategy) {
            return BroadcastTestRing.onHeap(2, CAPACITY, false, strategy);
        }
    }

    @Nested
    class LossyAsleepForLong extends LongSleepContract {
        @Override
        protected SimulatedRing<?, ?> newRing(WaitStrategy strategy) {
            return BroadcastTestRing.lossy(2, CAPACITY, false, strategy, false);
        }

        @Override
        protected boolean sleepsForRoom() {
            return false;
        }
    }

    abstract static class BroadcastContract extends StreamContract {

        @Test
        void refusesASecondLiveProducer() {
            RoleTakenException refusal = assertThrows(RoleTakenException.class, () -> ring().producer());
            assertTrue(refusal.getMessage().contains("producer"), refusal.getMessage());
        }

        @Test
        void refusesMoreConsumersThanItHasPlaces() {
            ring().consumer();
            ring().consumer();
            RoleTakenException refusal = assertThrows(RoleTakenException.class, () -> ring().consumer());
            assertTrue(refusal.getMessage().contains("all 3 places"), refusal.getMessage());
        }
    }

    @Nested
    class LossyOnTheHeap extends HandleContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return BroadcastTestRing.lossy(PLACES, CAPACITY, false, strategy, false);
        }
    }

    @Nested
    class LossyOnTheHeapWithChecksums extends HandleContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return BroadcastTestRing.lossy(PLACES, CAPACITY, true, strategy, false);
        }
    }

    @Nested
    class LossyAndMapped extends HandleContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return BroadcastTestRing.lossy(PLACES, CAPACITY, false, strategy, true);
        }
    }

    @Nested
    class LossyAndMappedWithChecksums extends HandleContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return BroadcastTestRing.lossy(PLACES, CAPACITY, true, strategy, true);
        }
    }
}
