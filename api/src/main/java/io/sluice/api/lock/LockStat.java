package io.sluice.api.lock;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A lock as it was seen without taking it.
 *
 * @param kind variant
 * @param name what exceptions call it
 * @param state in a few words, such as {@code free}, {@code held}, {@code inconsistent}, {@code 3 of 8 available}
 * @param holders who has it or its permits
 * @param waiters who waits for it, in order where there is one
 */
public record LockStat(LockKind kind, String name, String state, List<Holder> holders, List<Waiter> waiters) {

    /** Copies the lists. */
    public LockStat {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        holders = List.copyOf(holders);
        waiters = List.copyOf(waiters);
    }

    /**
     * One who has the lock.
     *
     * @param token of the process
     * @param alive whether the process is
     * @param thread its id in that process, 0 if not known
     * @param count holds or permits
     * @param since when it was acquired, to about ten milliseconds; {@link Instant#EPOCH} if not known
     */
    public record Holder(long token, boolean alive, long thread, long count, Instant since) {}

    /**
     * One who waits.
     *
     * @param token of the process
     * @param alive whether the process is
     * @param thread its id in that process
     * @param wanted permits wanted, or whatever the kind counts
     * @param since when it began to wait
     */
    public record Waiter(long token, boolean alive, long thread, long wanted, Instant since) {}
}
