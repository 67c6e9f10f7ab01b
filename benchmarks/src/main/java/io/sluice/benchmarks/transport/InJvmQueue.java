package io.sluice.benchmarks.transport;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntFunction;
import org.jctools.queues.MpmcArrayQueue;

/**
 * A queue of the heap, between threads of one JVM: what a program has before it is split into processes. Each message
 * is a fresh array, because its receiver keeps it.
 */
final class InJvmQueue implements Transport {

    /** What an array costs beside its bytes: its header, and its place in the queue. */
    private static final int OVERHEAD = 24;

    private final String name;
    private final String settings;
    private final IntFunction<Queue<byte[]>> factory;
    private final Mode mode;

    /** For one JVM: made by create, found by the ends. */
    private volatile Queue<byte[]> queue;

    private InJvmQueue(String name, String settings, Mode mode, IntFunction<Queue<byte[]>> factory) {
        this.name = name;
        this.settings = settings;
        this.mode = mode;
        this.factory = factory;
    }

    static InJvmQueue arrayBlockingQueue() {
        return new InJvmQueue("jvm-abq", "ArrayBlockingQueue, put and take", Mode.BLOCK, ArrayBlockingQueue::new);
    }

    static InJvmQueue jctools() {
        return new InJvmQueue(
                "jvm-jctools",
                "JCTools MpmcArrayQueue, offer and poll, both sides spin",
                Mode.SPIN,
                MpmcArrayQueue::new);
    }

    @Override
    public Label label() {
        return new Label(
                name,
                "threads of one JVM: " + settings
                        + ", a fresh byte[] per message, as many places as fit into the capacity",
                mode,
                Set.of(Measure.THROUGHPUT));
    }

    @Override
    public boolean connects(Shape shape) {
        return true;
    }

    @Override
    public boolean insideOneJvm() {
        return true;
    }

    @Override
    public Setup create(Channel channel) {
        queue = factory.apply((int) Math.max(4, channel.capacity() / (channel.longest() + OVERHEAD)));
        return () -> queue = null;
    }

    /** The queue is the JVM's, whoever closes an end. */
    private static void stay() {}

    @Override
    public Sender openSender(Channel channel) {
        return mode == Mode.BLOCK
                ? ArrayEnds.sender((BlockingQueue<byte[]>) queue, InJvmQueue::stay)
                : new OfferSender(queue);
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        return mode == Mode.BLOCK
                ? ArrayEnds.receiver((BlockingQueue<byte[]>) queue, InJvmQueue::stay)
                : new PollReceiver(queue);
    }

    private static final class OfferSender extends Sender {

        private final Queue<byte[]> queue;
        private byte[] message;

        OfferSender(Queue<byte[]> queue) {
            this.queue = queue;
        }

        @Override
        public Fields begin(int length) {
            message = new byte[length];
            return new ArrayFields(message);
        }

        @Override
        public void end() {
            while (!queue.offer(message)) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            // The queue is the JVM's.
        }
    }

    private static final class PollReceiver extends Receiver {

        private final Queue<byte[]> queue;

        PollReceiver(Queue<byte[]> queue) {
            this.queue = queue;
        }

        @Override
        public int receive(MessageReader reader, int limit) {
            int count = 0;
            byte[] message = queue.poll();
            while (message != null) {
                reader.onMessage(new ArrayFields(message), message.length);
                count++;
                message = count < limit ? queue.poll() : null;
            }
            return count;
        }

        @Override
        public void close() {
            // The queue is the JVM's.
        }
    }
}
