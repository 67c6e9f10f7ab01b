package io.sluice.api.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.Descriptors;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Attaching and detaching often leaves nothing behind. */
class RegionResourcesTest extends RegionScene {

    private static final int TIMES = 1000;

    @Test
    void leavesNoDescriptorOpenAndNothingMapped() throws IOException {
        create("a").close();
        stat("a");
        long before = Descriptors.count();
        for (int i = 0; i < TIMES; i++) {
            try (Region region = i % 2 == 0 ? open("a") : Regions.open(address("a"), KIND, READ_ONLY)) {
                assertEquals(1, region.stat().liveAttachments());
            }
            assertEquals(0, stat("a").liveAttachments());
        }
        assertEquals(0, mappings());
        Descriptors.awaitNoMoreThan(before);
    }

    @Test
    void creatingAndDestroyingLeavesNothing() throws IOException {
        create("a").close();
        Regions.destroy(address("a"), OPTIONS);
        long before = Descriptors.count();
        for (int i = 0; i < TIMES / 4; i++) {
            Regions.create(address("a"), SPEC, LAST).close();
        }
        assertEquals(0, mappings());
        assertTrue(files().isEmpty());
        Descriptors.awaitNoMoreThan(before);
    }

    @Test
    void refusedOpeningsLeaveNothing() throws IOException {
        Region[] regions = new Region[RegionHeaderLayout.ATTACHMENT_COUNT];
        regions[0] = create("a");
        for (int i = 1; i < regions.length; i++) {
            regions[i] = open("a");
        }
        long mapped = mappings();
        long before = Descriptors.count();
        for (int i = 0; i < 50; i++) {
            assertRefused(RegionFullException.class, "a", () -> open("a"));
            assertRefused(RegionFormatException.class, "a", () -> Regions.open(address("a"), "other", OPTIONS));
        }
        assertEquals(mapped, mappings());
        Descriptors.awaitNoMoreThan(before);
        for (Region region : regions) {
            region.detach();
        }
        assertEquals(0, mappings());
    }

    @Test
    void detachingUnderAThreadThatUsesItIsAnExceptionThere() throws InterruptedException {
        create("a").close();
        for (int round = 0; round < TIMES / 4; round++) {
            Region region = open("a");
            RegionMemory memory = region.memory();
            CountDownLatch started = new CountDownLatch(1);
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread user = new Thread(() -> {
                started.countDown();
                try {
                    while (true) {
                        memory.getAndAddLong(WORD, 1);
                        region.stat();
                    }
                } catch (Throwable e) {
                    end.set(e);
                }
            });
            user.start();
            started.await();
            region.detach();
            user.join();
            assertEquals(DetachedException.class, end.get().getClass());
        }
        assertEquals(0, stat("a").liveAttachments());
    }
}
