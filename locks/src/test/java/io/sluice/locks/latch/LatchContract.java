package io.sluice.locks.latch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.HookedMemory;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a latch does, wherever its memory is. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class LatchContract {

    private static final int COUNT = 3;

    @RegisterExtension
    final Scenes scenes = new Scenes();

    private final Scene.Place place;
    private final Scene scene;
    private final Actors actors = new Actors();

    LatchContract(Scene.Place place) {
        this.place = place;
        this.scene = scene();
    }

    @AfterEach
    void clear() {
        actors.close();
    }

    private Scene scene() {
        return scenes.open(place, LatchLayout.bodyBytes(COUNT));
    }

    private static SharedLatch attach(DyingMemory process) {
        return new RegionLatch(process, COUNT, WaitStrategy.block(), () -> {});
    }

    private SharedLatch attach() {
        return attach(scene.process());
    }

    @Test
    void opensOnceItIsCountedDownByWhomever() {
        SharedLatch one = attach();
        SharedLatch two = attach();
        Actor waiting = actors.start(two::await);
        one.countDown();
        one.countDown();
        assertEquals(1, two.getCount());
        assertFalse(waiting.isDone());
        two.countDown();
        waiting.join();
        assertEquals(0, one.getCount());
        assertEquals("open", one.stat().state());
    }

    @Test
    void staysOpen() throws Exception {
        SharedLatch latch = attach();
        for (int turn = 0; turn < COUNT + 2; turn++) {
            latch.countDown();
        }
        latch.await();
        assertTrue(attach().await(0, TimeUnit.NANOSECONDS));
        assertFalse(latch.isBroken());
    }

    @Test
    void countsPromisesFirst() {
        SharedLatch one = attach();
        SharedLatch two = attach();
        one.promise();
        two.promise();
        assertEquals(2, one.stat().holders().size());
        one.countDown();
        assertEquals(1, one.stat().holders().size());
        one.countDown();
        two.countDown();
        assertEquals(0, two.getCount());
    }

    @Test
    void refusesToCountForOthers() {
        SharedLatch one = attach();
        for (int turn = 0; turn < COUNT; turn++) {
            one.promise();
        }
        SharedLatch two = attach();
        assertThrows(IllegalStateException.class, two::promise);
        assertThrows(IllegalStateException.class, two::countDown);
        assertEquals(COUNT, two.getCount());
    }

    @Test
    void givesUpWhenTheTimeHasPassed() throws Exception {
        assertFalse(attach().await(1, TimeUnit.MILLISECONDS));
    }

    private static void untilAsleep(DyingMemory process) {
        Actors.until(() -> (process.getInt(LatchLayout.WAKE) & 1) != 0);
    }

    @Test
    void endsWaitWhenInterrupted() {
        DyingMemory process = scene.process();
        SharedLatch latch = attach(process);
        Actor waiting = actors.start(latch::await);
        untilAsleep(process);
        waiting.interrupt();
        assertInstanceOf(InterruptedException.class, waiting.outcome());
        latch.countDown();
        assertEquals(COUNT - 1, latch.getCount());
    }

    @Test
    void breaksWhenOneThatPromisedDies() {
        DyingMemory dead = scene.process();
        attach(dead).promise();
        SharedLatch latch = attach();
        Actor waiting = actors.start(latch::await);
        latch.countDown();
        assertFalse(latch.isBroken());
        dead.kill();
        BrokenLatchException told = assertInstanceOf(BrokenLatchException.class, waiting.outcome());
        assertEquals(dead.selfToken(), told.deadParty());
        assertThrows(BrokenLatchException.class, attach()::await);
        assertTrue(latch.isBroken());
        assertEquals("2 of 3 left, broken", latch.stat().state());
    }

    @Test
    void doesNotBreakWhenOneThatHasCountedDies() throws Exception {
        DyingMemory dead = scene.process();
        SharedLatch counting = attach(dead);
        counting.promise();
        counting.countDown();
        dead.kill();
        SharedLatch latch = attach();
        latch.countDown();
        latch.countDown();
        latch.await();
    }

    @Test
    void breaksWhenOneThatPromisedLeaves() {
        SharedLatch leaving = attach();
        leaving.promise();
        leaving.close();
        assertThrows(BrokenLatchException.class, attach()::await);
        assertThrows(DetachedException.class, leaving::countDown);
        leaving.close();
    }

    @Test
    void endsWaitsWhenClosed() {
        DyingMemory process = scene.process();
        SharedLatch latch = attach(process);
        Actor waiting = actors.start(latch::await);
        untilAsleep(process);
        latch.close();
        assertInstanceOf(DetachedException.class, waiting.outcome());
    }

    /** Closing that begins in the moment between the count and the wake-up of those who wait for it. */
    @Test
    void countsWhenItIsClosedInTheMiddleOfCounting() throws Exception {
        CountDownLatch counting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HookedMemory memory = new HookedMemory(scene.process()) {
            @Override
            protected void beforeLookForSleepers() {
                counting.countDown();
                Actors.await(goOn);
            }
        };
        SharedLatch latch = new RegionLatch(memory, COUNT, WaitStrategy.block(), memory::detach);
        Actor counter = actors.start(latch::countDown);
        Actors.await(counting);
        Actor closer = actors.start(latch::close);
        Actors.until(() -> closer.isDone() || closer.isAsleep());
        goOn.countDown();
        counter.join();
        closer.join();
        assertEquals(COUNT - 1, attach().getCount());
    }

    @Test
    void waitsForAsLongAsAnybodyCanSay() throws Exception {
        SharedLatch latch = attach();
        for (int count = 0; count < COUNT; count++) {
            latch.countDown();
        }
        assertTrue(latch.await(Long.MAX_VALUE, TimeUnit.DAYS));
    }

    @Test
    void fencesOneThatWasHeldForDead() {
        DyingMemory paused = scene.process();
        SharedLatch revived = attach(paused);
        revived.promise();
        scene.misjudge(paused);
        assertThrows(BrokenLatchException.class, attach()::await);
        assertThrows(FencedException.class, revived::countDown);
        assertTrue(attach().isBroken());
    }

    @Test
    void saysThatItsWordsAreCorrupt() {
        DyingMemory process = scene.process();
        SharedLatch latch = attach(process);
        process.setLong(LatchLayout.count(1), -1);
        assertThrows(CorruptLockException.class, latch::getCount);
        assertThrows(CorruptLockException.class, latch::await);
    }

    /** A process is killed at every access of an operation; then the latch is open, or broken, or can be opened. */
    private final class Trial implements KillTrial {

        private final Scene place = scene();
        private final DyingMemory victim = place.process();
        private final SharedLatch survivor = attach(place.process());
        private final SharedLatch latch;
        private final Consumer<SharedLatch> operation;

        private final boolean mayBreak;

        Trial(boolean mayBreak, Consumer<Scene> before, Consumer<SharedLatch> operation) {
            before.accept(place);
            this.mayBreak = mayBreak;
            this.latch = new RegionLatch(victim, COUNT, OneSleep.then(this::open), () -> {});
            this.operation = operation;
        }

        private void open() {
            while (survivor.getCount() > 0) {
                survivor.countDown();
            }
        }

        @Override
        public DyingMemory memory() {
            return victim;
        }

        @Override
        public void operate() {
            operation.accept(latch);
        }

        @Override
        public void survive() {
            try {
                if (!survivor.isBroken()) {
                    open();
                }
                survivor.await();
                assertEquals(0, survivor.getCount());
            } catch (BrokenLatchException e) {
                assertTrue(mayBreak, "broken by the death of one who had promised nothing");
                assertTrue(survivor.getCount() > 0);
            } catch (InterruptedException e) {
                throw new AssertionError("not interrupted by anybody", e);
            }
        }
    }

    @Test
    void survivesDeathWhileCounting() {
        KillPoints.enumerate(() -> new Trial(false, place -> {}, SharedLatch::countDown));
    }

    @Test
    void survivesDeathWhilePromisingAndKeeping() {
        KillPoints.enumerate(() -> new Trial(true, place -> {}, latch -> {
            latch.promise();
            latch.countDown();
        }));
    }

    @Test
    void survivesDeathWhileBreaking() {
        KillPoints.enumerate(() -> new Trial(
                true,
                place -> {
                    DyingMemory dead = place.process();
                    attach(dead).promise();
                    dead.kill();
                },
                latch -> assertTrue(latch.isBroken())));
    }

    @Test
    void survivesDeathWhileLeaving() {
        KillPoints.enumerate(() -> new Trial(true, place -> {}, latch -> {
            latch.promise();
            latch.close();
        }));
    }

    @Test
    void survivesDeathWhileAsleep() {
        assertTrue(KillPoints.enumerate(() -> new Trial(false, place -> {}, latch -> {
                    try {
                        latch.await();
                    } catch (InterruptedException | BrokenLatchException e) {
                        throw new AssertionError("neither interrupted nor broken by anybody", e);
                    }
                }))
                > COUNT);
    }
}
