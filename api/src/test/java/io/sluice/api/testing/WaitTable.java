package io.sluice.api.testing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** Futexes within one JVM: comparing a word and falling asleep on it are one step with respect to waking. */
final class WaitTable {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Sleeper> sleepers = new ArrayList<>();

    private static final class Sleeper {
        private final long offset;
        private final Condition woken;
        private boolean isWoken;

        Sleeper(long offset, Condition woken) {
            this.offset = offset;
            this.woken = woken;
        }
    }

    /** Sleeps while {@code word} is {@code expected}; returns early when interrupted, keeping the interrupt status. */
    void await(long offset, IntSupplier word, int expected, long timeoutNanos) {
        lock.lock();
        try {
            if (word.getAsInt() != expected) {
                return;
            }
            Sleeper sleeper = new Sleeper(offset, lock.newCondition());
            sleepers.add(sleeper);
            try {
                long left = timeoutNanos;
                while (!sleeper.isWoken && left > 0) {
                    left = sleeper.woken.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                sleepers.remove(sleeper);
            }
        } finally {
            lock.unlock();
        }
    }

    int wake(long offset, int count) {
        lock.lock();
        try {
            int woken = 0;
            for (Iterator<Sleeper> each = sleepers.iterator(); each.hasNext() && woken < count; ) {
                Sleeper sleeper = each.next();
                if (sleeper.offset == offset) {
                    each.remove();
                    sleeper.isWoken = true;
                    sleeper.woken.signal();
                    woken++;
                }
            }
            return woken;
        } finally {
            lock.unlock();
        }
    }

    /** How many threads sleep on {@code offset} now. */
    int sleepers(long offset) {
        lock.lock();
        try {
            return (int) sleepers.stream()
                    .filter(sleeper -> sleeper.offset == offset)
                    .count();
        } finally {
            lock.unlock();
        }
    }
}
