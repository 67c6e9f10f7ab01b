package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WakeWord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Latch, barrier and event count between real processes, really killed and really stopped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelativesProcessTest {

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Actors actors = new Actors();
    private TestDirectory directory;
    private SharedLatch latch;
    private SharedBarrier barrier;
    private SharedBarrier trio;
    private EventCount events;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
        latch = create(LockSpec.latch("latch", 2));
        barrier = create(LockSpec.barrier("barrier", 2));
        trio = create(LockSpec.barrier("trio", 3));
        events = create(LockSpec.eventCount("events"));
    }

    private <T extends Synchronizer> T create(LockSpec<T> spec) {
        T created = Locks.create(spec.withAddress(
                RegionAddress.of(directory.path(), spec.address().name())));
        open.add(created);
        return created;
    }

    @AfterEach
    void clear() throws Exception {
        actors.close();
        for (AutoCloseable each : open) {
            each.close();
        }
        directory.close();
    }

    private ChildJvm child() {
        ChildJvm child = ChildJvm.start(RelativesChild.class, directory.path().toString());
        open.add(child);
        child.awaitLine("ready");
        return child;
    }

    private static void tell(ChildJvm child, String command) {
        child.send(command);
        awaitDone(child, command);
    }

    private static void awaitDone(ChildJvm child, String command) {
        assertEquals(command.split(" ", -1)[0] + " done", child.awaitLine());
    }

    /** Waits until somebody has said that it sleeps on the wake word at {@code offset}. */
    private void untilAsleep(Synchronizer lock, String name, long offset) {
        try (Region region = Regions.open(
                RegionAddress.of(directory.path(), name),
                lock.kind().regionKind(),
                RegionOptions.DEFAULT.withReadOnly(true))) {
            Actors.until(() -> WakeWord.hasSleepers(region.memory(), offset));
        }
    }

    private void untilAsleepInLatch() {
        untilAsleep(latch, "latch", RegionHeaderLayout.BODY);
    }

    private void untilAsleepInEvents() {
        untilAsleep(events, "events", RegionHeaderLayout.BODY + 8);
    }

    private void untilAsleepAtBarrier(SharedBarrier which, String name) {
        untilAsleep(which, name, RegionHeaderLayout.BODY + 8);
    }

    // ---- latch ------------------------------------------------------------------------------------------------------

    @Test
    void latchOpensWhenAllHaveCounted() {
        ChildJvm child = child();
        tell(child, "latch promise");
        Actor waiting = actors.start(latch::await);
        latch.countDown();
        assertFalse(waiting.isDone());
        tell(child, "latch count");
        waiting.join();
    }

    @Test
    void latchBreaksWhenOneThatPromisedIsKilledButNotWhenItIsStopped() throws Exception {
        ChildJvm child = child();
        tell(child, "latch promise");
        latch.countDown();
        child.stop();
        assertFalse(latch.await(200, TimeUnit.MILLISECONDS));
        child.resume();
        child.kill();
        assertThrows(BrokenLatchException.class, latch::await);
    }

    // ---- barrier ----------------------------------------------------------------------------------------------------

    @Test
    void barrierGoesRoundAndRound() throws Exception {
        ChildJvm child = child();
        tell(child, "barrier join");
        BarrierParty party = barrier.join();
        for (int generation = 0; generation < 50; generation++) {
            child.send("barrier arrive");
            party.await();
            awaitDone(child, "barrier arrive");
        }
        assertEquals(50, barrier.generation());
    }

    @Test
    void barrierBreaksWhenPartyIsKilledButNotWhenItIsStopped() throws Exception {
        ChildJvm child = child();
        tell(child, "barrier join");
        BarrierParty party = barrier.join();
        child.stop();
        Actor waiting = actors.start(party::await);
        Actors.until(() -> barrier.getNumberWaiting() == 1);
        assertFalse(barrier.isBroken());
        child.resume();
        tell(child, "barrier arrive");
        waiting.join();
        Actor again = actors.start(party::await);
        child.kill();
        assertInstanceOf(BrokenBarrierException.class, again.outcome());
        barrier.reset();
        ChildJvm successor = child();
        tell(successor, "barrier join");
        successor.send("barrier arrive");
        party.await();
        awaitDone(successor, "barrier arrive");
    }

    // ---- event count ------------------------------------------------------------------------------------------------

    @Test
    void eventCountWakesAcrossProcessesAndForgetsTheKilled() throws InterruptedException {
        ChildJvm waiting = child();
        ChildJvm killed = child();
        killed.send("events wait 0");
        untilAsleepInEvents();
        killed.kill();
        // Wakes who does not live any more, and from here on nobody says to sleep.
        assertEquals(1, events.advance());
        waiting.send("events wait 1");
        untilAsleepInEvents();
        assertEquals(2, events.advance());
        awaitDone(waiting, "events wait");
        tell(waiting, "events advance");
        assertEquals(3, events.awaitBeyond(2));
    }

    @Test
    void eventCountGoesOnWithoutAStoppedAdvancer() {
        ChildJvm child = child();
        child.send("events flood");
        Actors.until(() -> events.current() > 1_000);
        // Anywhere in what it does.
        child.stop();
        long seen = events.current();
        Actor waiting = actors.start(() -> assertEquals(seen + 1, events.awaitBeyond(seen)));
        assertEquals(seen + 1, events.advance());
        waiting.join();
        assertEquals(seen + 1, events.current());
        child.resume();
        Actors.until(() -> events.current() > seen + 1);
    }

    // ---- who waits, and is killed -----------------------------------------------------------------------------------

    @Test
    void goOnWithoutWaiterThatIsKilledAsleep() throws Exception {
        ChildJvm killed = child();
        tell(killed, "trio join");
        killed.send("latch await");
        killed.send("trio arrive");
        killed.send("events wait 0");
        untilAsleepInLatch();
        untilAsleepAtBarrier(trio, "trio");
        untilAsleepInEvents();
        Actor party = actors.start(trio.join()::await);
        Actors.until(() -> trio.getNumberWaiting() == 2);
        killed.kill();
        assertInstanceOf(BrokenBarrierException.class, party.outcome());
        trio.reset();
        assertFalse(trio.isBroken());
        latch.countDown();
        assertFalse(latch.isBroken());
        latch.countDown();
        latch.await();
        assertEquals(1, events.advance());
        assertEquals(1, events.awaitBeyond(0));
    }

    @Test
    void goOnWithoutWaiterThatIsKilledOnceWoken() throws Exception {
        ChildJvm woken = child();
        tell(woken, "barrier join");
        woken.send("latch await");
        woken.send("barrier arrive");
        woken.send("events wait 0");
        untilAsleepInLatch();
        untilAsleepAtBarrier(barrier, "barrier");
        untilAsleepInEvents();
        BarrierParty party = barrier.join();
        Actor waiting = actors.start(latch::await);
        Actor listening = actors.start(() -> assertEquals(1, events.awaitBeyond(0)));
        // Stopped, it is woken but does nothing about it.
        woken.stop();
        latch.countDown();
        latch.countDown();
        assertTrue(party.await());
        events.advance();
        woken.kill();
        waiting.join();
        listening.join();
        latch.await();
        assertFalse(latch.isBroken());
        // What it had arrived for is complete; the next generation has to do without it.
        assertEquals(1, barrier.generation());
        assertInstanceOf(
                BrokenBarrierException.class, actors.start(party::await).outcome());
        assertEquals(1, events.current());
    }
}
