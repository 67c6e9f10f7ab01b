package io.sluice.ringbuffer.processes;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ChildConsole;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A process on a ring of any kind, until it is killed. Arguments: the ring's kind, what to do, directory, its number. It
 * keeps a {@link Ledger} of what it did.
 *
 * <p>Messages are numbered by their senders. Each contains, behind its id, the time of a clock that all processes share,
 * read before its commit began.
 */
final class RingChild {

    /** Handles that a process of the churn has at most: two processes have as many as there are places. */
    static final int HANDLES = 32;

    private static final int LIMIT = 8;
    private static final int BURST = 64;
    private static final int HEAD = 16;

    private RingChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        RingKind kind = RingKind.valueOf(arguments[0]);
        Path directory = Path.of(arguments[2]);
        int self = Integer.parseInt(arguments[3]);
        ChildConsole console = new ChildConsole();
        RingSpec spec = RingSpec.of(kind, "unused", 0)
                .withAddress(RegionAddress.of(directory, "ring"))
                .withWaitStrategy(WaitStrategy.block());
        try (Ring ring = Rings.open(spec)) {
            switch (arguments[1]) {
                case "produce" -> produce(ring, console, Ledger.of(directory, self), self);
                case "consume" -> consume(ring, console, Ledger.of(directory, self));
                case "claim" -> claim(ring, console, self);
                case "churn" -> new Churn(ring, console, Ledger.of(directory, self), self).run();
                case "listen" -> new Listeners(ring, console, self).run();
                default -> throw new IllegalArgumentException(arguments[1]);
            }
        }
    }

    /** Id of a message. */
    static long id(int sender, long number) {
        return (long) sender << 32 | number;
    }

    private static byte[] contents(long id, long time) {
        byte[] bytes = Payload.of(id, HEAD + (int) (id * 31 % 200));
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (id >>> (8 * i));
            bytes[Long.BYTES + i] = (byte) (time >>> (8 * i));
        }
        return bytes;
    }

    /** The id of a message, checked to be whole. */
    static long idOf(Message message) {
        long id = message.getLong(0);
        byte[] expected = contents(id, message.getLong(Long.BYTES));
        if (!Arrays.equals(expected, message.toByteArray())) {
            throw new IllegalStateException("torn: " + id);
        }
        return id;
    }

    /** Ends this process with the test, or sets {@code end} when the test asks for that. */
    private static void listen(ChildConsole console, boolean[] ending) {
        Thread ear = new Thread(() -> {
            String line;
            do {
                line = console.hear();
                if ("end".equals(line)) {
                    synchronized (ending) {
                        ending[0] = true;
                    }
                }
            } while (line != null);
            Runtime.getRuntime().halt(3);
        });
        ear.setDaemon(true);
        ear.start();
    }

    private static boolean isEnding(boolean[] ending) {
        synchronized (ending) {
            return ending[0];
        }
    }

    private static void produce(Ring ring, ChildConsole console, Ledger ledger, int self) throws InterruptedException {
        boolean[] ending = new boolean[1];
        RingProducer producer = ring.producer();
        listen(console, ending);
        console.say("ready");
        for (int number = 0; !isEnding(ending); number++) {
            byte[] message = contents(id(self, number), ledger.tick());
            OfferResult result = producer.put(message);
            while (result == OfferResult.PEER_DEAD) {
                // Another consumer will come.
                LockSupport.parkNanos(1_000_000);
                result = producer.put(message);
            }
            ledger.sent(number, ledger.tick());
            if (number % BURST == 0) {
                // Slow enough for the ledgers, and lets consumers fall asleep.
                LockSupport.parkNanos(3_000_000);
            }
        }
        producer.close();
        console.say("closed");
        console.hear();
    }

    private static void consume(Ring ring, ChildConsole console, Ledger ledger) throws InterruptedException {
        RingConsumer consumer = ring.consumer();
        listen(console, new boolean[1]);
        console.say("ready");
        int result;
        do {
            result = consumer.take(message -> ledger.handled(idOf(message), message.getLong(Long.BYTES)), LIMIT);
            if (result == RingConsumer.PEER_DEAD) {
                // Another producer will come.
                LockSupport.parkNanos(1_000_000);
                result = 0;
            }
            ledger.acknowledged();
        } while (result >= 0);
        consumer.close();
        console.say("ended with " + result);
        console.hear();
    }

    /** Stands in the middle of a claim until told to commit. */
    private static void claim(Ring ring, ChildConsole console, int self) {
        RingProducer producer = ring.producer();
        byte[] message = contents(id(self, 0), 0);
        Claim claim = producer.claim(0, message.length);
        claim.setBytes(0, message, 0, message.length / 2);
        console.say("claims");
        console.hear();
        claim.setBytes(0, message, 0, message.length);
        claim.commit();
        console.say("committed");
        console.hear();
    }

    /** Many producers in one process, that join, send and leave. */
    private static final class Churn {

        private final Ring ring;
        private final ChildConsole console;
        private final Ledger ledger;
        private final int self;
        private final Random random;
        private final RingProducer[] producers = new RingProducer[HANDLES];
        private final int[] senders = new int[HANDLES];
        private final long[] numbers = new long[HANDLES];
        private int joins;

        Churn(Ring ring, ChildConsole console, Ledger ledger, int self) {
            this.ring = ring;
            this.console = console;
            this.ledger = ledger;
            this.self = self;
            this.random = new Random(self);
        }

        void run() {
            boolean[] ending = new boolean[1];
            listen(console, ending);
            console.say("ready");
            while (!isEnding(ending)) {
                step(random.nextInt(HANDLES));
            }
            for (int handle = 0; handle < HANDLES; handle++) {
                if (producers[handle] == null) {
                    join(handle);
                }
            }
            console.say("full");
            console.hear();
        }

        private void step(int handle) {
            if (producers[handle] == null) {
                join(handle);
            } else if (random.nextInt(8) == 0) {
                producers[handle].leave();
                producers[handle] = null;
            } else {
                send(handle);
            }
        }

        private void join(int handle) {
            producers[handle] = ring.producer();
            senders[handle] = joins++;
            numbers[handle] = 0;
        }

        /** Sender numbers have 12 bits for the process, the rest for its handles. */
        private void send(int handle) {
            int sender = self << 18 | senders[handle];
            byte[] message = contents(id(sender, numbers[handle]), 0);
            if (producers[handle].offer(message) == OfferResult.ACCEPTED) {
                numbers[handle]++;
                ledger.sentBy(senders[handle], numbers[handle]);
            } else {
                Thread.yield();
            }
        }
    }

    /** Many consumers of a broadcast in one process, that join, get a few messages without a gap, and leave. */
    private static final class Listeners {

        private final Ring ring;
        private final ChildConsole console;
        private final Random random;
        private final RingConsumer[] consumers = new RingConsumer[HANDLES];
        private final long[] last = new long[HANDLES];

        Listeners(Ring ring, ChildConsole console, int self) {
            this.ring = ring;
            this.console = console;
            this.random = new Random(self);
        }

        void run() {
            boolean[] ending = new boolean[1];
            listen(console, ending);
            console.say("ready");
            while (!isEnding(ending)) {
                step(random.nextInt(HANDLES));
            }
            for (int handle = 0; handle < HANDLES; handle++) {
                if (consumers[handle] == null) {
                    join(handle);
                }
            }
            console.say("full");
            console.hear();
        }

        private void step(int handle) {
            if (consumers[handle] == null) {
                join(handle);
            } else if (random.nextInt(16) == 0) {
                consumers[handle].close();
                consumers[handle] = null;
            } else {
                for (int each = 0; each < HANDLES; each++) {
                    hear(each);
                }
            }
        }

        private void join(int handle) {
            consumers[handle] = ring.consumer();
            last[handle] = -1;
        }

        private void hear(int handle) {
            if (consumers[handle] == null) {
                return;
            }
            consumers[handle].poll(
                    message -> {
                        long id = idOf(message);
                        if (last[handle] >= 0 && id != last[handle] + 1) {
                            throw new IllegalStateException(id + " came behind " + last[handle]);
                        }
                        last[handle] = id;
                    },
                    LIMIT);
        }
    }
}
