package io.sluice.locks.semaphore;

import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;

/** The kinds of semaphores, for tests of what they have in common. */
enum Kind {
    SIGNALLING {
        @Override
        long bodyBytes() {
            return SignallingLayout.BODY_BYTES;
        }

        @Override
        void initialize(RegionMemory memory, int permits) {
            CountingSemaphore.initialize(memory, permits);
        }

        @Override
        SharedSemaphore over(RegionMemory memory, int maximum, boolean fair, WaitStrategy strategy) {
            return CountingSemaphore.over(memory, maximum, fair, strategy);
        }
    },
    ACCOUNTABLE {
        @Override
        long bodyBytes() {
            return AccountableLayout.BODY_BYTES;
        }

        @Override
        void initialize(RegionMemory memory, int permits) {
            LedgerSemaphore.initialize(memory, permits);
        }

        @Override
        SharedSemaphore over(RegionMemory memory, int maximum, boolean fair, WaitStrategy strategy) {
            return LedgerSemaphore.over(memory, maximum, fair, strategy);
        }
    };

    abstract long bodyBytes();

    abstract void initialize(RegionMemory memory, int permits);

    abstract SharedSemaphore over(RegionMemory memory, int maximum, boolean fair, WaitStrategy strategy);
}
