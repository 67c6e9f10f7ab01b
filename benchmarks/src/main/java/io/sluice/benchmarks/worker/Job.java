package io.sluice.benchmarks.worker;

import io.sluice.benchmarks.transport.Channel;
import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Shape;
import io.sluice.benchmarks.transport.Transport;
import io.sluice.benchmarks.transport.Transports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one of the processes of a fork has to do.
 *
 * @param measure what is measured
 * @param transport a transport's name
 * @param shape how many ends there are
 * @param role which end this process is
 * @param party which of the producers, or of the consumers, from 0
 * @param directory where the channels' files are
 * @param length bytes of a message, a multiple of 8
 * @param capacity bytes of a ring
 * @param limit messages per receiving call
 * @param gap how long a waking sender waits between messages
 * @param rate messages per second that are offered, where the measure offers them at a rate
 * @param warmup how long to run before measuring
 * @param time how long to measure
 * @param verify whether every field is compared, and not only summed
 */
public record Job(
        Measure measure,
        String transport,
        Shape shape,
        Role role,
        int party,
        Path directory,
        int length,
        long capacity,
        int limit,
        Duration gap,
        double rate,
        Duration warmup,
        Duration time,
        boolean verify) {

    /** The end of the channel that a process is. */
    public enum Role {
        /** One that sends first and, where there are replies, takes the time. */
        SENDER,
        /** One that receives and, where there are replies, sends them. */
        RECEIVER,
        /** All of them, as threads. */
        BOTH
    }

    /** Checks the length. */
    public Job {
        if (length < Long.BYTES || length % Long.BYTES != 0) {
            throw new IllegalArgumentException("message length " + length + " is not a positive multiple of 8");
        }
    }

    /** The same for another end. */
    public Job withRole(Role newRole, int newParty) {
        return new Job(
                measure, transport, shape, newRole, newParty, directory, length, capacity, limit, gap, rate, warmup,
                time, verify);
    }

    /** The jobs of all ends: those that receive first, because others may wait for them. */
    public List<Job> ends() {
        List<Job> ends = new ArrayList<>();
        if (!measure.isAlone()) {
            for (int party = 0; party < shape.consumers(); party++) {
                ends.add(withRole(Role.RECEIVER, party));
            }
        }
        for (int party = 0; party < shape.producers(); party++) {
            ends.add(withRole(Role.SENDER, party));
        }
        return ends;
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
        return new Channel(directory, name, capacity, length, shape, party);
    }

    /** Where the process writes its {@link Outcome}. */
    public Path output() {
        return directory.resolve(role + "-" + party + ".json");
    }

    /**
     * Makes what must exist before any end starts.
     *
     * @return ends what it started
     */
    public Transport.Setup create() throws IOException {
        Meeting.create(directory);
        return means().insideOneJvm() ? Transport.Setup.NOTHING : createChannels();
    }

    /** Makes the channels alone. */
    Transport.Setup createChannels() throws IOException {
        Transport.Setup there = means().create(there());
        if (measure != Measure.ROUND_TRIP) {
            return there;
        }
        Transport.Setup back = means().create(back());
        return () -> {
            try (there) {
                back.close();
            }
        };
    }

    /** Waits until all ends are open, then starts the phases. */
    Phase startTogether(Meeting meeting) {
        return Phase.starting(meeting.await(shape.producers() + shape.consumers()), warmup, time);
    }

    /** The command line of {@link Worker}. */
    public List<String> arguments() {
        return new ArrayList<>(List.of(
                "--measure=" + measure,
                "--transport=" + transport,
                "--shape=" + shape,
                "--role=" + role,
                "--party=" + party,
                "--directory=" + directory,
                "--length=" + length,
                "--capacity=" + capacity,
                "--limit=" + limit,
                "--gap=" + gap,
                "--rate=" + rate,
                "--warmup=" + warmup,
                "--time=" + time,
                "--verify=" + verify));
    }
}
