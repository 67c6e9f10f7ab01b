package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a wait ends at the latest, on the clock of a {@link RegionMemory}. Plain arithmetic on longs, so that waiting
 * allocates nothing: {@code long deadline = Deadline.after(memory, timeout)}.
 */
public final class Deadline {

    /** Nanoseconds that stand for "no deadline": 146 years either way of any reading of the clock. */
    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private static final Duration FOREVER = Duration.ofNanos(FOREVER_NANOS);

    private Deadline() {}

    /** The moment {@code timeout} from now; a negative timeout is now, one beyond a century never. */
    public static long after(RegionMemory memory, Duration timeout) {
        if (timeout.isNegative()) {
            return memory.nanoTime();
        }
        return memory.nanoTime() + (timeout.compareTo(FOREVER) >= 0 ? FOREVER_NANOS : timeout.toNanos());
    }

    /** The same for a number of units, as {@code java.util.concurrent} takes them. */
    public static long after(RegionMemory memory, long timeout, TimeUnit unit) {
        // Saturates, so that for ever is not an overflow.
        long nanos = unit.toNanos(timeout);
        return memory.nanoTime() + Math.max(0, Math.min(nanos, FOREVER_NANOS));
    }

    /** A moment that never comes. */
    public static long never(RegionMemory memory) {
        return memory.nanoTime() + FOREVER_NANOS;
    }

    /** Nanoseconds from now to {@code deadline}; zero or less when it has passed. */
    public static long nanosLeft(RegionMemory memory, long deadline) {
        return deadline - memory.nanoTime();
    }
}
