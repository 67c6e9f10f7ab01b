package io.sluice.locks.eventcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.EventCount;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
import io.sluice.api.testing.Patience;
import io.sluice.api.waiting.SoundSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an event count does, wherever its memory is. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EventCountContract {

    private static final Duration LONG = Duration.ofDays(1);

    @RegisterExtension
    final Scenes scenes = new Scenes();

    private final Scene.Place place;
    private final Scene scene;
    private final Actors actors = new Actors();

    EventCountContract(Scene.Place place) {
        this.place = place;
        this.scene = scene();
    }

    @AfterEach
    void clear() {
        actors.close();
    }

    private Scene scene() {
        return scenes.open(place, EventCountLayout.BODY_BYTES);
    }

    private static EventCount attach(DyingMemory process) {
        return attach(process, WaitStrategy.block());
    }

    private static EventCount attach(DyingMemory process, WaitStrategy strategy) {
        return new RegionEventCount(process, strategy, () -> {});
    }

    private EventCount attach() {
        return attach(scene.process());
    }

    @Test
    void countsEventsOfAll() {
        EventCount one = attach();
        EventCount two = attach();
        assertEquals(0, one.current());
        assertEquals(1, one.advance());
        assertEquals(2, two.advance());
        assertEquals(2, one.current());
        assertEquals("2 events", one.stat().state());
    }

    @Test
    void wakesAllWhoWait() {
        SoundSleep sleep = new SoundSleep();
        EventCount one = attach(scene.process(), Patience.untilWoken(sleep));
        EventCount two = attach(scene.process(), Patience.untilWoken(sleep));
        EventCount three = attach();
        Actor first = actors.start(() -> assertEquals(1, one.awaitBeyond(0)));
        Actor second = actors.start(() -> assertEquals(1, two.awaitBeyond(0)));
        sleep.awaitSleep(2);
        three.advance();
        first.join();
        second.join();
    }

    @Test
    void doesNotMissWhatHappenedBetweenLookingAndWaiting() throws InterruptedException {
        EventCount one = attach();
        long seen = one.current();
        attach().advance();
        assertEquals(1, one.awaitBeyond(seen));
    }

    @Test
    void givesUpWhenTheTimeHasPassed() throws InterruptedException {
        EventCount one = attach();
        assertEquals(0, one.awaitBeyond(0, Duration.ofMillis(1)));
        assertFalse(one.await(() -> false, Duration.ofMillis(1)));
    }

    private static void untilAsleep(DyingMemory process) {
        Actors.until(() -> (process.getInt(EventCountLayout.WAKE) & 1) != 0);
    }

    @Test
    void endsWaitWhenInterrupted() {
        DyingMemory process = scene.process();
        EventCount one = attach(process);
        Actor waiting = actors.start(() -> one.awaitBeyond(0));
        untilAsleep(process);
        waiting.interrupt();
        assertInstanceOf(InterruptedException.class, waiting.outcome());
    }

    @Test
    void looksAtTheConditionAfterAnEvent() {
        AtomicBoolean condition = new AtomicBoolean();
        EventCount one = attach();
        Actor waiting = actors.start(() -> assertTrue(one.await(condition::get, LONG)));
        attach().advance();
        assertFalse(waiting.isDone());
        condition.set(true);
        attach().advance();
        waiting.join();
    }

    @Test
    void looksAtTheConditionWithoutAnEventBecauseItsSenderMayBeDead() {
        AtomicBoolean condition = new AtomicBoolean();
        EventCount one = attach();
        Actor waiting = actors.start(() -> assertTrue(one.await(condition::get, LONG)));
        condition.set(true);
        waiting.join();
        assertEquals(0, one.current());
    }

    @Test
    void endsWaitsWhenClosed() {
        DyingMemory process = scene.process();
        EventCount one = attach(process);
        Actor waiting = actors.start(() -> one.awaitBeyond(0));
        untilAsleep(process);
        one.close();
        assertInstanceOf(DetachedException.class, waiting.outcome());
        assertThrows(DetachedException.class, one::advance);
        assertThrows(DetachedException.class, one::current);
    }

    @Test
    void survivesDeathOfOneWhoAdvances() {
        enumerate(trial -> {
            trial.dying.advance();
            trial.dying.current();
        });
    }

    @Test
    void survivesDeathOfOneWhoIsAsleepUntilAnEvent() {
        enumerate(trial -> {
            try {
                assertEquals(1, trial.dying.awaitBeyond(0));
            } catch (InterruptedException e) {
                throw new AssertionError("not interrupted by anybody", e);
            }
            assertTrue(trial.happened, "did not sleep");
        });
    }

    @Test
    void survivesDeathOfOneWhoIsAsleepUntilAConditionHolds() {
        enumerate(trial -> {
            try {
                assertTrue(trial.dying.await(() -> trial.happened, LONG));
            } catch (InterruptedException e) {
                throw new AssertionError("not interrupted by anybody", e);
            }
        });
    }

    private void enumerate(Consumer<Trial> operation) {
        assertTrue(KillPoints.enumerate(() -> new Trial(operation)) > 1);
    }

    private final class Trial implements KillTrial {

        private final Scene place = scene();
        private final DyingMemory victim = place.process();
        private final EventCount survivor = attach(place.process());
        private final EventCount dying = new RegionEventCount(victim, OneSleep.then(this::happen), () -> {});
        private final Consumer<Trial> operation;
        private boolean happened;

        Trial(Consumer<Trial> operation) {
            this.operation = operation;
        }

        private void happen() {
            if (!happened) {
                happened = true;
                survivor.advance();
            }
        }

        @Override
        public DyingMemory memory() {
            return victim;
        }

        @Override
        public void operate() {
            operation.accept(this);
        }

        @Override
        public void survive() {
            long seen = survivor.current();
            assertTrue(seen == 0 || seen == 1);
            Actor waiting = actors.start(() -> attach(place.process()).awaitBeyond(seen));
            survivor.advance();
            waiting.join();
        }
    }
}
