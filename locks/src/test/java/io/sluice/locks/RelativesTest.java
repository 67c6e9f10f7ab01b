package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionExistsException;
import io.sluice.api.region.RegionNotFoundException;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.locks.scene.Opening;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Creating, opening and looking at the relatives of mutex and semaphore by name. */
class RelativesTest {

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    static List<LockSpec<?>> specs() {
        return List.of(
                LockSpec.readWriteLock("lock"),
                LockSpec.readWriteLock("lock", 100).withFairness(Fairness.FAIR),
                LockSpec.latch("lock", 5),
                LockSpec.barrier("lock", 5),
                LockSpec.eventCount("lock"));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void createsOnceAndOpensOften(LockSpec<?> spec) {
        LockSpec<?> placed = directory.here(spec);
        assertThrows(RegionNotFoundException.class, () -> Locks.open(placed));
        try (Synchronizer created = Locks.create(placed);
                Synchronizer opened = Locks.open(placed);
                Synchronizer third = Locks.openOrCreate(placed)) {
            assertThrows(RegionExistsException.class, () -> Locks.create(placed));
            assertEquals(spec.kind(), created.kind());
            assertEquals(placed.address().toString(), opened.name());
            assertEquals(created.stat(), third.stat());
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void looksAtThemThroughReadOnlyAttachment(LockSpec<?> spec) {
        LockSpec<?> placed = directory.here(spec);
        try (Synchronizer lock = Locks.openOrCreate(placed);
                Region region = Regions.open(
                        placed.address(), spec.kind().regionKind(), RegionOptions.DEFAULT.withReadOnly(true))) {
            LockStat stat = Locks.stat(region);
            assertEquals(lock.stat(), stat);
            assertTrue(stat.holders().isEmpty());
        }
    }

    @Test
    void showsWhoReads() {
        LockSpec<SharedReadWriteLock> spec = directory.here(LockSpec.readWriteLock("lock"));
        try (SharedReadWriteLock lock = Locks.create(spec)) {
            lock.readLock().lock();
            try {
                LockStat stat = lock.stat();
                assertEquals("1 reading", stat.state());
                assertTrue(stat.holders().get(0).alive());
                assertTrue(stat.holders().get(0).since().toEpochMilli() > 0);
            } finally {
                lock.readLock().unlock();
            }
        }
    }

    @Test
    void refusesOtherParametersThanCreatedWith() {
        try (SharedReadWriteLock lock = Locks.create(directory.here(LockSpec.readWriteLock("rw", 70)));
                SharedLatch latch = Locks.create(directory.here(LockSpec.latch("latch", 3)));
                SharedBarrier barrier = Locks.create(directory.here(LockSpec.barrier("barrier", 3)))) {
            assertEquals(70, lock.attachments());
            assertEquals(3, latch.getCount());
            assertEquals(3, barrier.getParties());
            assertFalse(lock.isFair());
            refuses(LockSpec.readWriteLock("rw", 71), "attachments: expected 71, found 70");
            refuses(LockSpec.readWriteLock("rw", 70).withFairness(Fairness.FAIR), "fairness: expected 1, found 0");
            refuses(LockSpec.latch("latch", 4), "count: expected 4, found 3");
            refuses(LockSpec.barrier("barrier", 4), "parties: expected 4, found 3");
            refuses(LockSpec.eventCount("barrier"), "kind: expected eventcount, found barrier");
            Locks.open(directory.here(LockSpec.latch("latch"))).close();
            Locks.open(directory.here(LockSpec.barrier("barrier"))).close();
        }
    }

    private void refuses(LockSpec<?> spec, String why) {
        Opening.isRefused(directory.here(spec), why);
    }

    @Test
    void refusesNumbersThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> LockSpec.readWriteLock("x", 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> LockSpec.readWriteLock("x", SharedReadWriteLock.MAX_ATTACHMENTS + 1));
        assertThrows(IllegalArgumentException.class, () -> LockSpec.latch("x", 0));
        assertThrows(IllegalArgumentException.class, () -> LockSpec.latch("x", SharedLatch.MAX_COUNT + 1));
        assertThrows(IllegalArgumentException.class, () -> LockSpec.barrier("x", -1));
        assertThrows(IllegalArgumentException.class, () -> LockSpec.barrier("x", SharedBarrier.MAX_PARTIES + 1));
        assertThrows(IllegalArgumentException.class, () -> Locks.create(directory.here(LockSpec.latch("x"))));
        assertThrows(IllegalArgumentException.class, () -> Locks.create(directory.here(LockSpec.barrier("x"))));
    }

    @Test
    void opensEventCountForTwo() throws InterruptedException {
        LockSpec<EventCount> spec = directory.here(LockSpec.eventCount("events"));
        try (EventCount one = Locks.openOrCreate(spec);
                EventCount two = Locks.openOrCreate(spec)) {
            one.advance();
            assertEquals(1, two.awaitBeyond(0));
        }
    }
}
