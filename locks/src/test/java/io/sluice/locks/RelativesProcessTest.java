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
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
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
    private EventCount events;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
        latch = create(LockSpec.latch("latch", 2));
        barrier = create(LockSpec.barrier("barrier", 2));
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

    private static void tell(ChildJvm child, String... commands) {
        for (String command : commands) {
            assertEquals("done", child.ask(command));
        }
    }

    @Test
    void latchOpensWhenAllHaveCounted() {
        ChildJvm child = child();
        tell(child, "promise");
        Actor waiting = actors.start(latch::await);
        latch.countDown();
        assertFalse(waiting.isDone());
        tell(child, "count down");
        waiting.join();
    }

    @Test
    void latchBreaksWhenOneThatPromisedIsKilledButNotWhenItIsStopped() throws Exception {
        ChildJvm child = child();
        tell(child, "promise");
        latch.countDown();
        child.stop();
        assertFalse(latch.await(200, TimeUnit.MILLISECONDS));
        child.resume();
        child.kill();
        assertThrows(BrokenLatchException.class, latch::await);
    }

    @Test
    void barrierGoesRoundAndRound() throws Exception {
        ChildJvm child = child();
        tell(child, "join");
        BarrierParty party = barrier.join();
        for (int generation = 0; generation < 50; generation++) {
            child.send("arrive");
            party.await();
            assertEquals("done", child.awaitLine());
        }
        assertEquals(50, barrier.generation());
    }

    @Test
    void barrierBreaksWhenPartyIsKilledButNotWhenItIsStopped() throws Exception {
        ChildJvm child = child();
        tell(child, "join");
        BarrierParty party = barrier.join();
        child.stop();
        Actor waiting = actors.start(party::await);
        Actors.until(() -> barrier.getNumberWaiting() == 1);
        assertFalse(barrier.isBroken());
        child.resume();
        tell(child, "arrive");
        waiting.join();
        Actor again = actors.start(party::await);
        child.kill();
        assertInstanceOf(BrokenBarrierException.class, again.outcome());
        barrier.reset();
        ChildJvm successor = child();
        tell(successor, "join");
        successor.send("arrive");
        party.await();
        assertEquals("done", successor.awaitLine());
    }

    @Test
    void eventCountWakesAcrossProcessesAndForgetsTheKilled() throws InterruptedException {
        ChildJvm waiting = child();
        ChildJvm killed = child();
        waiting.send("wait");
        killed.send("wait");
        killed.kill();
        // Until the child's wait has begun it does not see what came before.
        Actor advancing = actors.start(() -> {
            while (true) {
                events.advance();
                TimeUnit.MILLISECONDS.sleep(1);
            }
        });
        assertEquals("done", waiting.awaitLine());
        advancing.interrupt();
        assertInstanceOf(InterruptedException.class, advancing.outcome());
        long seen = events.current();
        tell(waiting, "advance");
        assertTrue(events.awaitBeyond(seen) > seen);
    }
}
