package io.sluice.locks.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.LockFullException;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.OneSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.scene.PausingMemory;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a cyclic barrier does, wherever its memory is. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class BarrierContract {

    private static final int PARTIES = 3;

    @RegisterExtension
    final Scenes scenes = new Scenes();

    private final Scene.Place place;
    private final Scene scene;
    private final Actors actors = new Actors();

    BarrierContract(Scene.Place place) {
        this.place = place;
        this.scene = scene();
    }

    @AfterEach
    void clear() {
        actors.close();
    }

    private Scene scene() {
        return scenes.open(place, BarrierLayout.bodyBytes(PARTIES));
    }

    private static SharedBarrier attach(DyingMemory process) {
        return new RegionBarrier(process, PARTIES, WaitStrategy.block(), () -> {});
    }

    private SharedBarrier attach() {
        return attach(scene.process());
    }

    private static void untilWaiting(SharedBarrier barrier, int waiting) {
        Actors.until(() -> barrier.getNumberWaiting() == waiting);
    }

    @Test
    void letsAllGoOnceAllHaveArrivedAgainAndAgain() {
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        int generations = 200;
        List<Actor> parties = new ArrayList<>();
        for (int party = 0; party < PARTIES; party++) {
            BarrierParty joined = attach().join();
            parties.add(actors.start(() -> {
                for (int generation = 1; generation <= generations; generation++) {
                    arrived.incrementAndGet();
                    if (joined.await()) {
                        ended.incrementAndGet();
                    }
                    assertTrue(arrived.get() >= generation * PARTIES);
                    assertTrue(arrived.get() < (generation + 1) * PARTIES);
                }
            }));
        }
        parties.forEach(Actor::join);
        assertEquals(generations, ended.get());
        assertEquals(generations, attach().generation());
    }

    @Test
    void waitsForThoseWhoHaveNotJoined() {
        BarrierParty one = attach().join();
        BarrierParty two = attach().join();
        Actor first = actors.start(one::await);
        Actor second = actors.start(two::await);
        SharedBarrier last = attach();
        untilWaiting(last, 2);
        assertEquals("generation 0, 2 of 3 arrived", last.stat().state());
        assertEquals(2, last.stat().waiters().size());
        BarrierParty three = last.join();
        actors.start(three::await).join();
        first.join();
        second.join();
    }

    @Test
    void hasOnlySoManyPlaces() {
        SharedBarrier barrier = attach();
        BarrierParty party = barrier.join();
        barrier.join();
        barrier.join();
        assertThrows(LockFullException.class, attach()::join);
        party.close();
        party.close();
        attach().join();
    }

    @Test
    void breaksWhenWaitingPartyDies() {
        DyingMemory dead = scene.process();
        Actor dying = actors.start(attach(dead).join()::await);
        breaksForTheOthers(dead, dying);
    }

    @Test
    void breaksWhenPartyDiesBeforeItArrives() {
        DyingMemory dead = scene.process();
        attach(dead).join();
        breaksForTheOthers(dead, null);
    }

    private void breaksForTheOthers(DyingMemory dead, Actor dying) {
        SharedBarrier barrier = attach();
        BarrierParty one = barrier.join();
        Actor waiting = actors.start(one::await);
        untilWaiting(barrier, dying == null ? 1 : 2);
        assertFalse(barrier.isBroken());
        dead.kill();
        assertInstanceOf(BrokenBarrierException.class, waiting.outcome());
        assertInstanceOf(
                BrokenBarrierException.class,
                actors.start(attach().join()::await).outcome());
        assertTrue(barrier.isBroken());
        barrier.reset();
        assertFalse(barrier.isBroken());
        if (dying != null) {
            dying.joinDead();
        }
        worksAgain(barrier, one);
    }

    /** The given party, the one that joined in between, and a new one in the place of the dead. */
    private void worksAgain(SharedBarrier barrier, BarrierParty one) {
        long before = barrier.generation();
        assertEquals(2, barrier.stat().holders().size());
        BarrierParty three = attach().join();
        Actor first = actors.start(one::await);
        Actor third = actors.start(three::await);
        untilWaiting(barrier, 2);
        one.close();
        assertInstanceOf(DetachedException.class, first.outcome());
        assertInstanceOf(BrokenBarrierException.class, third.outcome());
        assertEquals(before, barrier.generation());
    }

    @Test
    void breaksWhenPartyGivesUp() {
        SharedBarrier barrier = attach();
        Actor waiting = actors.start(barrier.join()::await);
        untilWaiting(barrier, 1);
        BarrierParty impatient = attach().join();
        assertThrows(TimeoutException.class, () -> impatient.await(1, TimeUnit.MILLISECONDS));
        assertInstanceOf(BrokenBarrierException.class, waiting.outcome());
    }

    @Test
    void breaksWhenPartyIsInterrupted() {
        SharedBarrier barrier = attach();
        Actor waiting = actors.start(barrier.join()::await);
        Actor interrupted = actors.start(attach().join()::await);
        untilWaiting(barrier, 2);
        interrupted.interrupt();
        assertInstanceOf(InterruptedException.class, interrupted.outcome());
        assertInstanceOf(BrokenBarrierException.class, waiting.outcome());
    }

    @Test
    void resetBreaksWhatIsGoingOn() {
        SharedBarrier barrier = attach();
        Actor waiting = actors.start(barrier.join()::await);
        untilWaiting(barrier, 1);
        attach().reset();
        assertInstanceOf(BrokenBarrierException.class, waiting.outcome());
        assertEquals(0, barrier.getNumberWaiting());
        assertFalse(barrier.isBroken());
    }

    @Test
    void endsWaitsWhenClosed() {
        SharedBarrier barrier = attach();
        Actor waiting = actors.start(barrier.join()::await);
        Actor other = actors.start(attach().join()::await);
        untilWaiting(barrier, 2);
        barrier.close();
        barrier.close();
        assertInstanceOf(DetachedException.class, waiting.outcome());
        assertInstanceOf(BrokenBarrierException.class, other.outcome());
        assertThrows(DetachedException.class, barrier::join);
    }

    @Test
    void fencesPartyThatWasHeldForDead() {
        DyingMemory paused = scene.process();
        BarrierParty revived = attach(paused).join();
        scene.misjudge(paused);
        SharedBarrier barrier = attach();
        barrier.reset();
        assertThrows(FencedException.class, revived::await);
        barrier.join();
        barrier.join();
        barrier.join();
        assertThrows(FencedException.class, revived::await);
        revived.close();
        assertEquals(0, barrier.getNumberWaiting());
        assertEquals(PARTIES, barrier.stat().holders().size());
    }

    @Test
    void fencesPartyWhosePlaceItsOwnProcessHasTakenAgain() {
        DyingMemory paused = scene.process();
        SharedBarrier own = attach(paused);
        BarrierParty revived = own.join();
        scene.misjudge(paused);
        attach().reset();
        BarrierParty again = own.join();
        assertThrows(FencedException.class, revived::await);
        assertEquals(0, own.getNumberWaiting());
        revived.close();
        assertEquals(1, own.stat().holders().size());
        again.close();
        assertEquals(0, own.stat().holders().size());
    }

    /** Of two that reset at once, one is late: it must not make the place free of one who died in the new generation. */
    @Test
    void doesNotOverlookDeathBecauseOfALateReset() {
        boolean paused = true;
        for (long access = 1; paused; access++) {
            Scene other = scene();
            SharedBarrier barrier = attach(other.process());
            barrier.join();
            DyingMemory mortal = other.process();
            attach(mortal).join();
            PausingMemory late = new PausingMemory(other.process(), access, () -> {
                barrier.reset();
                mortal.kill();
            });
            SharedBarrier resetting = new RegionBarrier(late, PARTIES, WaitStrategy.block(), () -> {});
            late.arm();
            resetting.reset();
            paused = late.hasPaused();
            // Either the late one has ended the new generation, too, or the death in it is known.
            assertTrue(!paused || barrier.generation() == 4 || barrier.isBroken(), "after access " + access);
        }
    }

    @Test
    void waitsForAsLongAsAnybodyCanSay() throws Exception {
        SharedBarrier barrier = attach();
        List<Actor> parties = new ArrayList<>();
        for (int party = 0; party < PARTIES; party++) {
            BarrierParty joined = barrier.join();
            parties.add(actors.start(() -> joined.await(Long.MAX_VALUE, TimeUnit.DAYS)));
        }
        parties.forEach(Actor::join);
    }

    @Test
    void saysThatAnOwnerIsCorrupt() {
        DyingMemory process = scene.process();
        SharedBarrier barrier = attach(process);
        process.setLong(BarrierLayout.owner(1), -1);
        assertThrows(CorruptLockException.class, barrier::getNumberWaiting);
        assertThrows(CorruptLockException.class, barrier::isBroken);
    }

    /**
     * One of three parties is killed at every access; the others, who stand at the barrier in the end, can tell from the
     * places alone what is to become of the generation.
     */
    private final class Trial implements KillTrial {

        private final Scene place = scene();
        private final DyingMemory victim = place.process();
        private final SharedBarrier dying =
                new RegionBarrier(victim, PARTIES, OneSleep.then(this::othersArrive), () -> {});
        private final DyingMemory other = place.process();
        private final SharedBarrier survivor = attach(other);
        private final Generations generations =
                new Generations(other, PARTIES, new WakeWord(other, BarrierLayout.WAKE));
        private final Consumer<SharedBarrier> operation;

        Trial(Consumer<SharedBarrier> operation) {
            this.operation = operation;
            for (int others = 0; others < PARTIES - 1; others++) {
                survivor.join();
            }
            arrive(0);
        }

        private void arrive(int party) {
            other.setLong(BarrierLayout.arrived(party), BarrierLayout.arrival(1, other.selfToken()));
        }

        Trial othersArrive() {
            arrive(PARTIES - 2);
            return this;
        }

        /** The third party dies before the operation, which is somebody else's. */
        Trial withADeadParty() {
            DyingMemory dead = place.process();
            attach(dead).join();
            dead.kill();
            return this;
        }

        @Override
        public DyingMemory memory() {
            return victim;
        }

        @Override
        public void operate() {
            operation.accept(dying);
        }

        @Override
        public void survive() {
            if (generations.outcome(0) == Generations.Outcome.OPEN) {
                othersArrive();
                if (generations.isComplete(0)) {
                    assertTrue(generations.complete(0));
                } else if (generations.owner(PARTIES - 1) == BarrierLayout.FREE) {
                    BarrierParty late = survivor.join();
                    actors.start(() -> assertTrue(late.await())).join();
                } else {
                    assertTrue(generations.hasDeadParty() && generations.breakUp(0));
                }
            }
            assertTrue(generations.outcome(0) != Generations.Outcome.OPEN);
            survivor.reset();
            assertFalse(survivor.isBroken());
            assertTrue(survivor.generation() >= 2);
        }
    }

    private static void arriveLast(SharedBarrier barrier, long millis) {
        BarrierParty party = barrier.join();
        try {
            assertTrue(party.await(millis, TimeUnit.MILLISECONDS));
        } catch (BrokenBarrierException | TimeoutException | InterruptedException e) {
            throw new AssertionError("all three are there", e);
        }
        party.close();
    }

    @Test
    void survivesDeathOfTheLastParty() {
        assertTrue(KillPoints.enumerate(() -> new Trial(barrier -> arriveLast(barrier, 0)).othersArrive()) > 1);
    }

    @Test
    void survivesDeathOfPartyAsleep() {
        // For longer than the test lasts, unless the others arrive while it sleeps.
        assertTrue(KillPoints.enumerate(() -> new Trial(barrier -> arriveLast(barrier, Long.MAX_VALUE))) > 1);
    }

    @Test
    void survivesDeathOfPartyThatGivesUp() {
        KillPoints.enumerate(() -> new Trial(barrier -> {
            BarrierParty party = barrier.join();
            try {
                party.await(0, TimeUnit.NANOSECONDS);
                throw new AssertionError("one of the three is not there");
            } catch (TimeoutException e) {
                party.close();
            } catch (BrokenBarrierException | InterruptedException e) {
                throw new AssertionError("neither broken nor interrupted by anybody", e);
            }
        }));
    }

    @Test
    void survivesDeathOfOneWhoFindsItBrokenAndResetsIt() {
        KillPoints.enumerate(() -> new Trial(barrier -> {
                    assertTrue(barrier.isBroken());
                    barrier.reset();
                    assertFalse(barrier.isBroken());
                })
                .withADeadParty());
    }
}
