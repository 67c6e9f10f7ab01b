package io.sluice.ringbuffer.mpmc;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ChildConsole;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A process on an MPMC ring, until it is killed. Arguments: what to do, directory, its number. It keeps a log in a file of
 * its own, which survives it.
 *
 * <pre>
 *   producer   0  messages accepted
 *   consumer   0  entries, then 16 bytes each: message (producer << 32 | number), deliveries << 1 | acknowledged
 * </pre>
 */
final class MpmcChild {

    /** Messages that a log has room for. */
    static final int MOST = 1 << 20;

    private static final int ENTRY = 16;
    private static final int LIMIT = 8;
    private static final int BURST = 64;
    private static final int VISIT = 20;

    private MpmcChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[1]);
        int self = Integer.parseInt(arguments[2]);
        ChildConsole console = new ChildConsole();
        RingSpec spec = RingSpec.mpmc("unused", 0)
                .withAddress(RegionAddress.of(directory, "ring"))
                .withWaitStrategy(WaitStrategy.block());
        try (Ring ring = Rings.open(spec)) {
            switch (arguments[0]) {
                case "produce" -> produce(ring, console, log(directory, self), self);
                case "consume" -> consume(ring, console, log(directory, self));
                case "visitAndProduce" -> visitAndProduce(spec, console, log(directory, self), self);
                case "visitAndConsume" -> visitAndConsume(spec, console, log(directory, self));
                case "hold" -> hold(ring, console);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    /** The log of a child. */
    static MappedByteBuffer log(Path directory, int child) throws IOException {
        try (FileChannel file = FileChannel.open(
                directory.resolve(".log" + child),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, 8 + (long) MOST * ENTRY);
        }
    }

    /** Where an entry of a consumer's log is. */
    static int entry(int index) {
        return 8 + index * ENTRY;
    }

    static byte[] contents(long id) {
        byte[] bytes = Payload.of(id, 16 + (int) (id * 31 % 200));
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (id >>> (8 * i));
        }
        return bytes;
    }

    /** Ends this process with the test, or sets {@code end} when the test asks for that. */
    private static void listen(ChildConsole console, Runnable end) {
        Thread ear = new Thread(() -> {
            String line;
            do {
                line = console.hear();
                if ("end".equals(line)) {
                    end.run();
                }
            } while (line != null);
            Runtime.getRuntime().halt(3);
        });
        ear.setDaemon(true);
        ear.start();
    }

    private static void produce(Ring ring, ChildConsole console, MappedByteBuffer log, int self)
            throws InterruptedException {
        AtomicBoolean ending = new AtomicBoolean();
        RingProducer producer = ring.producer();
        listen(console, () -> ending.set(true));
        console.say("ready");
        for (int number = 0; !ending.get(); number++) {
            if (!put(producer, log, self, number)) {
                break;
            }
            if (number % BURST == 0) {
                // Slow enough for the logs, and lets consumers fall asleep.
                LockSupport.parkNanos(3_000_000);
            }
        }
        producer.close();
        console.say("closed");
        console.hear();
    }

    private static boolean put(RingProducer producer, MappedByteBuffer log, int self, int number)
            throws InterruptedException {
        if (producer.put(contents((long) self << 32 | number)) != OfferResult.ACCEPTED) {
            return false;
        }
        log.putLong(0, number + 1);
        return true;
    }

    /** Attaches, joins, puts some messages and leaves, again and again. */
    private static void visitAndProduce(RingSpec spec, ChildConsole console, MappedByteBuffer log, int self)
            throws InterruptedException {
        AtomicBoolean ending = new AtomicBoolean();
        listen(console, () -> ending.set(true));
        console.say("ready");
        for (int number = 0; !ending.get(); ) {
            try (Ring ring = Rings.open(spec)) {
                RingProducer producer = ring.producer();
                for (int end = number + VISIT; number < end; number++) {
                    if (!put(producer, log, self, number)) {
                        throw new IllegalStateException("refused: " + number);
                    }
                }
                producer.leave();
            }
        }
        console.say("closed");
        console.hear();
    }

    private static void consume(Ring ring, ChildConsole console, MappedByteBuffer log) throws InterruptedException {
        Notes notes = new Notes(log);
        RingConsumer consumer = ring.consumer();
        listen(console, () -> {});
        console.say("ready");
        int result;
        do {
            result = notes.take(consumer);
        } while (result > 0);
        consumer.close();
        console.say("ended with " + result);
        console.hear();
    }

    /** Attaches, joins, handles some messages and leaves, again and again; at times others that it has only seen. */
    private static void visitAndConsume(RingSpec spec, ChildConsole console, MappedByteBuffer log)
            throws InterruptedException {
        Notes notes = new Notes(log);
        listen(console, () -> {});
        console.say("ready");
        int result = 1;
        for (int visit = 0; result > 0; visit++) {
            try (Ring ring = Rings.open(spec);
                    RingConsumer consumer = ring.consumer()) {
                for (int turn = 0; turn <= visit % 4 && result > 0; turn++) {
                    result = notes.take(consumer);
                }
                if (visit % 2 == 0) {
                    consumer.peek(message -> {}, LIMIT);
                }
            }
        }
        console.say("ended with " + result);
        console.hear();
    }

    /** Takes down what it handles, and behind each poll that it is acknowledged. */
    private static final class Notes {

        private final MappedByteBuffer log;
        private int entries;
        private int acknowledged;

        Notes(MappedByteBuffer log) {
            this.log = log;
        }

        int take(RingConsumer consumer) throws InterruptedException {
            int result = consumer.take(this::handle, LIMIT);
            for (; acknowledged < entries; acknowledged++) {
                int at = entry(acknowledged) + 8;
                log.putLong(at, log.getLong(at) | 1);
            }
            return result;
        }

        private void handle(Message message) {
            long id = message.getLong(0);
            if (!Arrays.equals(contents(id), message.toByteArray())) {
                throw new IllegalStateException("torn: " + id);
            }
            log.putLong(entry(entries), id);
            log.putLong(entry(entries) + 8, (long) message.deliveryCount() << 1);
            entries++;
            log.putLong(0, entries);
        }
    }

    /** Takes what there is and keeps it until told to handle it. */
    private static void hold(Ring ring, ChildConsole console) {
        RingConsumer consumer = ring.consumer();
        int held = consumer.peek(message -> {}, LIMIT);
        console.say("holds " + held);
        console.hear();
        StringBuilder got = new StringBuilder();
        consumer.poll(message -> got.append(message.getByte(0)).append('*').append(message.deliveryCount()), held);
        consumer.close();
        console.say("got " + got);
        console.hear();
    }
}
