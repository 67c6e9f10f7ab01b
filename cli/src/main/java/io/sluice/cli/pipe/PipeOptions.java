package io.sluice.cli.pipe;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.waiting.WaitStrategy;
import java.time.Duration;
import java.util.Optional;

/**
 * What pipe to join and how.
 *
 * @param address region of the ring
 * @param capacity bytes of the ring; empty to take what is there, or else the default
 * @param checksum whether the ring must carry a checksum per message
 * @param strategy how to wait for the other side
 * @param patience how long nothing may move before giving up; empty for ever
 */
public record PipeOptions(
        RegionAddress address,
        Optional<Long> capacity,
        boolean checksum,
        WaitStrategy strategy,
        Optional<Duration> patience) {

    /** Bytes of a ring that nobody chose a capacity for: in the cache of a processor, and a few chunks. */
    public static final long DEFAULT_CAPACITY = 1 << 20;
}
