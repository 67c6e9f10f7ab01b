package io.sluice.locks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.testing.DyingMemory;
import io.sluice.locks.scene.PausingMemory;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues, the dead and the wrongly judged in it included. */
class WaitListTest {

    @RegisterExtension
    final Scenes scenes = new Scenes();

    private Scene scene() {
        return scenes.open(Scene.Place.HEAP, WaitList.BYTES);
    }

    private static WaitList list(RegionMemory memory) {
        return new WaitList(memory, RegionHeaderLayout.BODY);
    }

    @Test
    void servesInTheOrderOfJoining() {
        Scene scene = scene();
        WaitList one = list(scene.process());
        WaitList two = list(scene.process());
        WaitList.Place first = one.join(1);
        WaitList.Place second = two.join(1);
        assertTrue(one.isFirst(first));
        assertFalse(two.isFirst(second));
        one.leave(first);
        assertTrue(two.isFirst(second));
        two.leave(second);
        assertTrue(one.mayBeOccupied());
        one.settle();
        assertFalse(one.mayBeOccupied());
    }

    @Test
    void hasOnlySoManyPlaces() {
        Scene scene = scene();
        DyingMemory dying = scene.process();
        WaitList list = list(dying);
        for (int place = 0; place < WaitList.PLACES; place++) {
            assertNotNull(list.join(1));
        }
        WaitList other = list(scene.process());
        assertNull(other.join(1));
        assertEquals(WaitList.PLACES, other.waiters().size());
        dying.kill();
        WaitList.Place place = other.join(1);
        assertNotNull(place);
        assertTrue(other.isFirst(place));
    }

    /**
     * A process is wrongly held for dead at any access of its joining, its place is taken away and perhaps given to
     * another one, and then it goes on. Those who are rightly in the queue must not notice.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNotBlockedByARevivedProcess(boolean placeIsGivenOn) {
        for (long access = 1; isNotBlocked(access, placeIsGivenOn); access++) {
            assertTrue(access < 100, "joining never comes to its end");
        }
    }

    /** Returns whether the process was paused in time. */
    private boolean isNotBlocked(long access, boolean placeIsGivenOn) {
        Scene scene = scene();
        DyingMemory misjudged = scene.process();
        WaitList heir = list(scene.process());
        List<WaitList.Place> given = new ArrayList<>();
        PausingMemory revived = new PausingMemory(misjudged.target(), access, () -> {
            scene.misjudge(misjudged);
            heir.removeDead();
            if (placeIsGivenOn) {
                given.add(heir.join(1));
            }
        });
        revived.arm();
        list(revived).join(1);
        if (!revived.hasPaused()) {
            return false;
        }
        WaitList last = list(scene.process());
        WaitList.Place behind = last.join(1);
        for (WaitList.Place place : given) {
            last.removeDead();
            assertTrue(heir.isFirst(place), "the heir, after access " + access);
            heir.leave(place);
        }
        last.removeDead();
        assertTrue(last.isFirst(behind), "the last, after access " + access);
        return true;
    }
}
