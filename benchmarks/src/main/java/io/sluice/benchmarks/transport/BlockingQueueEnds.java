package io.sluice.benchmarks.transport;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Both ends of a blocking queue, of the heap or shared: a fresh array per put, as its receiver keeps it. */
final class BlockingQueueEnds {

    private static final long LOOK_AROUND_MILLIS = 20;

    private BlockingQueueEnds() {}

    /** Puts; {@code close} says what closing the sender does. */
    static final class PutSender extends Sender {

        private final BlockingQueue<byte[]> queue;
        private final Runnable close;
        private byte[] message;

        PutSender(BlockingQueue<byte[]> queue, Runnable close) {
            this.queue = queue;
            this.close = close;
        }

        @Override
        public Fields begin(int length) {
            message = new byte[length];
            return new ArrayFields(message);
        }

        @Override
        public void end() throws InterruptedException {
            queue.put(message);
        }

        @Override
        public void close() {
            close.run();
        }
    }

    /** Takes one by one; {@code close} says what closing the receiver does. */
    static final class TakeReceiver extends Receiver {

        private final BlockingQueue<byte[]> queue;
        private final Runnable close;

        TakeReceiver(BlockingQueue<byte[]> queue, Runnable close) {
            this.queue = queue;
            this.close = close;
        }

        @Override
        public int receive(MessageReader reader, int limit) throws InterruptedException {
            byte[] message = queue.poll(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
            if (message == null) {
                return 0;
            }
            reader.onMessage(new ArrayFields(message), message.length);
            return 1;
        }

        @Override
        public void close() {
            close.run();
        }
    }
}
