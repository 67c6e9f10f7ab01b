package io.sluice.cli.demo;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import io.sluice.cli.exit.Interruption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;

/** The sending process of the demonstration: one transport, one child process. Confined to one thread. */
public final class Run {

    private static final long HIGHEST_NANOS = 60_000_000_000L;

    private final Plan plan;
    private final Interruption interruption;
    private final BiConsumer<Plan, Long> progress;
    private final Workload workload;

    /**
     * A run to be made.
     *
     * @param input a file whose bytes are sent
     * @param progress is told now and then how many messages of the measured stream have been sent
     */
    public Run(Plan plan, Path input, Interruption interruption, BiConsumer<Plan, Long> progress) throws IOException {
        this.plan = plan;
        this.interruption = interruption;
        this.progress = progress;
        this.workload = new Workload(plan.size(), input);
    }

    /**
     * Makes the run.
     *
     * @param directory a directory of its own, empty, to be deleted afterwards
     */
    public Result execute(Path directory) throws IOException, InterruptedException {
        plan.transport().prepare(directory);
        try (Child child = Child.start(plan, directory)) {
            interruption.onHang(child::close);
            try (Link link = plan.transport().openSender(directory)) {
                Histogram roundTrips = measureRoundTrips(link);
                stream(link, plan.warmUpMessages(), false);
                long start = System.nanoTime();
                long checksum = stream(link, plan.messages(), true);
                return new Result(plan, System.nanoTime() - start, checksum, roundTrips);
            }
        }
    }

    private Histogram measureRoundTrips(Link link) throws IOException, InterruptedException {
        Histogram histogram = new Histogram(HIGHEST_NANOS, 3);
        byte[] message = new byte[plan.size()];
        for (int turn = 0; turn < plan.roundTrips(); turn++) {
            long start = System.nanoTime();
            link.send(message, 0, message.length);
            link.receiveFully(message, message.length);
            long nanos = System.nanoTime() - start;
            if (turn >= plan.roundTrips() / 2) {
                histogram.recordValue(Math.min(nanos, HIGHEST_NANOS));
            }
            interruption.check();
        }
        return histogram;
    }

    /** Sends a stream and has it confirmed; returns its checksum. */
    private long stream(Link link, long messages, boolean shown) throws IOException, InterruptedException {
        int size = plan.size();
        workload.rewind();
        long sent = 0;
        while (sent < messages) {
            int count = (int) Math.min(workload.messagesPerBlock(), messages - sent);
            int block = workload.next(count);
            for (int index = 0; index < count; index++) {
                link.send(workload.bytes(), block + index * size, size);
            }
            sent += count;
            if (shown) {
                progress.accept(plan, sent);
            }
            interruption.check();
        }
        long checksum = workload.takeChecksum();
        byte[] answer = new byte[size];
        link.receiveFully(answer, size);
        long received = Integer.toUnsignedLong(ByteBuffer.wrap(answer).getInt());
        if (received != checksum) {
            throw new CommandFailure(
                    ExitCode.FAILURE,
                    String.format(
                            "%s: the bytes that arrived are not those that were sent: CRC32C %08x, expected %08x",
                            plan.transport().label(), received, checksum));
        }
        return checksum;
    }
}
