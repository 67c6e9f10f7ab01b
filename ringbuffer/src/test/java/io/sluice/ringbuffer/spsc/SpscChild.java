package io.sluice.ringbuffer.spsc;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.ChildConsole;
import io.sluice.ringbuffer.Payload;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process on a ring, until it is killed. Arguments: what to do, directory, first number. It notes how far it has come
 * in a file of its own, which survives it.
 */
final class SpscChild {

    /** Messages that the ring has accepted, or whose poll has returned. */
    static final int DONE = 0;

    /** Messages that a handler has seen. */
    static final int HANDLED = 8;

    private SpscChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[1]);
        long first = Long.parseLong(arguments[2]);
        ChildConsole console = new ChildConsole();
        try (Ring ring = Rings.open(RingSpec.spsc("unused").withAddress(RegionAddress.of(directory, "ring")))) {
            switch (arguments[0]) {
                case "produce" -> produce(ring, console, notes(directory), first);
                case "stage" -> stage(ring, console);
                case "consume" -> consume(ring, console, notes(directory), first);
                case "hold" -> hold(ring, console);
                case "join" -> join(ring, console);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    private static MappedByteBuffer notes(Path directory) throws IOException {
        try (FileChannel file = FileChannel.open(
                directory.resolve(".notes"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, 16);
        }
    }

    static int lengthOf(long number) {
        return 8 + (int) (number * 31 % 500);
    }

    private static void endWithTheTest(ChildConsole console) {
        Thread watch = new Thread(() -> {
            String line;
            do {
                line = console.hear();
            } while (line != null);
            Runtime.getRuntime().halt(3);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static void produce(Ring ring, ChildConsole console, MappedByteBuffer notes, long first)
            throws InterruptedException {
        RingProducer producer = ring.producer();
        console.say("ready");
        endWithTheTest(console);
        for (long number = first; ; number++) {
            if (producer.put(Payload.of(number, lengthOf(number))) != OfferResult.ACCEPTED) {
                return;
            }
            notes.putLong(DONE, number + 1);
        }
    }

    private static void stage(Ring ring, ChildConsole console) {
        RingProducer producer = ring.producer();
        producer.offer(Payload.of(0, 100));
        producer.stage(0, Payload.of(1, 100), 0, 100);
        Payload.fill(producer.claim(0, 50), 2);
        console.say("ready");
        console.hear();
    }

    private static void consume(Ring ring, ChildConsole console, MappedByteBuffer notes, long first)
            throws InterruptedException {
        RingConsumer consumer = ring.consumer();
        console.say("ready");
        endWithTheTest(console);
        long[] next = {first};
        while (true) {
            int result = consumer.take(
                    message -> {
                        Payload.check(message, next[0], lengthOf(next[0]));
                        notes.putLong(HANDLED, ++next[0]);
                    },
                    20);
            if (result < 0) {
                return;
            }
            notes.putLong(DONE, next[0]);
        }
    }

    private static void hold(Ring ring, ChildConsole console) {
        RingConsumer consumer = ring.consumer();
        console.say("ready");
        console.hear();
        consumer.close();
    }

    private static void join(Ring ring, ChildConsole console) {
        try {
            ring.producer();
            console.say("joined");
        } catch (RoleTakenException e) {
            console.say("refused");
        }
        console.hear();
    }
}
