package io.sluice.api.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.MappedRegionMemory;
import io.sluice.api.memory.Mapping;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.Mappings;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.os.NativeFile;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.KillPoints;
import io.sluice.api.testing.KillTrial;
import io.sluice.api.testing.ProcessDied;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.testing.TestLiveness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No wake-up is lost, and one that a dead waker owes costs its sleeper a slice at most. A hang is what fails here. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WakeWordTest {

    private static final long WORD = 0;
    private static final long VALUE = 64;
    private static final long OTHER_WORD = 128;
    private static final long OTHER_VALUE = 192;
    private static final long AN_HOUR = Duration.ofHours(1).toNanos();

    private final TestLiveness liveness = new TestLiveness();
    private final HeapMemory heap = HeapMemory.allocate("heap", 4096, liveness);
    private final WakeWord word = new WakeWord(heap, WORD);

    /** Sleeps until VALUE is at least {@code target}, looking again every {@code slice} and at no other time. */
    private static void awaitValue(RegionMemory memory, long word, long value, long target, long slice) {
        WakeWord wakeWord = new WakeWord(memory, word);
        WaitStrategy sleep = new SoundSleep();
        boolean reached;
        do {
            reached = sleep.await(wakeWord, () -> memory.getLongAcquire(value) >= target, slice);
        } while (!reached);
    }

    /** A thread that sleeps until VALUE is at least {@code target}; asleep when this returns. */
    private Thread sleeper(RegionMemory memory, long target, long slice) {
        Thread sleeper = new Thread(() -> awaitValue(memory, WORD, VALUE, target, slice));
        sleeper.setDaemon(true);
        sleeper.start();
        while (heap.sleepers(WORD) == 0) {
            Thread.onSpinWait();
        }
        return sleeper;
    }

    @Test
    void wakingNobodyIsAFenceAndALoad() {
        DyingMemory counting = DyingMemory.over(heap, liveness);
        new WakeWord(counting, WORD).wake();
        assertEquals(2, counting.accesses());
        assertEquals(0, heap.getInt(WORD));
        assertFalse(WakeWord.hasSleepers(heap, WORD));
    }

    @Test
    void wakesASleeper() throws InterruptedException {
        Thread sleeper = sleeper(heap, 1, AN_HOUR);
        assertTrue(WakeWord.hasSleepers(heap, WORD));
        heap.setLongRelease(VALUE, 1);
        word.wake();
        sleeper.join();
        assertFalse(WakeWord.hasSleepers(heap, WORD));
    }

    @Test
    void wakesEverySleeper() throws InterruptedException {
        Thread one = sleeper(heap, 1, AN_HOUR);
        Thread other = new Thread(() -> awaitValue(heap, WORD, VALUE, 1, AN_HOUR));
        other.start();
        while (heap.sleepers(WORD) < 2) {
            Thread.onSpinWait();
        }
        heap.setLongRelease(VALUE, 1);
        word.wake();
        one.join();
        other.join();
    }

    @Test
    void whoWasWokenBetweenAnnouncingAndSleepingDoesNotSleep() {
        int announced = word.announce();
        word.wake();
        word.sleep(announced, AN_HOUR);
        assertFalse(WakeWord.hasSleepers(heap, WORD));
    }

    @Test
    void anAnnouncementIsNotRepeated() {
        int first = word.announce();
        assertEquals(first, word.announce());
        word.wake();
        assertEquals(first + 2, word.announce());
    }

    @Test
    void theEpochMayWrapAround() throws InterruptedException {
        heap.setInt(WORD, -2);
        Thread sleeper = sleeper(heap, 1, AN_HOUR);
        heap.setLongRelease(VALUE, 1);
        word.wake();
        sleeper.join();
        assertEquals(0, heap.getInt(WORD));
    }

    @Test
    void twoThreadsThatOnlyWakeEachOtherNeverHang() throws InterruptedException {
        pingPong(heap, heap.newProcess(), 20_000);
    }

    @Test
    void twoMappingsThatOnlyWakeEachOtherNeverHang() throws IOException, InterruptedException {
        try (TestDirectory directory = TestDirectory.create()) {
            Path file = directory.path().resolve("words");
            Files.write(file, new byte[4096]);
            RegionMemory one = map(file);
            RegionMemory other = map(file);
            pingPong(one, other, 20_000);
            one.detach();
            other.detach();
        }
    }

    private RegionMemory map(Path file) throws IOException {
        try (NativeFile open = NativeFile.open(file, NativeFile.READ_WRITE, 0)) {
            Mapping mapping = Mappings.map(MappingMode.AUTO, open.fd(), 4096, true);
            return MappedRegionMemory.over(file.toString(), mapping, liveness.of(liveness.start()));
        }
    }

    /** Each side waits for the other's number without ever looking again by itself. */
    private static void pingPong(RegionMemory one, RegionMemory other, int rounds) throws InterruptedException {
        Thread peer = new Thread(() -> {
            WakeWord back = new WakeWord(other, OTHER_WORD);
            for (int round = 1; round <= rounds; round++) {
                awaitValue(other, WORD, VALUE, round, AN_HOUR);
                other.setLongRelease(OTHER_VALUE, round);
                back.wake();
            }
        });
        peer.start();
        WakeWord there = new WakeWord(one, WORD);
        for (int round = 1; round <= rounds; round++) {
            one.setLongRelease(VALUE, round);
            there.wake();
            awaitValue(one, OTHER_WORD, OTHER_VALUE, round, AN_HOUR);
        }
        peer.join();
    }

    @Test
    void aSleeperGoesOnWhereverItsWakerDied() {
        int points = KillPoints.enumerate(WakingTrial::new);
        assertEquals(4, points);
    }

    @Test
    void sleepersAndWakersGoOnWhereverASleeperDied() {
        int points = KillPoints.enumerate(SleepingTrial::new);
        assertTrue(points >= 4, "kill points: " + points);
    }

    @Test
    void aThreadOfADeadProcessLeavesNothingThatAWakeDoesNotClear() throws InterruptedException {
        DyingMemory dying = DyingMemory.over(heap.newProcess(), liveness);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread victim = new Thread(
                () -> end.set(assertThrows(ProcessDied.class, () -> awaitValue(dying, WORD, VALUE, 1, AN_HOUR))));
        victim.start();
        while (heap.sleepers(WORD) == 0) {
            Thread.onSpinWait();
        }
        dying.kill();
        assertTrue(WakeWord.hasSleepers(heap, WORD));
        heap.setLongRelease(VALUE, 1);
        word.wake();
        victim.join();
        assertFalse(WakeWord.hasSleepers(heap, WORD));
        assertEquals(ProcessDied.class, end.get().getClass());
    }

    /** The victim wakes a sleeper whose condition has come true. */
    private static final class WakingTrial implements KillTrial {

        private final TestLiveness liveness = new TestLiveness();
        private final HeapMemory heap = HeapMemory.allocate("heap", 256, liveness);
        private final DyingMemory memory = DyingMemory.over(heap.newProcess(), liveness);
        private final Thread sleeper =
                new Thread(() -> awaitValue(heap, WORD, VALUE, 1, WaitStrategy.SLICE_NANOS), "sleeper");

        WakingTrial() {
            // Announced for certain, whatever the sleeper's thread is doing at the moment.
            new WakeWord(heap, WORD).announce();
            sleeper.setDaemon(true);
            sleeper.start();
        }

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            heap.setLongRelease(VALUE, 1);
            new WakeWord(memory, WORD).wake();
        }

        @Override
        public void survive() {
            try {
                sleeper.join();
            } catch (InterruptedException e) {
                throw new AssertionError("the sleeper hangs: " + memory.epitaph(), e);
            }
        }
    }

    /** The victim goes to sleep. Afterwards a live sleeper and a live waker, without slices, must find each other. */
    private static final class SleepingTrial implements KillTrial {

        private final TestLiveness liveness = new TestLiveness();
        private final HeapMemory heap = HeapMemory.allocate("heap", 256, liveness);
        private final DyingMemory memory = DyingMemory.over(heap.newProcess(), liveness);

        @Override
        public DyingMemory memory() {
            return memory;
        }

        @Override
        public void operate() {
            assertFalse(WaitStrategy.block().await(new WakeWord(memory, WORD), () -> false, 1));
        }

        @Override
        public void survive() {
            try {
                pingPong(heap, heap.newProcess(), 20);
            } catch (InterruptedException e) {
                throw new AssertionError("the survivors hang: " + memory.epitaph(), e);
            }
        }
    }
}
