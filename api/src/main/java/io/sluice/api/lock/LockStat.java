package io.sluice.api.lock;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A lock as it was seen without taking it.
 *
 * <table>
 * <caption>By kind</caption>
 * <tr><th>kind</th><th>holders</th><th>waiters</th><th>wanted</th></tr>
 * <tr><td>mutex</td><td>the owner</td><td>one thread per attachment: the others wait for that one</td><td>1</td></tr>
 * <tr><td>signalling semaphore</td><td>nobody: permits have no holders</td><td>threads</td><td>permits</td></tr>
 * <tr><td>accountable semaphore</td><td>attachments with permits</td><td>threads</td><td>permits</td></tr>
 * <tr><td>read-write lock</td><td>the writer, or each attachment that reads</td><td>one thread per attachment; a writer
 *     that only waits for readers to leave comes first</td><td>1 to read, 2 to write</td></tr>
 * <tr><td>latch</td><td>processes that have promised to count</td><td>threads</td><td>1</td></tr>
 * <tr><td>barrier</td><td>all parties</td><td>those that are at the barrier</td><td>1</td></tr>
 * <tr><td>event count</td><td>nobody</td><td>threads</td><td>the number of the event waited for, 0 if it is for a
 *     condition</td></tr>
 * </table>
 *
 * <p>Threads are listed once they have waited for about a millisecond, in a fair semaphore and a read-write lock at
 * once, and at most 128 of them, but for read-write lock and barrier, where there is room for all. A dead waiter stays
 * in the list until its place is needed.
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
     * @param count permits or promises; 1 where there is nothing to count
     * @param since when it was acquired, the first of several promises, to about ten milliseconds;
     *     {@link Instant#EPOCH} if not known
     */
    public record Holder(long token, boolean alive, long thread, long count, Instant since) {}

    /**
     * One who waits.
     *
     * @param token of the process
     * @param alive whether the process is
     * @param thread its id in that process, 0 if not known
     * @param wanted permits wanted, or whatever the kind counts, see {@link LockStat}
     * @param since when it began to wait, to about ten milliseconds
     */
    public record Waiter(long token, boolean alive, long thread, long wanted, Instant since) {}
}
