package io.sluice.locks.semaphore;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract in both orders in both memories. */
class AccountableSemaphoreTest {

    @Nested
    class BargingOnTheHeap extends AccountableSemaphoreContract {
        BargingOnTheHeap() {
            super(Scene.Place.HEAP, false);
        }
    }

    @Nested
    class FairOnTheHeap extends AccountableSemaphoreContract {
        FairOnTheHeap() {
            super(Scene.Place.HEAP, true);
        }
    }

    @Nested
    class BargingInFile extends AccountableSemaphoreContract {
        BargingInFile() {
            super(Scene.Place.FILE, false);
        }
    }

    @Nested
    class FairInFile extends AccountableSemaphoreContract {
        FairInFile() {
            super(Scene.Place.FILE, true);
        }
    }
}
