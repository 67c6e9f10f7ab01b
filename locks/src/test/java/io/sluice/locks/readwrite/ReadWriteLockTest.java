package io.sluice.locks.readwrite;

import io.sluice.locks.scene.Scene;
import org.junit.jupiter.api.Nested;

/** The contract for both orders in both memories. */
class ReadWriteLockTest {

    @Nested
    class WritersFirstOnTheHeap extends ReadWriteLockContract {
        WritersFirstOnTheHeap() {
            super(Scene.Place.HEAP, false);
        }
    }

    @Nested
    class FairOnTheHeap extends ReadWriteLockContract {
        FairOnTheHeap() {
            super(Scene.Place.HEAP, true);
        }
    }

    @Nested
    class WritersFirstInFile extends ReadWriteLockContract {
        WritersFirstInFile() {
            super(Scene.Place.FILE, false);
        }
    }

    @Nested
    class FairInFile extends ReadWriteLockContract {
        FairInFile() {
            super(Scene.Place.FILE, true);
        }
    }
}
