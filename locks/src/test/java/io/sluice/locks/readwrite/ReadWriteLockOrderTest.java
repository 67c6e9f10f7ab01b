package io.sluice.locks.readwrite;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract, which has both orders in it, in both memories. */
class ReadWriteLockOrderTest {

    @Nested
    class OnTheHeap extends ReadWriteLockOrderContract {
        OnTheHeap() {
            super(Scene.Place.HEAP);
        }
    }

    @Nested
    class InFile extends ReadWriteLockOrderContract {
        InFile() {
            super(Scene.Place.FILE);
        }
    }
}
