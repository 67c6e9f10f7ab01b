package io.sluice.ringbuffer.worker;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.testing.ChildConsole;
import io.sluice.ringbuffer.codec.Codecs;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A worker that is going to be killed. Arguments: directory, kind of ring. It counts, for each number, how often it was
 * handled, in a file of its own. A number that is {@link #FAILING} throws; {@link #POISON} kills the process.
 */
final class WorkerChild {

    /** Numbers that a test may send. */
    static final int NUMBERS = 200_000;

    /** What the handler answers with an exception. */
    static final long FAILING = 1000;

    /** What the handler does not survive. */
    static final long POISON = -1;

    /** Deliveries before a message goes to the dead letters. */
    static final int DELIVERIES = 3;

    private WorkerChild() {}

    static RingSpec ring(Path directory, RingKind kind, String name) {
        return RingSpec.of(kind, "unused", 1 << 15).withAddress(RegionAddress.of(directory, name));
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        RingKind kind = RingKind.valueOf(arguments[1]);
        MappedByteBuffer handled;
        try (FileChannel file = FileChannel.open(
                directory.resolve(".handled"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            handled = file.map(FileChannel.MapMode.READ_WRITE, 0, NUMBERS);
        }
        WorkerSpec spec = WorkerSpec.of(
                        ring(directory, kind, "work"),
                        WorkerHandler.of(Codecs.longs(), number -> handle(number, handled)))
                .withBatch(20)
                .withErrors(ErrorPolicy.deadLetter(ring(directory, RingKind.SPSC, "dead"))
                        .withDeliveries(DELIVERIES, Duration.ZERO));
        ChildConsole console = new ChildConsole();
        try (Worker worker = Worker.start(spec)) {
            console.say(worker.isEnded() ? "ended" : "ready");
            while (console.hear() != null) {
                // The test says nothing; the end of the input is the end of the worker.
            }
        }
    }

    private static void handle(long number, MappedByteBuffer handled) {
        if (number == POISON) {
            Runtime.getRuntime().halt(7);
        }
        if (number % FAILING == FAILING - 1) {
            throw new IllegalArgumentException("cannot handle " + number);
        }
        handled.put((int) number, (byte) (handled.get((int) number) + 1));
    }
}
