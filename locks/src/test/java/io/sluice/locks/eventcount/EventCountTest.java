package io.sluice.locks.eventcount;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract in both memories. */
class EventCountTest {

    @Nested
    class OnTheHeap extends EventCountContract {
        OnTheHeap() {
            super(Scene.Place.HEAP);
        }
    }

    @Nested
    class InFile extends EventCountContract {
        InFile() {
            super(Scene.Place.FILE);
        }
    }
}
