package io.sluice.locks.barrier;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract in both memories. */
class BarrierTest {

    @Nested
    class OnTheHeap extends BarrierContract {
        OnTheHeap() {
            super(Scene.Place.HEAP);
        }
    }

    @Nested
    class InFile extends BarrierContract {
        InFile() {
            super(Scene.Place.FILE);
        }
    }
}
