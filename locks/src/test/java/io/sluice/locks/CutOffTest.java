package io.sluice.locks;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.LongSleeper;
import io.sluice.api.testing.OwnDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A thread makes true what others sleep for, and before it can wake them another thread closes its attachment. Nothing but
 * that closing ends the sleeps of these tests.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutOffTest {

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    private final Actors actors = new Actors();
    private final LongSleeper sleeper = new LongSleeper();

    /** What a thread waits for. */
    private interface Waiting<T> {
        void on(T lock) throws Exception;
    }

    @AfterEach
    void clear() {
        actors.close();
    }

    /** The thread that is cut off has got as far as storing {@code value} in the lock's first word. */
    private <T extends Synchronizer> void isWokenByTheClosing(LockSpec<T> kind, long value, Waiting<T> waiting) {
        LockSpec<T> spec = directory.here(kind);
        T closing = Locks.create(spec);
        try (T mine = Locks.open(spec.withWaitStrategy(sleeper));
                Region cutOff = Regions.open(spec.address(), spec.kind().regionKind(), spec.options())) {
            Actor waiter = actors.start(() -> waiting.on(mine));
            sleeper.awaitLongSleep(1);
            cutOff.memory().setLongRelease(RegionHeaderLayout.BODY, value);
            closing.close();
            waiter.join();
        }
    }

    @Test
    void getsThePermitThatWasReleased() {
        isWokenByTheClosing(LockSpec.signallingSemaphore("lock", 0), 1, semaphore -> semaphore.acquire());
    }

    @Test
    void leavesTheBarrierWhoseGenerationWasEnded() {
        long generation = 1;
        isWokenByTheClosing(LockSpec.barrier("lock", 2), 2 * generation, barrier -> barrier.join()
                .await());
    }
}
