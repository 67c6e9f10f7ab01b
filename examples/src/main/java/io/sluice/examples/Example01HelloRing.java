package io.sluice.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import java.io.IOException;

/**
 * The smallest program with two processes: one puts three messages into a ring and closes it, the other takes them and
 * ends when the ring says that nothing more will come. Either may start first.
 */
public final class Example01HelloRing {

    private static final RingSpec RING = RingSpec.spsc("example-01", 1 << 16);

    private Example01HelloRing() {}

    /** Without arguments sends, and starts the process that receives. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0) {
            receive();
            return;
        }
        try (OtherProcess receiver = OtherProcess.start(Example01HelloRing.class, "receive");
                Ring ring = Rings.openOrCreate(RING)) {
            try (RingProducer producer = ring.producer()) {
                for (String word : new String[] {"hello", "from", "another process"}) {
                    producer.put(word.getBytes(UTF_8));
                }
            } // closing the producer closes the stream
            receiver.join();
            ring.region().destroy();
        }
    }

    private static void receive() throws InterruptedException {
        try (Ring ring = Rings.openOrCreate(RING);
                RingConsumer consumer = ring.consumer()) {
            while (consumer.take(Example01HelloRing::print, 64) > 0) {
                // Everything happens in print().
            }
        }
    }

    private static void print(Message message) {
        System.out.println("received: " + new String(message.toByteArray(), UTF_8));
    }
}
