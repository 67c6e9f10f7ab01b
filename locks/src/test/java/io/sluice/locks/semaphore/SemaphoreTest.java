package io.sluice.locks.semaphore;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract for both kinds in both orders in both memories. */
class SemaphoreTest {

    @Nested
    class SignallingBargingOnTheHeap extends SemaphoreContract {
        SignallingBargingOnTheHeap() {
            super(Kind.SIGNALLING, Scene.Place.HEAP, false);
        }
    }

    @Nested
    class SignallingFairOnTheHeap extends SemaphoreContract {
        SignallingFairOnTheHeap() {
            super(Kind.SIGNALLING, Scene.Place.HEAP, true);
        }
    }

    @Nested
    class SignallingBargingInFile extends SemaphoreContract {
        SignallingBargingInFile() {
            super(Kind.SIGNALLING, Scene.Place.FILE, false);
        }
    }

    @Nested
    class SignallingFairInFile extends SemaphoreContract {
        SignallingFairInFile() {
            super(Kind.SIGNALLING, Scene.Place.FILE, true);
        }
    }

    @Nested
    class AccountableBargingOnTheHeap extends SemaphoreContract {
        AccountableBargingOnTheHeap() {
            super(Kind.ACCOUNTABLE, Scene.Place.HEAP, false);
        }
    }

    @Nested
    class AccountableFairOnTheHeap extends SemaphoreContract {
        AccountableFairOnTheHeap() {
            super(Kind.ACCOUNTABLE, Scene.Place.HEAP, true);
        }
    }

    @Nested
    class AccountableBargingInFile extends SemaphoreContract {
        AccountableBargingInFile() {
            super(Kind.ACCOUNTABLE, Scene.Place.FILE, false);
        }
    }

    @Nested
    class AccountableFairInFile extends SemaphoreContract {
        AccountableFairInFile() {
            super(Kind.ACCOUNTABLE, Scene.Place.FILE, true);
        }
    }
}
