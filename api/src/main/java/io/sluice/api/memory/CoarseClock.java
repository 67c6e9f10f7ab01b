package io.sluice.api.memory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The time of day to about ten milliseconds at the price of a load: reading the real clock costs as much as taking a
 * lock, and people who ask since when a lock is held need no more.
 *
 * <p>A daemon thread of this process reads the clock every ten milliseconds as long as somebody asks, and sleeps after
 * a second in which nobody did; whoever asks then pays for waking it. Static state on purpose: it is a property of the
 * process, not of any lock. Any thread.
 */
final class CoarseClock {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int IDLE_TICKS = 100;
    private static final long ASLEEP = 0;

    // Written by the ticker, and by readers that find it asleep.
    private static volatile long millis = ASLEEP;
    // Written by readers, cleared by the ticker; plain races at worst put the ticker to sleep a second early.
    private static boolean asked;

    private CoarseClock() {}

    /** Milliseconds since 1970, up to about ten behind. */
    static long millis() {
        long now = millis;
        if (!asked) {
            asked = true;
        }
        return now == ASLEEP ? Ticker.wake() : now;
    }

    /** Starts its thread when first needed. */
    private static final class Ticker {

        private static final Thread THREAD = start();

        private static Thread start() {
            Thread thread = new Thread(Ticker::run, "sluice-coarse-clock");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        static long wake() {
            long now = System.currentTimeMillis();
            millis = now;
            LockSupport.unpark(THREAD);
            return now;
        }

        private static void run() {
            int idle = 0;
            while (true) {
                LockSupport.parkNanos(TICK_NANOS);
                idle = asked ? 0 : idle + 1;
                asked = false;
                if (idle < IDLE_TICKS) {
                    millis = System.currentTimeMillis();
                    continue;
                }
                // A reader that stores a time after this unparks us; one that read a time before it sees an old one
                // once.
                millis = ASLEEP;
                while (millis == ASLEEP) {
                    LockSupport.park(Ticker.class);
                }
                idle = 0;
            }
        }
    }
}
