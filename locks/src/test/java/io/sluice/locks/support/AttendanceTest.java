package io.sluice.locks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is seen to wait, and that nobody is who does not. */
class AttendanceTest {

    @RegisterExtension
    final Scenes scenes = new Scenes();

    private final Scene scene = scene();
    private final DyingMemory here = scene.process();
    private final DyingMemory there = scene.process();
    private final Attendance mine = attendance(here);

    private Scene scene() {
        return scenes.open(Scene.Place.HEAP, WaitList.BYTES);
    }

    private static Attendance attendance(RegionMemory memory) {
        return new Attendance(memory, RegionHeaderLayout.BODY);
    }

    private static List<LockStat.Waiter> seenBy(RegionMemory memory) {
        return new WaitList(memory, RegionHeaderLayout.BODY).waiters();
    }

    @Test
    void showsAWaitThatIsNoShortOne() {
        try (Attendance.Wait wait = mine.begin(7)) {
            assertFalse(wait.goesOn(false));
            assertEquals(List.of(), seenBy(there));
            assertFalse(wait.goesOn(true));
            assertFalse(wait.goesOn(true));
            assertEquals(1, seenBy(there).size());
            LockStat.Waiter waiter = seenBy(there).get(0);
            assertEquals(here.selfToken(), waiter.token());
            assertEquals(Thread.currentThread().getId(), waiter.thread());
            assertEquals(7, waiter.wanted());
        }
        assertEquals(List.of(), seenBy(there));
    }

    @Test
    void showsNobodyOnceItIsClosedWhateverTheThreadsDo() {
        Attendance.Wait first = mine.begin(1);
        Attendance.Wait second = mine.begin(1);
        Attendance others = attendance(there);
        try (Attendance.Wait other = others.begin(1)) {
            assertFalse(first.goesOn(true) || second.goesOn(false) || other.goesOn(true));
            assertEquals(2, seenBy(there).size());
            mine.close();
            assertEquals(1, seenBy(there).size());
            assertFalse(second.goesOn(true));
            second.close();
            // Somebody else has got its place.
            try (Attendance.Wait late = others.begin(2)) {
                assertFalse(late.goesOn(true));
                first.close();
                mine.close();
                assertEquals(2, seenBy(there).size());
            }
        }
        assertEquals(List.of(), seenBy(there));
    }

    @Test
    void doesNotUseAMemoryThatHasGone() {
        Attendance.Wait wait = mine.begin(1);
        assertFalse(wait.goesOn(true));
        here.detach();
        mine.close();
        wait.close();
        assertFalse(wait.goesOn(true));
    }

    private final class Trial implements KillTrial {

        private final Scene place = scene();
        private final DyingMemory victim = place.process();
        private final DyingMemory observer = place.process();

        @Override
        public DyingMemory memory() {
            return victim;
        }

        @Override
        public void operate() {
            Attendance dying = attendance(victim);
            try (Attendance.Wait wait = dying.begin(1)) {
                wait.goesOn(true);
            }
            dying.begin(1).goesOn(true);
            dying.close();
        }

        @Override
        public void survive() {
            assertTrue(seenBy(observer).stream().noneMatch(LockStat.Waiter::alive));
            Attendance surviving = attendance(observer);
            List<Attendance.Wait> waits = new ArrayList<>();
            for (int wait = 0; wait < WaitList.PLACES; wait++) {
                waits.add(surviving.begin(1));
                waits.get(wait).goesOn(true);
            }
            // The dead one's place is given to somebody.
            assertEquals(
                    WaitList.PLACES,
                    seenBy(observer).stream().filter(LockStat.Waiter::alive).count());
            waits.forEach(Attendance.Wait::close);
            assertEquals(List.of(), seenBy(observer));
        }
    }

    @Test
    void survivesADeathAtAnyAccess() {
        assertTrue(KillPoints.enumerate(Trial::new) > 10);
    }
}
