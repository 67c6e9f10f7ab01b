package io.sluice.benchmarks.locks;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Sluice's locks as places. */
final class SharedPlaces {

    private static final String NAME = "place";

    private SharedPlaces() {}

    static Places mutexes(Path directory, Mode mode) {
        SharedMutex[] places = open(LockSpec.mutex(NAME), directory, mode, SharedMutex[]::new);
        return new Places() {
            @Override
            @SuppressWarnings("LockNotBeforeTry") // given back by release()
            public void acquire(int place) {
                places[place].lock();
            }

            @Override
            public void release(int place) {
                places[place].unlock();
            }
        };
    }

    static Places signalling(Path directory, Mode mode) {
        return semaphores(open(LockSpec.signallingSemaphore(NAME, 1), directory, mode, SharedSemaphore[]::new));
    }

    static Places accountable(Path directory, Mode mode) {
        return semaphores(open(LockSpec.accountableSemaphore(NAME, 1), directory, mode, SharedSemaphore[]::new));
    }

    private static Places semaphores(SharedSemaphore[] places) {
        return new Places() {
            @Override
            public void acquire(int place) throws InterruptedException {
                places[place].acquire();
            }

            @Override
            public void release(int place) {
                places[place].release();
            }
        };
    }

    private static <T extends Synchronizer> T[] open(
            LockSpec<? extends T> spec, Path directory, Mode mode, IntFunction<T[]> array) {
        T[] places = array.apply(Places.COUNT);
        for (int place = 0; place < places.length; place++) {
            places[place] = Locks.openOrCreate(spec.withAddress(RegionAddress.of(directory, NAME + "-" + place))
                    .withWaitStrategy(mode.strategy()));
        }
        return places;
    }
}
