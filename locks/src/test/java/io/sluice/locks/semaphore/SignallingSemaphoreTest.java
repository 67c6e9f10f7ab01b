package io.sluice.locks.semaphore;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract in both orders in both memories. */
class SignallingSemaphoreTest {

    @Nested
    class BargingOnTheHeap extends SignallingSemaphoreContract {
        BargingOnTheHeap() {
            super(Scene.Place.HEAP, false);
        }
    }

    @Nested
    class FairOnTheHeap extends SignallingSemaphoreContract {
        FairOnTheHeap() {
            super(Scene.Place.HEAP, true);
        }
    }

    @Nested
    class BargingInFile extends SignallingSemaphoreContract {
        BargingInFile() {
            super(Scene.Place.FILE, false);
        }
    }

    @Nested
    class FairInFile extends SignallingSemaphoreContract {
        FairInFile() {
            super(Scene.Place.FILE, true);
        }
    }
}
