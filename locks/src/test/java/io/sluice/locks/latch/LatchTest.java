package io.sluice.locks.latch;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract in both memories. */
class LatchTest {

    @Nested
    class OnTheHeap extends LatchContract {
        OnTheHeap() {
            super(Scene.Place.HEAP);
        }
    }

    @Nested
    class InFile extends LatchContract {
        InFile() {
            super(Scene.Place.FILE);
        }
    }
}
