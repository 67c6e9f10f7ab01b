package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.Patience;
import io.sluice.api.waiting.SoundSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every semaphore does, of either kind, in either order, whatever memory it is in. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SemaphoreContract {

    private static final int PERMITS = 4;

    private final Actors actors = new Actors();
    private final Kind kind;
    private final boolean fair;
    private final Scene scene;
    private final SharedSemaphore mine;
    private final DyingMemory there;
    private final SharedSemaphore other;

    SemaphoreContract(Kind kind, Scene.Place place, boolean fair) {
        this.kind = kind;
        this.fair = fair;
        scene = new Scene(place, kind.bodyBytes());
        DyingMemory here = scene.process();
        kind.initialize(here, PERMITS);
        mine = kind.over(here, PERMITS, fair, WaitStrategy.block());
        there = scene.process();
        other = kind.over(there, PERMITS, fair, WaitStrategy.block());
    }

    @AfterEach
    void clear() throws IOException {
        actors.close();
        scene.close();
    }

    static List<WaitStrategy> strategies() {
        return List.of(WaitStrategy.spin(), WaitStrategy.yielding(), WaitStrategy.backOff(), WaitStrategy.block());
    }

    private SharedSemaphore another(WaitStrategy strategy) {
        return kind.over(scene.process(), PERMITS, fair, strategy);
    }

    private void untilWaiting(int count) {
        Actors.until(() -> mine.stat().waiters().size() == count);
    }

    @Test
    void countsPermits() throws InterruptedException {
        mine.acquire();
        assertEquals(3, other.availablePermits());
        other.acquire(2);
        assertEquals(1, mine.availablePermits());
        assertFalse(mine.tryAcquire(2));
        assertTrue(mine.tryAcquire());
        assertFalse(other.tryAcquire());
        mine.release(2);
        other.release(2);
        assertEquals(PERMITS, mine.availablePermits());
    }

    @Test
    void takesNothingWhenNothingIsWanted() throws InterruptedException {
        assertEquals(PERMITS, mine.drainPermits());
        mine.acquire(0);
        assertTrue(other.tryAcquire(0));
        mine.release(0);
        assertEquals(0, mine.availablePermits());
    }

    @Test
    void drainsWhatIsThere() {
        assertTrue(other.tryAcquire());
        assertEquals(3, mine.drainPermits());
        assertEquals(0, mine.drainPermits());
        assertEquals(0, other.availablePermits());
        mine.release(3);
        assertEquals(3, other.availablePermits());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void wakesAWaiter(WaitStrategy strategy) throws InterruptedException {
        SharedSemaphore waiting = another(strategy);
        mine.acquire(PERMITS);
        Actors.Actor waiter = actors.start(() -> waiting.acquire(2));
        untilWaiting(1);
        mine.release();
        assertFalse(waiter.isDone());
        mine.release();
        waiter.join();
        assertEquals(0, mine.availablePermits());
        assertTrue(mine.stat().waiters().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void neverGivesOutMoreThanThereAre(WaitStrategy strategy) {
        AtomicInteger out = new AtomicInteger();
        List<Actors.Actor> workers = new ArrayList<>();
        SharedSemaphore shared = another(strategy);
        int seed = new Random().nextInt();
        for (SharedSemaphore semaphore : List.of(another(strategy), shared, shared)) {
            Random random = new Random(seed + workers.size());
            workers.add(actors.start(() -> {
                for (int round = 0; round < 200; round++) {
                    int count = 1 + random.nextInt(PERMITS);
                    semaphore.acquire(count);
                    assertTrue(out.addAndGet(count) <= PERMITS, "seed " + seed);
                    out.addAndGet(-count);
                    semaphore.release(count);
                }
            }));
        }
        workers.forEach(Actors.Actor::join);
        assertEquals(PERMITS, mine.availablePermits());
        assertTrue(mine.stat().waiters().isEmpty());
    }

    @Test
    void doesWhatTheOneOfTheJdkDoes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Semaphore model = new Semaphore(PERMITS);
        int held = 0;
        for (int step = 0; step < 3_000; step++) {
            int count = random.nextInt(PERMITS + 2);
            if (random.nextInt(10) == 0) {
                int drained = model.drainPermits();
                assertEquals(drained, mine.drainPermits(), "seed " + seed);
                held += drained;
            } else if (random.nextBoolean()) {
                boolean taken = model.tryAcquire(count);
                assertEquals(taken, mine.tryAcquire(count), "seed " + seed);
                held += taken ? count : 0;
            } else if (count <= held) {
                model.release(count);
                mine.release(count);
                held -= count;
            }
            assertEquals(model.availablePermits(), mine.availablePermits(), "seed " + seed);
        }
    }

    @Test
    void givesUpAfterTheTimeout() throws InterruptedException {
        mine.acquire(PERMITS);
        assertFalse(other.tryAcquire(5, TimeUnit.MILLISECONDS));
        assertFalse(other.tryAcquire(2, Duration.ofMillis(5)));
        assertFalse(other.tryAcquire(1, -1, TimeUnit.SECONDS));
        assertTrue(mine.stat().waiters().isEmpty());
        mine.release(PERMITS);
        assertTrue(other.tryAcquire(PERMITS, Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void takesNothingWhenInterrupted() throws InterruptedException {
        mine.acquire(PERMITS);
        Actors.Actor waiter = actors.start(() -> other.acquire(2));
        untilWaiting(1);
        waiter.interrupt();
        assertInstanceOf(InterruptedException.class, waiter.outcome());
        assertTrue(mine.stat().waiters().isEmpty());
        mine.release(PERMITS);
        assertEquals(PERMITS, mine.availablePermits());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, mine::acquire);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> mine.tryAcquire(1, TimeUnit.SECONDS));
        assertEquals(PERMITS, mine.availablePermits());
    }

    @Test
    void remembersAnInterruptWhileAcquiringUninterruptibly() throws InterruptedException {
        mine.acquire(PERMITS);
        Actors.Actor waiter = actors.start(() -> {
            other.acquireUninterruptibly(2);
            assertTrue(Thread.currentThread().isInterrupted());
        });
        untilWaiting(1);
        waiter.interrupt();
        mine.release(2);
        waiter.join();
    }

    @Test
    void refusesImpossibleNumbers() throws InterruptedException {
        assertThrows(IllegalArgumentException.class, () -> mine.acquire(-1));
        assertThrows(IllegalArgumentException.class, () -> mine.tryAcquire(-1));
        assertThrows(IllegalArgumentException.class, () -> mine.tryAcquire(-1, 1, TimeUnit.SECONDS));
        assertThrows(IllegalArgumentException.class, () -> mine.acquireUninterruptibly(-1));
        assertThrows(IllegalArgumentException.class, () -> mine.release(-1));
        assertThrows(IllegalArgumentException.class, () -> mine.acquire(PERMITS + 1));
        assertThrows(IllegalArgumentException.class, () -> mine.acquireUninterruptibly(Integer.MAX_VALUE));
        assertFalse(mine.tryAcquire(PERMITS + 1));
        assertFalse(mine.tryAcquire(PERMITS + 1, 5, TimeUnit.MILLISECONDS));
        assertTrue(mine.stat().waiters().isEmpty());
        assertEquals(PERMITS, other.availablePermits());
    }

    @Test
    void skipsADeadWaiter() throws InterruptedException {
        mine.acquire(PERMITS);
        Actors.Actor dying = actors.start(() -> other.acquire(1));
        untilWaiting(1);
        SharedSemaphore third = another(WaitStrategy.block());
        Actors.Actor waiter = actors.start(() -> third.acquire(1));
        untilWaiting(2);
        there.kill();
        dying.joinDead();
        mine.release();
        waiter.join();
        mine.release();
        assertEquals(1, mine.availablePermits());
        third.acquire(1);
    }

    @Test
    void servesInOrderIfFair() throws InterruptedException {
        assumeTrue(fair, "in any order");
        mine.acquire(PERMITS);
        ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
        List<Actors.Actor> waiters = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            int place = number;
            SharedSemaphore waiting = another(WaitStrategy.block());
            waiters.add(actors.start(() -> {
                // The first wants most, and still nobody overtakes it.
                waiting.acquire(place == 0 ? 2 : 1);
                order.add(place);
            }));
            untilWaiting(number + 1);
        }
        mine.release(1);
        assertTrue(order.isEmpty());
        mine.release(1);
        waiters.get(0).join();
        mine.release(1);
        waiters.get(1).join();
        mine.release(1);
        waiters.get(2).join();
        assertEquals(List.of(0, 1, 2), List.copyOf(order));
    }

    @Test
    void letsWhoComesLaterPassIfBarging() throws InterruptedException {
        assumeFalse(fair, "in order");
        mine.acquire(PERMITS);
        Actors.Actor waiter = actors.start(() -> other.acquire(2));
        untilWaiting(1);
        SharedSemaphore third = another(WaitStrategy.block());
        mine.release(1);
        third.acquire(1);
        assertFalse(waiter.isDone());
        third.release(1);
        mine.release(1);
        waiter.join();
    }

    @Test
    void letsUntimedTriesOvertakeAndTimedOnesOnlyIfBarging() throws InterruptedException {
        mine.acquire(PERMITS);
        Actors.Actor waiter = actors.start(() -> other.acquire(2));
        untilWaiting(1);
        SharedSemaphore third = another(WaitStrategy.block());
        mine.release(1);
        assertTrue(third.tryAcquire());
        third.release();
        assertEquals(!fair, third.tryAcquire(5, TimeUnit.MILLISECONDS));
        assertFalse(waiter.isDone());
        mine.release(fair ? 1 : 2);
        waiter.join();
    }

    @Test
    void keepsWhoHasNoPlaceInAFullQueueBehindThoseWhoHave() throws InterruptedException {
        assumeTrue(fair, "in any order");
        mine.acquire(PERMITS);
        SharedSemaphore third = another(WaitStrategy.block());
        Actors.Actor first = actors.start(() -> third.acquire(2));
        untilWaiting(1);
        List<Actors.Actor> others = new ArrayList<>();
        for (int place = 1; place < SharedSemaphore.FAIR_WAITERS; place++) {
            others.add(actors.start(() -> other.acquire()));
        }
        untilWaiting(SharedSemaphore.FAIR_WAITERS);
        Actors.Actor withoutPlace = actors.start(() -> third.acquire());
        mine.release(1);
        assertFalse(another(WaitStrategy.block()).tryAcquire(5, TimeUnit.MILLISECONDS));
        assertEquals(1, mine.availablePermits());
        mine.release(1);
        first.join();
        other.close();
        others.forEach(waiter -> assertInstanceOf(DetachedException.class, waiter.outcome()));
        assertFalse(withoutPlace.isDone());
        mine.release(1);
        withoutPlace.join();
        assertTrue(mine.stat().waiters().isEmpty());
    }

    @Test
    void endsTheWaitOfOtherThreadsWhenClosed() throws InterruptedException {
        mine.acquire(PERMITS);
        Actors.Actor waiter = actors.start(() -> other.acquire());
        untilWaiting(1);
        other.close();
        other.close();
        assertInstanceOf(DetachedException.class, waiter.outcome());
        assertThrows(DetachedException.class, other::tryAcquire);
        assertThrows(DetachedException.class, () -> other.release());
        mine.release(PERMITS);
        assertEquals(PERMITS, mine.availablePermits());
    }

    @Test
    void letsOthersPassWhenItIsClosedUnderAWaitingThread() throws InterruptedException {
        mine.acquire(PERMITS);
        Actors.Actor waiter = actors.start(() -> other.acquire());
        untilWaiting(1);
        SharedSemaphore third = another(Patience.untilWoken());
        Actors.Actor behind = actors.start(() -> third.acquire());
        if (fair) {
            untilWaiting(2);
        }
        other.close();
        assertInstanceOf(DetachedException.class, waiter.outcome());
        mine.release(PERMITS);
        behind.join();
        assertTrue(mine.stat().waiters().isEmpty());
    }

    @Test
    void letsOthersPassWhenWhoWantedMoreIsInterrupted() throws InterruptedException {
        assumeTrue(fair, "in any order");
        mine.acquire(PERMITS - 1);
        Actors.Actor first = actors.start(() -> other.acquire(PERMITS));
        untilWaiting(1);
        SoundSleep sleep = new SoundSleep();
        SharedSemaphore third = another(Patience.untilWoken(sleep));
        Actors.Actor behind = actors.start(() -> third.acquire());
        sleep.awaitSleep(1);
        first.interrupt();
        assertInstanceOf(InterruptedException.class, first.outcome());
        behind.join();
        assertEquals(0, mine.availablePermits());
        assertTrue(mine.stat().waiters().isEmpty());
    }

    @Test
    void showsWhoWaits() throws InterruptedException {
        mine.acquire(PERMITS);
        Actors.Actor waiter = actors.start(() -> other.acquire(3));
        untilWaiting(1);
        var shown = mine.stat().waiters().get(0);
        assertEquals(there.selfToken(), shown.token());
        assertEquals(3, shown.wanted());
        assertTrue(shown.alive());
        mine.release(PERMITS);
        waiter.join();
    }
}
