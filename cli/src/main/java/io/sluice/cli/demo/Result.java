package io.sluice.cli.demo;

import org.HdrHistogram.Histogram;

/**
 * What one transport achieved.
 *
 * @param plan what was done
 * @param nanos time of the measured stream, from the first message to the receiver's answer
 * @param checksum CRC32C of the stream, the same at both ends
 * @param roundTrips nanoseconds per round trip
 */
public record Result(Plan plan, long nanos, long checksum, Histogram roundTrips) {

    /** Messages per second. */
    public double messagesPerSecond() {
        return plan.messages() * 1e9 / nanos;
    }

    /** Payload bytes per second. */
    public double bytesPerSecond() {
        return messagesPerSecond() * plan.size();
    }
}
