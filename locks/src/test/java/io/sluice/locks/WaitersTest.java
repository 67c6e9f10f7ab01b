package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.LockStat.Waiter;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.barrier.RegionBarrier;
import io.sluice.locks.eventcount.RegionEventCount;
import io.sluice.locks.latch.RegionLatch;
import io.sluice.locks.readwrite.RegionReadWriteLock;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is seen to hold and to wait, since when, where no queue says so already. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // held while it is looked at
class WaitersTest {

    private static final int TWO = 2;
    private static final long READ_WRITE_BYTES = RegionReadWriteLock.bodyBytes(TWO + 1);
    private static final long MOST_BYTES =
            Math.max(READ_WRITE_BYTES, Math.max(RegionLatch.bodyBytes(TWO), RegionEventCount.bodyBytes()));

    private final Actors actors = new Actors();
    private final Scene scene = new Scene(Scene.Place.HEAP, MOST_BYTES);
    private final DyingMemory here = scene.process();
    private final DyingMemory there = scene.process();
    private final Instant before = Instant.now().minus(Duration.ofSeconds(1));

    @AfterEach
    void clear() throws IOException {
        actors.close();
        scene.close();
    }

    private RegionLatch latch(DyingMemory process) {
        return new RegionLatch(process, TWO, WaitStrategy.block(), () -> {});
    }

    private RegionEventCount events(DyingMemory process) {
        return new RegionEventCount(process, WaitStrategy.block(), () -> {});
    }

    private RegionReadWriteLock readWrite(DyingMemory process) {
        return new RegionReadWriteLock(process, TWO + 1, false, WaitStrategy.block(), () -> {});
    }

    private void assertRecent(Instant since) {
        // Not how recent: the clock of a dying memory runs ahead where much is noted.
        assertTrue(since.isAfter(before), since::toString);
    }

    /** Begins to wait for {@code lock}, and is seen to wait. */
    private Actor startWaiting(Synchronizer lock, Actors.Action wait) {
        Actor waiter = actors.start(wait);
        Actors.until(() -> !lock.stat().waiters().isEmpty());
        return waiter;
    }

    private static void assertNobodyWaits(Synchronizer lock) {
        assertEquals(List.of(), lock.stat().waiters());
    }

    private void assertWaits(DyingMemory process, long wanted, Waiter waiter) {
        assertEquals(process.selfToken(), waiter.token());
        assertEquals(!process.isDead(), waiter.alive());
        assertEquals(wanted, waiter.wanted());
        assertRecent(waiter.since());
    }

    // ---- latch ----------------------------------------------------------------------------------------------------

    @Test
    void showsWhoWaitsForALatchAndSinceWhenItIsPromised() {
        RegionLatch latch = latch(here);
        latch.promise();
        RegionLatch other = latch(there);
        Actor waiter = startWaiting(latch, other::await);
        LockStat stat = latch.stat();
        assertWaits(there, 1, stat.waiters().get(0));
        assertRecent(stat.holders().get(0).since());
        latch.countDown();
        latch.countDown();
        waiter.join();
        assertNobodyWaits(latch);
    }

    @Test
    void showsNobodyWhoHasGivenUpOnALatchOrClosedIt() throws Exception {
        RegionLatch latch = latch(here);
        assertFalse(latch.await(3, TimeUnit.MILLISECONDS));
        assertNobodyWaits(latch);
        RegionLatch closed = latch(there);
        Actor waiter = startWaiting(latch, closed::await);
        closed.close();
        assertNobodyWaits(latch);
        assertInstanceOf(DetachedException.class, waiter.outcome());
    }

    @Test
    void showsThatOneWhoWaitedForALatchIsDead() {
        RegionLatch latch = latch(here);
        Actor waiter = startWaiting(latch, latch(there)::await);
        there.kill();
        assertWaits(there, 1, latch.stat().waiters().get(0));
        waiter.joinDead();
        assertFalse(latch.isBroken());
    }

    // ---- event count ----------------------------------------------------------------------------------------------

    @Test
    void showsWhoWaitsForWhichEvent() {
        RegionEventCount events = events(here);
        events.advance();
        RegionEventCount other = events(there);
        Actor waiter = startWaiting(events, () -> other.awaitBeyond(1));
        assertWaits(there, 2, events.stat().waiters().get(0));
        events.advance();
        waiter.join();
        assertNobodyWaits(events);
    }

    @Test
    void showsWhoWaitsForACondition() {
        RegionEventCount events = events(here);
        RegionEventCount other = events(there);
        Actor waiter = startWaiting(events, () -> other.await(() -> false, Duration.ofDays(1)));
        assertWaits(there, 0, events.stat().waiters().get(0));
        other.close();
        assertNobodyWaits(events);
        assertInstanceOf(DetachedException.class, waiter.outcome());
    }

    // ---- barrier --------------------------------------------------------------------------------------------------

    @Test
    void showsSinceWhenPartiesHaveJoinedAndArrived() throws Exception {
        try (Scene other = new Scene(Scene.Place.HEAP, RegionBarrier.bodyBytes(TWO))) {
            RegionBarrier barrier = new RegionBarrier(other.process(), TWO, WaitStrategy.block(), () -> {});
            DyingMemory process = other.process();
            var first = new RegionBarrier(process, TWO, WaitStrategy.block(), () -> {}).join();
            var second = barrier.join();
            Actor waiter = actors.start(first::await);
            Actors.until(() -> barrier.getNumberWaiting() == 1);
            LockStat stat = barrier.stat();
            assertEquals(TWO, stat.holders().size());
            stat.holders().forEach(holder -> assertRecent(holder.since()));
            assertWaits(process, 1, stat.waiters().get(0));
            second.await();
            waiter.join();
        }
    }

    // ---- read-write lock ------------------------------------------------------------------------------------------

    @Test
    void showsAWriterThatWaitsForReadersToLeave() {
        RegionReadWriteLock reading = readWrite(here);
        reading.readLock().lock();
        RegionReadWriteLock writing = readWrite(there);
        Actor writer = actors.start(() -> {
            writing.writeLock().lock();
            writing.writeLock().unlock();
        });
        // It says since when it waits once it has found a reader.
        Actors.until(() -> reading.stat().waiters().stream()
                .anyMatch(waiter -> waiter.since().isAfter(Instant.EPOCH)));
        LockStat stat = reading.stat();
        assertTrue(stat.state().contains("a writer is next"), stat::state);
        assertWaits(there, 2, stat.waiters().get(0));
        assertEquals(1, stat.holders().size());
        assertEquals(here.selfToken(), stat.holders().get(0).token());
        reading.readLock().unlock();
        writer.join();
        assertNobodyWaits(reading);
    }
}
