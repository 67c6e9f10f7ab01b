package io.sluice.locks.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.PausingMemory;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether a death at a barrier came before or after all had arrived, whatever one who waits is looking at then. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BarrierDeathTest {

    // More than several looks at everything take.
    private static final int ACCESSES = 150;

    // Looks again at once, so that the accesses are few and always the same.
    private static final WaitStrategy NEVER_WAITING = (word, condition, nanos) -> condition.getAsBoolean();

    private static SharedBarrier attach(RegionMemory memory) {
        return new RegionBarrier(memory, 2, NEVER_WAITING, () -> {});
    }

    /** Two parties, of which the first is held up at an access, and the second arrives and dies meanwhile. */
    private static final class Meeting implements AutoCloseable {

        private final Scene scene = new Scene(Scene.Place.HEAP, BarrierLayout.bodyBytes(2));
        private final DyingMemory mortal = scene.process();
        private final PausingMemory watching;
        private final SharedBarrier barrier;
        private final BarrierParty party;

        Meeting(long access) {
            watching = new PausingMemory(scene.process(), access, this::arriveAndDie);
            barrier = attach(watching);
            party = barrier.join();
            attach(mortal).join();
            watching.arm();
        }

        private void arriveAndDie() {
            mortal.compareAndSetLong(BarrierLayout.arrived(1), 0, BarrierLayout.arrival(1, mortal.selfToken()));
            mortal.kill();
        }

        @Override
        public void close() throws IOException {
            scene.close();
        }
    }

    @Test
    void endsWellWhereverAPartyDiesAfterAllHaveArrived() throws Exception {
        for (long access = 1; access <= ACCESSES; access++) {
            try (Meeting meeting = new Meeting(access)) {
                assertTrue(meeting.party.await(), "death in front of access " + access);
                assertTrue(meeting.watching.hasPaused());
                assertEquals(1, meeting.barrier.generation());
                assertThrows(BrokenBarrierException.class, meeting.party::await);
            }
        }
    }

    @Test
    void isNotBrokenByDeathWhereAPartyGivesUp() throws Exception {
        boolean paused = true;
        for (long access = 1; paused; access++) {
            try (Meeting meeting = new Meeting(access)) {
                try {
                    assertTrue(meeting.party.await(0, TimeUnit.NANOSECONDS), "death in front of access " + access);
                } catch (TimeoutException e) {
                    // The look before the last was too early: it has given up.
                    assertTrue(meeting.barrier.isBroken());
                }
                paused = meeting.watching.hasPaused();
            }
        }
    }
}
