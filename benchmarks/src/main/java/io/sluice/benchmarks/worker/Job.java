package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Channel;
import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one of the two processes of a fork has to do.
 *
 * @param measure what is measured
 * @param transport a transport's name
 * @param role which end this process is
 * @param directory where the channels' files are
 * @param length bytes of a message, a multiple of 8
 * @param capacity bytes of a ring
 * @param limit messages per receiving call
 * @param gap how long a waking sender waits between messages
 * @param warmup how long to run before measuring
 * @param time how long to measure
 * @param verify whether every field is compared, and not only summed
 */
public record Job(
        Measure measure,
        String transport,
        Role role,
        Path directory,
        int length,
        long capacity,
        int limit,
        Duration gap,
        Duration warmup,
        Duration time,
        boolean verify) {

    /** The end of the channel that a process is. */
    public enum Role {
        /** The one that sends first and, where there are replies, takes the time. */
        SENDER,
        /** The one that receives and, where there are replies, sends them. */
        RECEIVER
    }

    /** Checks the length. */
    public Job {
        if (length < Long.BYTES || length % Long.BYTES != 0) {
            throw new IllegalArgumentException("message length " + length + " is not a positive multiple of 8");
        }
    }

    /** The same for the other end. */
    public Job withRole(Role newRole) {
        return new Job(measure, transport, newRole, directory, length, capacity, limit, gap, warmup, time, verify);
    }

    /** The transport itself. */
    public Transport means() {
        return Transports.named(transport);
    }

    /** From the sender to the receiver. */
    public Channel there() {
        return channel("there");
    }

    /** From the receiver to the sender. */
    public Channel back() {
        return channel("back");
    }

    private Channel channel(String name) {
        return new Channel(directory, name, capacity, Math.max(length, Payload.MARK_LENGTH));
    }

    /** Makes what must exist before either process starts. */
    public void create() throws IOException {
        means().create(there());
        if (measure == Measure.ROUND_TRIP) {
            means().create(back());
        }
    }

    /** The command line of {@link Worker}. */
    public List<String> arguments() {
        return new ArrayList<>(List.of(
                "--measure=" + measure,
                "--transport=" + transport,
                "--role=" + role,
                "--directory=" + directory,
                "--length=" + length,
                "--capacity=" + capacity,
                "--limit=" + limit,
                "--gap=" + gap,
                "--warmup=" + warmup,
                "--time=" + time,
                "--verify=" + verify));
    }
}
