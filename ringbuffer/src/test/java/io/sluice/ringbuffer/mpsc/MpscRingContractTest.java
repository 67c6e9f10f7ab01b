package io.sluice.ringbuffer.mpsc;

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
import io.sluice.ringbuffer.record.RecordFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of rings, kept by the MPSC ring in both orders on every memory, with and without checksums. */
class MpscRingContractTest {

    private static final int LANES = 3;
    private static final RecordFormat TICKETS = new RecordFormat(false, true);
    private static final RecordFormat TICKETS_AND_CHECKSUMS = new RecordFormat(true, true);

    @Nested
    class OnTheHeap extends MpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpscTestRing.onHeap(LANES, CAPACITY, RecordFormat.PLAIN, strategy);
        }
    }

    @Nested
    class OnTheHeapWithChecksums extends MpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpscTestRing.onHeap(LANES, CAPACITY, RecordFormat.of(true), strategy);
        }
    }

    @Nested
    class OnTheHeapInTotalOrder extends MpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpscTestRing.onHeap(LANES, CAPACITY, TICKETS, strategy);
        }
    }

    @Nested
    class OnTheHeapInTotalOrderWithChecksums extends MpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpscTestRing.onHeap(LANES, CAPACITY, TICKETS_AND_CHECKSUMS, strategy);
        }
    }

    @Nested
    class Mapped extends MpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpscTestRing.mapped(LANES, CAPACITY, RecordFormat.PLAIN, strategy);
        }
    }

    @Nested
    class MappedWithChecksums extends MpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpscTestRing.mapped(LANES, CAPACITY, RecordFormat.of(true), strategy);
        }
    }

    @Nested
    class MappedInTotalOrder extends MpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpscTestRing.mapped(LANES, CAPACITY, TICKETS, strategy);
        }
    }

    @Nested
    class MappedInTotalOrderWithChecksums extends MpscContract {
        @Override
        protected TestRing newRing(WaitStrategy strategy) {
            return MpscTestRing.mapped(LANES, CAPACITY, TICKETS_AND_CHECKSUMS, strategy);
        }
    }

    /** What several producers add. */
    @Nested
    class AsleepForLong extends LongSleepContract {
        @Override
        protected SimulatedRing<?, ?> newRing(WaitStrategy strategy) {
            return MpscTestRing.onHeap(2, CAPACITY, RecordFormat.PLAIN, strategy);
        }
    }

    @Nested
    class AsleepForLongInTotalOrder extends LongSleepContract {
        @Override
        protected SimulatedRing<?, ?> newRing(WaitStrategy strategy) {
            return MpscTestRing.onHeap(2, CAPACITY, TICKETS, strategy);
        }
    }

    abstract static class MpscContract extends RingContract {

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
