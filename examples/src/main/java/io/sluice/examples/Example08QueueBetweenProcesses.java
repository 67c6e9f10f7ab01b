package io.sluice.examples;

import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.queue.QueueClosedException;
import io.sluice.ringbuffer.queue.QueueSpec;
import io.sluice.ringbuffer.queue.SharedBlockingQueue;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;

/**
 * A {@code java.util.concurrent.BlockingQueue} between two processes: what used to be an {@code ArrayBlockingQueue}
 * between two threads. Room for a hundred names of up to 64 bytes.
 */
public final class Example08QueueBetweenProcesses {

    private static final QueueSpec<String> QUEUE =
            QueueSpec.of(RingSpec.spsc("example-08", QueueSpec.capacityFor(100, 64)), Codecs.strings());

    private Example08QueueBetweenProcesses() {}

    /** Without arguments puts, and starts the process that takes. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (SharedBlockingQueue<String> queue = SharedBlockingQueue.openOrCreate(QUEUE)) {
            if (arguments.length > 0) {
                take(queue);
                return;
            }
            try (OtherProcess taker = OtherProcess.start(Example08QueueBetweenProcesses.class, "take")) {
                for (String name : new String[] {"Ada", "Grace", "Edsger"}) {
                    queue.put(name); // waits for room
                }
                queue.finish(); // nothing more will come: who takes is told, after the last name
                taker.join();
            } finally {
                queue.region().destroy();
            }
        }
    }

    /** Knows nothing of shared memory, but for how it ends. */
    private static void take(BlockingQueue<String> names) throws InterruptedException {
        try {
            while (true) {
                System.out.println("took " + names.take());
            }
        } catch (QueueClosedException e) {
            System.out.println("nothing more will come");
        }
    }
}
