package io.sluice.api.lock;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.waiting.WaitStrategy;
import java.util.Objects;

/**
 * What lock to create or open. Immutable; each {@code with} method returns a changed copy.
 *
 * <p>On opening an existing one its own header decides; what the specification says is compared, and a difference is a
 * {@link io.sluice.api.region.RegionFormatException}. {@link #ANY} says nothing, and so does a {@code fair} of
 * {@link Fairness#ANY}. What a kind does not have cannot be said of it.
 *
 * @param <T> interface of the lock
 * @param kind variant
 * @param type interface of the lock
 * @param address directory and name of the region
 * @param count permits, attachments, parties, or steps to count down, by kind; {@link #ANY} where the kind has none and
 *     on opening
 * @param maximum most permits of a signalling semaphore; {@link #ANY} elsewhere and on opening
 * @param fairness who is served first; only semaphores and read-write locks can be {@link Fairness#FAIR}
 * @param waitStrategy how this attachment waits
 * @param options file mode, life and mapping of the region
 */
public record LockSpec<T extends Synchronizer>(
        LockKind kind,
        Class<T> type,
        RegionAddress address,
        int count,
        int maximum,
        Fairness fairness,
        WaitStrategy waitStrategy,
        RegionOptions options) {

    /** Who is served first. */
    public enum Fairness {
        /** Not said: barging on creation, whatever it is on opening. */
        ANY,
        /** Whoever comes first. */
        BARGING,
        /** Whoever waited longest. */
        FAIR
    }

    /** A number that is not said. */
    public static final int ANY = -1;

    /**
     * Checks what can be checked without the file.
     *
     * @throws IllegalArgumentException if a number or an order cannot be, or is one that the kind does not have
     */
    public LockSpec {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(fairness, "fairness");
        Objects.requireNonNull(waitStrategy, "waitStrategy");
        Objects.requireNonNull(options, "options");
        LockParameters.check(kind, address.name(), count, maximum, fairness);
    }

    /** A mutex of the default directory. */
    public static LockSpec<SharedMutex> mutex(String name) {
        return of(LockKind.MUTEX, SharedMutex.class, name, ANY, ANY);
    }

    /**
     * A signalling semaphore with {@code permits} to begin with and up to {@link Integer#MAX_VALUE}.
     *
     * @throws IllegalArgumentException if they are negative
     */
    public static LockSpec<SignallingSemaphore> signallingSemaphore(String name, int permits) {
        return counted(LockKind.SIGNALLING_SEMAPHORE, SignallingSemaphore.class, name, permits, Integer.MAX_VALUE);
    }

    /** A signalling semaphore that must exist, whatever its numbers. */
    public static LockSpec<SignallingSemaphore> signallingSemaphore(String name) {
        return of(LockKind.SIGNALLING_SEMAPHORE, SignallingSemaphore.class, name, ANY, ANY);
    }

    /**
     * An accountable semaphore of {@code permits}.
     *
     * @throws IllegalArgumentException if they are none or more than {@link AccountableSemaphore#MAX_PERMITS}
     */
    public static LockSpec<AccountableSemaphore> accountableSemaphore(String name, int permits) {
        return counted(LockKind.ACCOUNTABLE_SEMAPHORE, AccountableSemaphore.class, name, permits, ANY);
    }

    /** An accountable semaphore that must exist, whatever its number. */
    public static LockSpec<AccountableSemaphore> accountableSemaphore(String name) {
        return of(LockKind.ACCOUNTABLE_SEMAPHORE, AccountableSemaphore.class, name, ANY, ANY);
    }

    /** A read-write lock with room for {@link SharedReadWriteLock#DEFAULT_ATTACHMENTS}, or whatever it has. */
    public static LockSpec<SharedReadWriteLock> readWriteLock(String name) {
        return of(LockKind.READ_WRITE_LOCK, SharedReadWriteLock.class, name, ANY, ANY);
    }

    /**
     * A read-write lock with room for {@code attachments}.
     *
     * @throws IllegalArgumentException if they are none or more than {@link SharedReadWriteLock#MAX_ATTACHMENTS}
     */
    public static LockSpec<SharedReadWriteLock> readWriteLock(String name, int attachments) {
        return counted(LockKind.READ_WRITE_LOCK, SharedReadWriteLock.class, name, attachments, ANY);
    }

    /**
     * A latch to be counted down {@code count} times.
     *
     * @throws IllegalArgumentException if that is never or more than {@link SharedLatch#MAX_COUNT}
     */
    public static LockSpec<SharedLatch> latch(String name, int count) {
        return counted(LockKind.LATCH, SharedLatch.class, name, count, ANY);
    }

    /** A latch that must exist, whatever its count. */
    public static LockSpec<SharedLatch> latch(String name) {
        return of(LockKind.LATCH, SharedLatch.class, name, ANY, ANY);
    }

    /**
     * A barrier for {@code parties}.
     *
     * @throws IllegalArgumentException if they are none or more than {@link SharedBarrier#MAX_PARTIES}
     */
    public static LockSpec<SharedBarrier> barrier(String name, int parties) {
        return counted(LockKind.BARRIER, SharedBarrier.class, name, parties, ANY);
    }

    /** A barrier that must exist, whatever its parties. */
    public static LockSpec<SharedBarrier> barrier(String name) {
        return of(LockKind.BARRIER, SharedBarrier.class, name, ANY, ANY);
    }

    /** An event count. */
    public static LockSpec<EventCount> eventCount(String name) {
        return of(LockKind.EVENT_COUNT, EventCount.class, name, ANY, ANY);
    }

    private static <T extends Synchronizer> LockSpec<T> counted(
            LockKind kind, Class<T> type, String name, int count, int maximum) {
        // Also refuses what would mean that nothing is said.
        return of(kind, type, name, LockParameters.counted(kind, name, count), maximum);
    }

    private static <T extends Synchronizer> LockSpec<T> of(
            LockKind kind, Class<T> type, String name, int count, int maximum) {
        return new LockSpec<>(
                kind,
                type,
                RegionAddress.of(name),
                count,
                maximum,
                Fairness.ANY,
                WaitStrategy.block(),
                RegionOptions.DEFAULT);
    }

    /** The same in another place. */
    public LockSpec<T> withAddress(RegionAddress newAddress) {
        return new LockSpec<>(kind, type, newAddress, count, maximum, fairness, waitStrategy, options);
    }

    /**
     * The same with another maximum.
     *
     * @throws IllegalArgumentException if it is not positive, or this is no signalling semaphore
     */
    public LockSpec<T> withMaximum(int newMaximum) {
        return new LockSpec<>(kind, type, address, count, newMaximum, fairness, waitStrategy, options);
    }

    /**
     * The same, served in another order.
     *
     * @throws IllegalArgumentException if this is neither a semaphore nor a read-write lock, and is to be fair
     */
    public LockSpec<T> withFairness(Fairness newFairness) {
        return new LockSpec<>(kind, type, address, count, maximum, newFairness, waitStrategy, options);
    }

    /** The same with another way to wait. */
    public LockSpec<T> withWaitStrategy(WaitStrategy newStrategy) {
        return new LockSpec<>(kind, type, address, count, maximum, fairness, newStrategy, options);
    }

    /** The same with other options for its region. */
    public LockSpec<T> withOptions(RegionOptions newOptions) {
        return new LockSpec<>(kind, type, address, count, maximum, fairness, waitStrategy, newOptions);
    }
}
