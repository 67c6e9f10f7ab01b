package io.sluice.locks.mutex;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract in both memories. */
class MutexTest {

    @Nested
    class OnTheHeap extends MutexContract {
        OnTheHeap() {
            super(Scene.Place.HEAP);
        }
    }

    @Nested
    class InFile extends MutexContract {
        InFile() {
            super(Scene.Place.FILE);
        }
    }
}
