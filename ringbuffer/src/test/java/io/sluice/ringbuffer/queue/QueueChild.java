package io.sluice.ringbuffer.queue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.testing.ChildConsole;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.codec.Codecs;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A process that uses a queue until it is killed. Arguments: what to do, directory, kind and order of ring, first number. It notes
 * how far it has come in a file of its own, which survives it.
 */
final class QueueChild {

    /** The numbers of each process that puts beside others begin with a multiple of this. */
    static final long RANGE = 1_000_000_000;

    /** Threads of a process that puts with several. */
    static final int THREADS = 3;

    private QueueChild() {}

    static QueueSpec<String> spec(Path directory, RingKind kind, RingOrder order) {
        return QueueSpec.of(
                RingSpec.of(kind, "unused", 1 << 15)
                        .withOrder(order)
                        .withAddress(RegionAddress.of(directory, "queue"))
                        .withWaitStrategy(WaitStrategy.block()),
                Codecs.strings());
    }

    /** An element that says which it is, of some length. */
    static String text(long number) {
        return number + ":" + "x".repeat((int) (number * 31 % 200));
    }

    static long number(String text) {
        long number = Long.parseLong(text.substring(0, text.indexOf(':')));
        if (!text.equals(text(number))) {
            throw new AssertionError("torn: " + text);
        }
        return number;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[1]);
        long first = Long.parseLong(arguments[4]);
        ChildConsole console = new ChildConsole();
        QueueSpec<String> spec = spec(directory, RingKind.valueOf(arguments[2]), RingOrder.valueOf(arguments[3]));
        try (SharedBlockingQueue<String> queue = SharedBlockingQueue.open(spec)) {
            MappedByteBuffer notes = notes(directory);
            switch (arguments[0]) {
                case "put" -> put(queue, console, notes, first);
                case "putInThreads" -> putInThreads(queue, console, notes);
                case "take" -> take(queue, console, notes);
                case "handle" -> handle(queue, console, notes);
                case "takeAll" -> takeAll(queue, console);
                case "hold" -> {
                    queue.peek();
                    console.say("ready");
                    console.hear();
                }
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
            return file.map(FileChannel.MapMode.READ_WRITE, 0, 8 * THREADS);
        }
    }

    private static void endWithTheTest(ChildConsole console) {
        Thread watch = new Thread(() -> {
            while (console.hear() != null) {
                // The test says nothing.
            }
            Runtime.getRuntime().halt(3);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static void put(SharedBlockingQueue<String> queue, ChildConsole console, MappedByteBuffer notes, long first)
            throws InterruptedException {
        endWithTheTest(console);
        int at = 8 * (int) (first / RANGE);
        for (long number = first; ; number++) {
            queue.put(text(number));
            notes.putLong(at, number + 1);
            if (number == first) {
                console.say("ready");
            }
        }
    }

    private static void putInThreads(SharedBlockingQueue<String> queue, ChildConsole console, MappedByteBuffer notes)
            throws InterruptedException {
        console.say("ready");
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            new Thread(() -> {
                        try {
                            for (long number = thread; ; number += THREADS) {
                                queue.put(text(number));
                                notes.putLong(8 * thread, number + THREADS);
                            }
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .start();
        }
        endWithTheTest(console);
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void take(SharedBlockingQueue<String> queue, ChildConsole console, MappedByteBuffer notes)
            throws InterruptedException {
        queue.peek();
        console.say("ready");
        endWithTheTest(console);
        while (true) {
            notes.putLong(0, number(queue.take()) + 1);
        }
    }

    /** Takes what is there, says what that was, and leaves. */
    private static void takeAll(SharedBlockingQueue<String> queue, ChildConsole console) {
        String text = queue.poll();
        while (text != null) {
            console.say(text);
            text = queue.poll();
        }
        console.say("ready");
    }

    private static void handle(SharedBlockingQueue<String> queue, ChildConsole console, MappedByteBuffer notes)
            throws InterruptedException {
        queue.peek();
        console.say("ready");
        endWithTheTest(console);
        while (true) {
            queue.handle(text -> notes.putLong(0, number(text) + 1), 10, Duration.ofSeconds(100));
            notes.putLong(8, notes.getLong(0));
        }
    }
}
