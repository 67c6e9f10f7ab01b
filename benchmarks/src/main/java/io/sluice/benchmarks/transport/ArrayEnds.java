package io.sluice.benchmarks.transport;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Both ends of what moves whole arrays and waits: a fresh array per message, as its receiver keeps it. */
final class ArrayEnds {

    private static final long LOOK_AROUND_MILLIS = 20;

    private ArrayEnds() {}

    /** Waits until there is room for the array. */
    interface Put {
        void put(byte[] message) throws InterruptedException;
    }

    /** Waits for an array; {@code null} after a while. */
    interface Take {
        byte[] take() throws InterruptedException;
    }

    /** Puts into a queue, of the heap or shared; {@code close} says what closing the sender does. */
    static Sender sender(BlockingQueue<byte[]> queue, Runnable close) {
        return new PutSender(queue::put, close);
    }

    /** Takes from such a queue. */
    static Receiver receiver(BlockingQueue<byte[]> queue, Runnable close) {
        return new TakeReceiver(() -> queue.poll(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS), close);
    }

    /** Puts one by one; {@code close} says what closing the sender does. */
    static final class PutSender extends Sender {

        private final Put queue;
        private final Runnable close;
        private byte[] message;

        PutSender(Put queue, Runnable close) {
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

        private final Take queue;
        private final Runnable close;

        TakeReceiver(Take queue, Runnable close) {
            this.queue = queue;
            this.close = close;
        }

        @Override
        public int receive(MessageReader reader, int limit) throws InterruptedException {
            byte[] message = queue.take();
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
