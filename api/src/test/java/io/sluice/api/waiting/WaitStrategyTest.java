package io.sluice.api.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestLiveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class WaitStrategyTest {

    private static final long WORD = 0;
    private static final long CONDITION = 64;

    private final HeapMemory memory = HeapMemory.allocate("heap", 128, new TestLiveness());
    private final WakeWord word = new WakeWord(memory, WORD);

    static Stream<WaitStrategy> strategies() {
        return Stream.of(
                WaitStrategy.spin(),
                WaitStrategy.yielding(),
                WaitStrategy.backOff(),
                WaitStrategy.block(),
                WaitStrategy.block().resumed(),
                new CarrierFriendly(WaitStrategy.block()).resumed());
    }

    @Test
    void doesNotSpinAgainInEverySliceOfALongWait() {
        for (WaitStrategy resumed :
                List.of(WaitStrategy.block().resumed(), new CarrierFriendly(WaitStrategy.block()).resumed())) {
            AtomicInteger looks = new AtomicInteger();
            assertFalse(resumed.await(word, () -> looks.incrementAndGet() < 0, 1));
            assertTrue(looks.get() <= 3, looks + " looks");
            assertSame(resumed, resumed.resumed());
        }
    }

    /** The word in memory where nobody sleeps, and each sleep is told of with its timeout. */
    private WakeWord wordWithout(LongConsumer sleep) {
        return new WakeWord(
                new ForwardingMemory(memory) {
                    @Override
                    public void futexWait(long offset, int expected, long timeoutNanos) {
                        sleep.accept(timeoutNanos);
                    }
                },
                WORD);
    }

    /** Whoever made the condition true may have been kept from seeing the sleeper, and then wakes nobody. */
    @Test
    void looksASecondTimeBeforeALongSleep() {
        List<Long> sleeps = new ArrayList<>();
        assertTrue(WaitStrategy.block().await(wordWithout(sleeps::add), () -> !sleeps.isEmpty(), Long.MAX_VALUE));
        assertEquals(List.of(Block.SECOND_LOOK_NANOS), sleeps);
    }

    @Test
    void sleepsForAllItsTimeIfNothingHappens() {
        AtomicLong slept = new AtomicLong();
        assertFalse(WaitStrategy.block().await(wordWithout(slept::addAndGet), () -> false, WaitStrategy.SLICE_NANOS));
        assertEquals(WaitStrategy.SLICE_NANOS, slept.get());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void returnsAtOnceWhenTheConditionHolds(WaitStrategy strategy) {
        AtomicInteger looks = new AtomicInteger();
        assertTrue(strategy.await(word, () -> looks.incrementAndGet() > 0, Long.MAX_VALUE));
        assertEquals(1, looks.get());
        assertEquals(0, memory.getInt(WORD));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void givesUpAfterItsTime(WaitStrategy strategy) {
        for (long nanos : new long[] {0, 1, 1_000_000, WaitStrategy.SLICE_NANOS}) {
            assertFalse(strategy.await(word, () -> false, nanos));
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void looksAtTheConditionEvenWithoutTime(WaitStrategy strategy) {
        AtomicInteger looks = new AtomicInteger();
        strategy.await(word, () -> looks.incrementAndGet() < 0, 0);
        assertTrue(looks.get() > 0);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void noticesAConditionThatBecomesTrueLater(WaitStrategy strategy) throws InterruptedException {
        AtomicBoolean result = new AtomicBoolean();
        Thread waiter = new Thread(() -> {
            boolean done;
            do {
                done = strategy.await(word, () -> memory.getLongAcquire(CONDITION) != 0, WaitStrategy.SLICE_NANOS);
            } while (!done);
            result.set(true);
        });
        waiter.start();
        awaitWaiting(waiter, strategy);
        memory.setLongRelease(CONDITION, 1);
        word.wake();
        waiter.join();
        assertTrue(result.get());
    }

    /** Until a sleeping strategy sleeps; a busy one is busy from its start. */
    private void awaitWaiting(Thread waiter, WaitStrategy strategy) {
        while (strategy == WaitStrategy.block() && memory.sleepers(WORD) == 0 && waiter.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void endsOnInterruptionAndKeepsTheStatus(WaitStrategy strategy) {
        Thread.currentThread().interrupt();
        assertFalse(strategy.await(word, () -> false, Duration.ofHours(1).toNanos()));
        assertTrue(Thread.interrupted());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void anInterruptionDuringTheWaitIsSeenWithinASlice(WaitStrategy strategy) throws InterruptedException {
        Thread waiter = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                strategy.await(word, () -> false, WaitStrategy.SLICE_NANOS);
            }
        });
        waiter.start();
        awaitWaiting(waiter, strategy);
        waiter.interrupt();
        waiter.join();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void onlyBlockingAnnouncesASleeper(WaitStrategy strategy) {
        strategy.await(word, () -> false, 1);
        assertEquals(strategy.toString().equals("block") ? 1 : 0, memory.getInt(WORD));
    }

    @Test
    void strategiesSayWhatTheyAre() {
        assertEquals("spin", WaitStrategy.spin().toString());
        assertEquals("yield", WaitStrategy.yielding().toString());
        assertEquals("backoff", WaitStrategy.backOff().toString());
        assertEquals("block", WaitStrategy.block().toString());
    }

    @Test
    void deadlinesHoldAnyDuration() {
        assertTrue(Deadline.nanosLeft(memory, Deadline.after(memory, Duration.ofSeconds(Long.MAX_VALUE))) > 0);
        assertTrue(Deadline.nanosLeft(memory, Deadline.after(memory, Duration.ofDays(365L * 100))) > 0);
        assertTrue(Deadline.nanosLeft(memory, Deadline.never(memory)) > 0);
        assertTrue(Deadline.nanosLeft(memory, Deadline.after(memory, Duration.ZERO)) <= 0);
        assertTrue(Deadline.nanosLeft(memory, Deadline.after(memory, Duration.ofSeconds(Long.MIN_VALUE))) <= 0);
    }
}
