package io.sluice.api.memory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The time of day to about ten milliseconds at the price of a load: reading the real clock costs as much as taking a
 * lock, and people who ask since when a lock is held need no more.
 *
 * <p>A daemon thread of this process reads the clock every ten milliseconds as long as somebody asks, and sleeps after
 * a second in which nobody did; whoever asks then pays for waking it. Where it cannot be started, everybody reads the real
 * clock: who asks may have got a lock the moment before, and to throw then would be to say that he has not. Any thread.
 */
final class CoarseClock {

    /** That of this process: static on purpose, being a property of the process and not of any lock. */
    static final CoarseClock OF_PROCESS = new CoarseClock(System::currentTimeMillis, CoarseClock::startDaemon);

    /** After so many milliseconds it is tried again to start a thread that could not be started. */
    static final long TRY_AGAIN_MILLIS = 1_000;

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int IDLE_TICKS = 100;
    private static final long ASLEEP = 0;

    private final LongSupplier realMillis;
    private final Function<Runnable, Thread> starter;
    // Written by the ticker, and by readers that find it asleep.
    private volatile long millis = ASLEEP;
    // Written by readers, cleared by the ticker; plain races at worst put the ticker to sleep a second early.
    private boolean asked;
    private volatile Thread ticker; // null as long as none could be started; changed under this
    private long tryAgain; // guarded by this

    /** A clock by {@code realMillis}, never 0, whose thread {@code starter} starts when first needed. */
    CoarseClock(LongSupplier realMillis, Function<Runnable, Thread> starter) {
        this.realMillis = realMillis;
        this.starter = starter;
    }

    private static Thread startDaemon(Runnable task) {
        Thread thread = new Thread(task, "sluice-coarse-clock");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Milliseconds since 1970, up to about ten behind. Does not throw for want of a thread or of memory. */
    long millis() {
        long now = millis;
        if (!asked) {
            asked = true;
        }
        return now == ASLEEP ? wake() : now;
    }

    private long wake() {
        long now = realMillis.getAsLong();
        Thread running = ticker;
        if (running == null) {
            running = start(now);
        }
        if (running != null) {
            millis = now;
            LockSupport.unpark(running);
        }
        return now;
    }

    private synchronized Thread start(long now) {
        if (ticker == null && now >= tryAgain) {
            tryAgain = now + TRY_AGAIN_MILLIS;
            try {
                ticker = starter.apply(this::tick);
            } catch (RuntimeException | Error e) {
                // No more threads, or no memory for one. Not to be told here, of all places; see above.
            }
        }
        return ticker;
    }

    private void tick() {
        int idle = 0;
        while (true) {
            LockSupport.parkNanos(TICK_NANOS);
            idle = asked ? 0 : idle + 1;
            asked = false;
            if (idle < IDLE_TICKS) {
                millis = realMillis.getAsLong();
                continue;
            }
            // A reader that stores a time after this unparks us; one that read a time before it sees an old one once.
            millis = ASLEEP;
            while (millis == ASLEEP) {
                LockSupport.park(this);
            }
            idle = 0;
        }
    }
}
