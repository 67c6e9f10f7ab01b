package io.sluice.api.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.Mappings;
import io.sluice.api.testing.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Regions between real processes, with deaths. */
class RegionProcessesTest extends RegionScene {

    @Test
    void sharesBytesBetweenProcesses() {
        ChildJvm child = child();
        assertEquals("done", child.ask("create a"));
        assertEquals("done", child.ask("set 42"));
        try (Region region = open("a")) {
            assertEquals(42, region.memory().getLongAcquire(WORD));
            region.memory().setLongRelease(WORD, 43);
            assertEquals("43", child.ask("get"));
            assertEquals(
                    List.of(child.pid(), ProcessHandle.current().pid()),
                    region.stat().attachments().stream()
                            .map(RegionInfo.Attachment::pid)
                            .toList());
            assertEquals(child.pid(), region.stat().creatorPid());
            assertTrue(region.stat().creatorCommand().contains("RegionChild"));
        }
    }

    @Test
    void sharesARegionBetweenBothWaysOfMapping() {
        Assumptions.assumeTrue(Mappings.chronicleWorks(), "this JVM has no flags");
        ChildJvm chronicle = child();
        ChildJvm standard = child();
        assertEquals("done", chronicle.ask("mapping chronicle"));
        assertEquals("done", standard.ask("mapping standard"));
        assertEquals("done", chronicle.ask("create a"));
        assertEquals("done", standard.ask("open a"));
        assertEquals("done", chronicle.ask("set 1"));
        assertEquals("1", standard.ask("get"));
        assertEquals("done", standard.ask("set 2"));
        assertEquals("2", chronicle.ask("get"));
        assertEquals("done", chronicle.ask("detach"));
        assertEquals("2", standard.ask("get"));
    }

    @Test
    void oneOfManyRacingProcessesCreatesAndAllAttachToTheSame() throws IOException {
        List<ChildJvm> children = IntStream.range(0, 4).mapToObj(i -> child()).toList();
        for (int round = 0; round < 30; round++) {
            String name = "race-" + round;
            children.forEach(child -> child.send("openOrCreate " + name));
            children.forEach(child -> assertEquals("done", child.awaitLine()));
            assertEquals(4, stat(name).liveAttachments());
            assertEquals("done", children.get(round % 4).ask("set " + round));
            for (ChildJvm child : children) {
                assertEquals(Integer.toString(round), child.ask("get"));
            }
            children.forEach(child -> assertEquals("done", child.ask("detach")));
        }
        assertEquals(30, files().size());
    }

    @Test
    void racingCreatorsOfOneProcessAgreeOnOne() throws Exception {
        for (int round = 0; round < 50; round++) {
            RegionAddress address = address("race-" + round);
            CyclicBarrier start = new CyclicBarrier(3);
            AtomicInteger created = new AtomicInteger();
            List<Thread> racers = IntStream.range(0, 3)
                    .mapToObj(i -> new Thread(() -> {
                        awaitQuietly(start);
                        try (Region region = Regions.create(address, SPEC, OPTIONS)) {
                            created.addAndGet(region.isReadOnly() ? 0 : 1);
                        } catch (RegionExistsException lost) {
                            created.addAndGet(100);
                        }
                    }))
                    .toList();
            racers.forEach(Thread::start);
            for (Thread racer : racers) {
                racer.join();
            }
            assertEquals(201, created.get());
        }
        assertEquals(50, files().size());
    }

    private static void awaitQuietly(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCrashedProcessCountsAsDetached() {
        ChildJvm child = child();
        assertEquals("done", child.ask("createLast a"));
        Region region = open("a");
        assertEquals(2, region.stat().liveAttachments());
        child.kill();
        assertEquals(1, region.stat().liveAttachments());
        assertEquals(2, region.stat().attachments().size());
        assertFalse(region.stat().creatorAlive());
        region.detach();
        assertFalse(exists("a"));
    }

    @Test
    void aNameWhoseUsersAllCrashedIsFree() throws IOException {
        for (String use : List.of("create", "open", "openOrCreate")) {
            ChildJvm child = child();
            assertEquals("done", child.ask("createLast a"));
            assertEquals("done", child.ask("set 42"));
            child.kill();
            assertTrue(exists("a"));
            assertEquals(0, stat("a").liveAttachments());
            if (use.equals("open")) {
                assertRefused(RegionNotFoundException.class, "a", () -> open("a"));
                assertEquals(List.of(), files());
                continue;
            }
            try (Region region = use.equals("create")
                    ? Regions.create(address("a"), RegionSpec.of("other", 0), LAST)
                    : Regions.openOrCreate(address("a"), RegionSpec.of("other", 0), LAST)) {
                assertEquals(0, region.memory().getLong(WORD));
            }
            assertEquals(List.of(), files());
        }
    }

    @Test
    void aStoppedProcessKeepsItsRegion() {
        ChildJvm child = child();
        assertEquals("done", child.ask("createLast a"));
        Region region = open("a");
        child.stop();
        assertEquals(2, region.stat().liveAttachments());
        region.detach();
        assertTrue(exists("a"));
        assertRefused(RegionExistsException.class, "a", () -> create("a"));
        open("a").detach();
        child.resume();
        assertEquals("done", child.ask("set 1"));
        assertEquals("done", child.ask("detach"));
        assertFalse(exists("a"));
    }

    @Test
    void deadProcessesLeaveNoRoomTaken() {
        create("a").close();
        ChildJvm child = child();
        for (int i = 0; i < RegionHeaderLayout.ATTACHMENT_COUNT; i++) {
            assertEquals("done", child.ask("open a"));
        }
        assertRefused(RegionFullException.class, "a", () -> open("a"));
        child.kill();
        try (Region region = open("a")) {
            assertEquals(1, region.stat().liveAttachments());
        }
    }

    @Test
    void destroyedUnderAProcessItKeepsWorking() {
        ChildJvm child = child();
        assertEquals("done", child.ask("create a"));
        Regions.destroy(address("a"), OPTIONS);
        assertEquals("done", child.ask("set 5"));
        try (Region next = create("a")) {
            next.memory().setLong(WORD, 6);
            assertEquals("5", child.ask("get"));
            assertEquals("done", child.ask("detach"));
            assertEquals(6, next.memory().getLong(WORD));
        }
        assertTrue(exists("a"));
    }

    @Test
    void whatAKilledCreatorHadHalfMadeIsNeverSeenAndIsSwept() throws IOException {
        ChildJvm child = child();
        child.send("linger a");
        child.awaitLine("half");
        assertRefused(RegionNotFoundException.class, "a", () -> open("a"));
        assertEquals(List.of(), Regions.list(directory()));
        create("b").close();
        // The one in the making of a live process is not swept.
        assertEquals(2, files().size());
        child.kill();
        assertRefused(RegionNotFoundException.class, "a", () -> open("a"));
        create("a").close();
        assertEquals(List.of("a", "b"), files());
    }

    @Test
    void killedAnywhereACreatorLeavesAWholeRegionOrNone() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        // With the file of the participants, whose making is tested elsewhere.
        create("first").close();
        Regions.destroy(address("first"), OPTIONS);
        for (int round = 0; round < 12; round++) {
            ChildJvm child = child();
            child.send("churn a");
            LockSupport.parkNanos(1_000_000L + random.nextInt(60_000_000));
            child.kill();
            try (Region region = Regions.openOrCreate(address("a"), SPEC, OPTIONS)) {
                assertEquals(SPEC.geometry(), region.geometry(), "seed " + seed);
                assertEquals(1, region.stat().liveAttachments(), "seed " + seed);
                region.destroy();
            }
            create("sweeping").close();
            Regions.destroy(address("sweeping"), OPTIONS);
            assertEquals(List.of(), files(), "seed " + seed);
        }
    }
}
