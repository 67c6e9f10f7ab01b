package io.sluice.benchmarks.locks;

import io.sluice.api.waiting.WaitStrategy;

/** How those who have to wait do it. */
enum Mode {
    /** They look again and again. */
    SPIN,
    /** They sleep until they are woken, after a short time awake where that is how the lock does it. */
    BLOCK;

    WaitStrategy strategy() {
        return this == SPIN ? WaitStrategy.spin() : WaitStrategy.block();
    }
}
