package io.sluice.api.ring;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.waiting.WaitStrategy;
import java.util.Objects;

/**
 * What ring to create or open. Immutable; each {@code with} method returns a changed copy.
 *
 * <p>On opening an existing ring its own header decides everything but how to wait; a capacity asked for is compared.
 *
 * @param kind variant
 * @param address directory and name of the region
 * @param capacity size of the record area in bytes, a power of two from {@value #MIN_CAPACITY}; 0 on opening means
 *     "whatever it has". A ring of many producers has a record area of this size for each of them
 * @param checksum whether each message carries a CRC32C
 * @param maxProducers places for producers, 1 to {@value #MOST_PARTICIPANTS}; ignored where the kind has one producer.
 *     A ring can be attached 192 times at once, by whatever processes; more places than that are for attachments that
 *     have several handles
 * @param maxConsumers places for consumers, 1 to {@value #MOST_PARTICIPANTS}; ignored where the kind has one consumer.
 *     As to attachments, see {@code maxProducers}
 * @param lossy whether a broadcast ring's producer overwrites what consumers have not read yet, instead of waiting for
 *     them; ignored for other kinds
 * @param order in which the messages of an MPSC ring's producers are delivered, {@link RingOrder#PER_PRODUCER} unless
 *     asked for otherwise; ignored for other kinds
 * @param waitStrategy how {@code put} and {@code take} of this attachment wait
 * @param options file mode, life and mapping of the region
 */
public record RingSpec(
        RingKind kind,
        RegionAddress address,
        long capacity,
        boolean checksum,
        int maxProducers,
        int maxConsumers,
        boolean lossy,
        RingOrder order,
        WaitStrategy waitStrategy,
        RegionOptions options) {

    /** Smallest capacity in bytes. */
    public static final long MIN_CAPACITY = 4096;

    /** Largest capacity in bytes. */
    public static final long MAX_CAPACITY = 1L << 46;

    /** Most places for producers, or for consumers, that a ring can have. */
    public static final int MOST_PARTICIPANTS = 256;

    /** Places for producers, and for consumers, unless others are asked for. */
    public static final int DEFAULT_PARTICIPANTS = 16;

    /** Checks what can be checked without the file. */
    public RingSpec {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(waitStrategy, "waitStrategy");
        Objects.requireNonNull(options, "options");
        if (capacity != 0 && (capacity < MIN_CAPACITY || capacity > MAX_CAPACITY || Long.bitCount(capacity) != 1)) {
            throw new IllegalArgumentException(address.name() + ": capacity " + capacity
                    + " is not a power of two from " + MIN_CAPACITY + " to " + MAX_CAPACITY + " bytes");
        }
        checkPlaces(address, maxProducers, "producers");
        checkPlaces(address, maxConsumers, "consumers");
    }

    private static void checkPlaces(RegionAddress address, int places, String who) {
        if (places < 1 || places > MOST_PARTICIPANTS) {
            throw new IllegalArgumentException(
                    address.name() + ": " + places + " places for " + who + " are not 1 to " + MOST_PARTICIPANTS);
        }
    }

    /** An SPSC ring of the default directory. */
    public static RingSpec spsc(String name, long capacity) {
        return of(RingKind.SPSC, name, capacity);
    }

    /** An SPSC ring that must exist, whatever its capacity. */
    public static RingSpec spsc(String name) {
        return of(RingKind.SPSC, name, 0);
    }

    /**
     * A ring of many producers and one consumer in the default directory; a capacity of 0 is that of an existing one.
     */
    public static RingSpec mpsc(String name, long capacity) {
        return of(RingKind.MPSC, name, capacity);
    }

    /**
     * A ring of many producers and many consumers in the default directory; a capacity of 0 is that of an existing one.
     */
    public static RingSpec mpmc(String name, long capacity) {
        return of(RingKind.MPMC, name, capacity);
    }

    /**
     * A ring in the default directory whose every consumer gets every message; a capacity of 0 is that of
     * an existing one.
     */
    public static RingSpec broadcast(String name, long capacity) {
        return of(RingKind.BROADCAST, name, capacity);
    }

    /** A ring of any kind in the default directory. */
    public static RingSpec of(RingKind kind, String name, long capacity) {
        return new RingSpec(
                kind,
                RegionAddress.of(name),
                capacity,
                false,
                DEFAULT_PARTICIPANTS,
                DEFAULT_PARTICIPANTS,
                false,
                RingOrder.PER_PRODUCER,
                WaitStrategy.backOff(),
                RegionOptions.DEFAULT);
    }

    /** The same in another place. */
    public RingSpec withAddress(RegionAddress newAddress) {
        return new RingSpec(
                kind, newAddress, capacity, checksum, maxProducers, maxConsumers, lossy, order, waitStrategy, options);
    }

    /** The same with a CRC32C per message, or without. */
    public RingSpec withChecksum(boolean newChecksum) {
        return new RingSpec(
                kind, address, capacity, newChecksum, maxProducers, maxConsumers, lossy, order, waitStrategy, options);
    }

    /** The same with so many places for producers. */
    public RingSpec withMaxProducers(int newMaximum) {
        return new RingSpec(
                kind, address, capacity, checksum, newMaximum, maxConsumers, lossy, order, waitStrategy, options);
    }

    /** The same with so many places for consumers. */
    public RingSpec withMaxConsumers(int newMaximum) {
        return new RingSpec(
                kind, address, capacity, checksum, maxProducers, newMaximum, lossy, order, waitStrategy, options);
    }

    /**
     * The same for a broadcast ring whose producer never waits: consumers that are too slow miss messages, and are told
     * ({@link RingConsumer#LAPPED}); or for one whose producer waits for the slowest, which is the default.
     */
    public RingSpec withLossy(boolean newLossy) {
        return new RingSpec(
                kind, address, capacity, checksum, maxProducers, maxConsumers, newLossy, order, waitStrategy, options);
    }

    /**
     * The same with another order, for an MPSC ring. The default is {@link RingOrder#PER_PRODUCER}, which moves two to
     * three times as many short messages.
     */
    public RingSpec withOrder(RingOrder newOrder) {
        return new RingSpec(
                kind, address, capacity, checksum, maxProducers, maxConsumers, lossy, newOrder, waitStrategy, options);
    }

    /** The same with another way to wait. */
    public RingSpec withWaitStrategy(WaitStrategy newStrategy) {
        return new RingSpec(
                kind, address, capacity, checksum, maxProducers, maxConsumers, lossy, order, newStrategy, options);
    }

    /** The same with other options for its region. */
    public RingSpec withOptions(RegionOptions newOptions) {
        return new RingSpec(
                kind, address, capacity, checksum, maxProducers, maxConsumers, lossy, order, waitStrategy, newOptions);
    }
}
