package io.sluice.ringbuffer.queue;

import io.sluice.api.ring.RingKind;
import org.junit.jupiter.api.Nested;

/** The queue over each kind of ring. */
class SharedBlockingQueueTest {

    @Nested
    class OverSpsc extends SharedBlockingQueueContract.OneConsumer {
        OverSpsc() {
            super(RingKind.SPSC);
        }
    }
}
