package io.sluice.api.ring;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.waiting.WaitStrategy;
import java.util.Objects;

/**
 * What ring to create or open. Immutable; each {@code with} method returns a changed copy.
 *
 * <p>On opening an existing ring its own header decides capacity and checksum; a capacity asked for is compared.
 *
 * @param kind variant
 * @param address directory and name of the region
 * @param capacity size of the record area in bytes, a power of two from {@value #MIN_CAPACITY}; 0 on opening means
 *     "whatever it has"
 * @param checksum whether each message carries a CRC32C
 * @param waitStrategy how {@code put} and {@code take} of this attachment wait
 * @param options file mode, life and mapping of the region
 */
public record RingSpec(
        RingKind kind,
        RegionAddress address,
        long capacity,
        boolean checksum,
        WaitStrategy waitStrategy,
        RegionOptions options) {

    /** Smallest capacity in bytes. */
    public static final long MIN_CAPACITY = 4096;

    /** Largest capacity in bytes. */
    public static final long MAX_CAPACITY = 1L << 46;

    /** Checks what can be checked without the file. */
    public RingSpec {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(waitStrategy, "waitStrategy");
        Objects.requireNonNull(options, "options");
        if (capacity != 0 && (capacity < MIN_CAPACITY || capacity > MAX_CAPACITY || Long.bitCount(capacity) != 1)) {
            throw new IllegalArgumentException(address.name() + ": capacity " + capacity
                    + " is not a power of two from " + MIN_CAPACITY + " to " + MAX_CAPACITY + " bytes");
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

    /** A ring of any kind in the default directory. */
    public static RingSpec of(RingKind kind, String name, long capacity) {
        return new RingSpec(
                kind, RegionAddress.of(name), capacity, false, WaitStrategy.backOff(), RegionOptions.DEFAULT);
    }

    /** The same in another place. */
    public RingSpec withAddress(RegionAddress newAddress) {
        return new RingSpec(kind, newAddress, capacity, checksum, waitStrategy, options);
    }

    /** The same with a CRC32C per message, or without. */
    public RingSpec withChecksum(boolean newChecksum) {
        return new RingSpec(kind, address, capacity, newChecksum, waitStrategy, options);
    }

    /** The same with another way to wait. */
    public RingSpec withWaitStrategy(WaitStrategy newStrategy) {
        return new RingSpec(kind, address, capacity, checksum, newStrategy, options);
    }

    /** The same with other options for its region. */
    public RingSpec withOptions(RegionOptions newOptions) {
        return new RingSpec(kind, address, capacity, checksum, waitStrategy, newOptions);
    }
}
